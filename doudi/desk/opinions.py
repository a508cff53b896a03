"""意见模板: ready words with the figures of the case in them, the house's and the office's own."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from doudi.accounts.queries import phrases_of
from doudi.cases.file import CaseFile
from doudi.kernel.money import yuan_text
from doudi.policy.wording import PROGRAMMES

Template = tuple[Any, str]
NOTICE = "同意公示。"  # not said of a child, who is never shown in public (CH62)
TEMPLATES: dict[str, tuple[Template, ...]] = {
    "review": (
        (
            _("同意"),
            "经审核，{编号}号申请家庭共{人口}人，核对、入户调查材料齐全，认定事实清楚，"
            "符合{类别}条件，拟保障{人数}人，每月{金额}元。同意公示。",
        ),
        (
            _("同意（核对有差异已说明）"),
            "经审核，{编号}号申请家庭共{人口}人，核对发现的差异已由经办人核实并说明，"
            "符合{类别}条件，拟保障{人数}人，每月{金额}元。同意公示。",
        ),
    ),
    "record_panel": (
        (
            _("同意"),
            "会议听取了{编号}号申请的调查情况，一致同意核算意见：{类别}，每月{金额}元。",
        ),
    ),
    "return_case": (
        (_("补充入户"), "入户调查对收入情况记录不全，请补充核实后重新核算。"),
        (_("核实差异"), "核对结果与申报不一致，请向申请人核实并说明后重新核算。"),
        (_("异议成立"), "公示期间异议经核实成立，请重新调查。"),
    ),
    "refuse": (
        (
            _("收入超标"),
            "经核对和入户调查，该家庭人均收入高于当地低保标准，"
            "不符合《最低生活保障审核确认办法》第十三条规定的条件。",
        ),
        (
            _("财产超限"),
            "经核对，该家庭财产状况不符合当地规定，已书面听取申请人说明，理由不成立。",
        ),
    ),
    "decline": (
        (
            _("不在本县区居住"),
            "申请人户籍不在本县区，且不持有签注有效期内的居住证，请向户籍所在地或现居住地申请。",
        ),
        (_("已在享受"), "家庭成员已在其他县区享受同类待遇，一人不能重复享受。"),
    ),
    "answer_objection": (
        (_("不成立"), "经再次入户和走访邻里，反映的情况与事实不符，异议不成立。"),
        (_("成立"), "经再次核实，反映的情况属实，将重新调查核算。"),
    ),
    "withdraw": ((_("本人要求"), "申请人本人到窗口要求撤回申请。"),),
}


# The steps for which an office may keep words of its own.
VERBS = {
    "review": _("审核"),
    "record_panel": _("会议研究"),
    "return_case": _("退回调查"),
    "refuse": _("不予确认"),
    "decline": _("不予受理"),
    "answer_objection": _("答复异议"),
    "withdraw": _("代为撤回"),
}
HOLES = ("编号", "人口", "类别", "人数", "金额")


def templates_of(verb: str, town: str) -> tuple[Template, ...]:
    """The ready words of a verb, the office's own first; none for most verbs."""
    own = phrases_of(town, verb) if verb in VERBS else []
    return (*((phrase.title, phrase.text) for phrase in own), *TEMPLATES.get(verb, ()))


def filled(template: Template, file: CaseFile) -> str:
    """The words with number, size, programme, persons and amount of the case.

    By plain replacement: an office's own words are never a format.
    """
    newest = file.assessments[0] if file.assessments else None
    name = PROGRAMMES.get(newest.chosen, ("", ""))[0] if newest else ""
    words = template[1].removesuffix(NOTICE) if file.is_without_notice else template[1]
    fen = (newest.monthly_fen or newest.once_fen) if newest else 0
    values = (
        file.case.number,
        str(file.case.member_count),
        name,
        str(newest.persons if newest else 0),
        yuan_text(fen),
    )
    for hole, value in zip(HOLES, values, strict=True):
        words = words.replace(f"{{{hole}}}", value)
    return words
