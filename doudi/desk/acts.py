"""What can be done with a case from the desk: one line a verb, with its effect and its clause."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from doudi.cases.actions.accept import accept
from doudi.cases.actions.allow_over_year import allow_over_year
from doudi.cases.actions.answer_objection import answer_objection
from doudi.cases.actions.ask_for_more import ask_for_more
from doudi.cases.actions.confirm import confirm
from doudi.cases.actions.decline import decline
from doudi.cases.actions.mark_relative import mark_relative
from doudi.cases.actions.pause import pause, resume
from doudi.cases.actions.publish_notice import publish_notice
from doudi.cases.actions.record_visit import Seen, record_visit
from doudi.cases.actions.refuse import refuse
from doudi.cases.actions.return_case import return_case
from doudi.cases.actions.review import review
from doudi.cases.actions.send_back import send_back
from doudi.cases.actions.take_over import take_over
from doudi.cases.actions.transfer import transfer
from doudi.cases.actions.withdraw import withdraw
from doudi.desk import meetings
from doudi.desk.forms import case as forms
from doudi.desk.forms.visit import VisitForm

Run = Callable[[Any, Any, Any, dt.datetime], object]  # case, valid form, staff, instant


@dataclass(frozen=True)
class Act:
    """A verb: its word, the right it needs, what will happen, who is told, under which clause."""

    verb: str
    words: Any
    right: str
    effect: Any
    told: Any
    clause: tuple[str, str]
    form: type[forms.MoveForm]
    run: Run
    template: str = "desk/act.html"
    grave: bool = False


def _accept(case: Any, form: Any, by: Any, at: dt.datetime) -> object:
    data = form.cleaned_data
    return accept(case.pk, version=data["version"], by=by, at=at, name_reason=data["name_reason"])


def _ask_for_more(case: Any, form: Any, by: Any, at: dt.datetime) -> object:
    version = form.cleaned_data["version"]
    return ask_for_more(case.pk, form.items(), version=version, by=by, at=at)


def _pause(case: Any, form: Any, by: Any, at: dt.datetime) -> object:
    data = form.cleaned_data
    return pause(case.pk, data["reason"], data["note"], version=data["version"], by=by, at=at)


def _visit(case: Any, form: Any, by: Any, at: dt.datetime) -> object:
    data = form.cleaned_data
    seen = Seen(
        on=data["on"],
        visitor_ids=tuple(data["visitors"]),
        present=data["present"],
        conclusion=data["conclusion"],
        findings={"home": data["home"], "neighbours": data["neighbours"]},
        adopted=form.adopted(),
    )
    return record_visit(case.pk, seen, version=data["version"], by=by, at=at)


def _review(case: Any, form: Any, by: Any, at: dt.datetime) -> object:
    data = form.cleaned_data
    return review(case.pk, data["text"], version=data["version"], by=by, at=at)


def _answer(case: Any, form: Any, by: Any, at: dt.datetime) -> object:
    data = form.cleaned_data
    return answer_objection(
        data["objection"],
        data["upheld"] == "yes",
        data["answer"],
        version=data["version"],
        by=by,
        at=at,
    )


def _transfer(case: Any, form: Any, by: Any, at: dt.datetime) -> object:
    data = form.cleaned_data
    told = (data["village"], data["reason"])
    return transfer(case.pk, *told, version=data["version"], by=by, at=at)


def _withdraw(case: Any, form: Any, by: Any, at: dt.datetime) -> object:
    return withdraw(case.pk, form.cleaned_data["reason"], by=by, at=at)


def _given(action: Callable[..., object], *names: str) -> Run:
    """A move that takes nothing but the case, or these fields of its form."""
    return lambda case, form, by, at: action(
        case.pk,
        *(form.cleaned_data[name] for name in names),
        version=form.cleaned_data["version"],
        by=by,
        at=at,
    )


APPLICANT = _("申请人（短信和告知书）")
NOBODY = _("不另行告知")

ACTS: dict[str, Act] = {
    act.verb: act
    for act in (
        Act(
            "accept",
            _("受理"),
            "case.accept",
            _("开始计时，同时发出部门核对、布置入户调查。"),
            APPLICANT,
            ("DB57", "10"),
            forms.AcceptForm,
            _accept,
            "desk/accept.html",
        ),
        Act(
            "ask_for_more",
            _("一次性补正"),
            "case.ask_for_more",
            _("一次告知全部缺少的材料。补齐之前不计时；只能补正一次，请想全。"),
            APPLICANT,
            ("DB57", "10"),
            forms.AskForMoreForm,
            _ask_for_more,
            "desk/ask_for_more.html",
        ),
        Act(
            "transfer",
            _("转办"),
            "case.transfer",
            _("办件转到接收的镇（街道），提交日期不变；本单位不再看到。不得让申请人自己再跑。"),
            _("申请人（短信，写明接收单位和电话）"),
            ("SI649", "60"),
            forms.TransferForm,
            _transfer,
            "desk/transfer.html",
        ),
        Act(
            "take_over",
            _("接收"),
            "case.transfer",
            _("办件归本镇（街道）办理，提交日期不变。接收以后才能受理。"),
            _("申请人（进度页可见）"),
            ("SI649", "60"),
            forms.MoveForm,
            _given(take_over),
        ),
        Act(
            "send_back",
            _("退回"),
            "case.transfer",
            _("办件退回原来的镇（街道），只能退一次；再有争议由县区民政部门决定。"),
            _("申请人（短信，写明接收单位和电话）"),
            ("SI649", "60"),
            forms.ReasonForm,
            _given(send_back, "reason"),
        ),
        Act(
            "decline",
            _("不予受理"),
            "case.decline",
            _("办件结束，出具不予受理告知书，写明救济途径。"),
            APPLICANT,
            ("DB57", "10"),
            forms.ReasonForm,
            _given(decline, "reason"),
            grave=True,
        ),
        Act(
            "record_visit",
            _("记录入户"),
            "case.visit",
            _("入户情况入卷；改动的数值作为认定值，来源记为“入户”。"),
            NOBODY,
            ("DB57", "16"),
            VisitForm,
            _visit,
            "desk/visit.html",
        ),
        Act(
            "call_appraisal",
            _("通知评议"),
            "case.appraise",
            _("写明时间、地点、请谁参加，然后打印会议通知。评议记录登记以前，审核和确认都要等。"),
            NOBODY,
            ("DB57", "19"),
            forms.AppraisalCallForm,
            meetings.call_to_appraise,
            "desk/appraisal_call.html",
        ),
        Act(
            "record_appraisal",
            _("记录评议"),
            "case.appraise",
            _("只记人数，不记谁投了什么票。"),
            NOBODY,
            ("DB57", "19"),
            forms.AppraisalForm,
            meetings.appraise,
            "desk/appraisal.html",
        ),
        Act(
            "record_panel",
            _("会议研究"),
            "case.panel",
            _("会议意见入卷。"),
            NOBODY,
            ("HZ30", "审核确认权下放"),
            forms.PanelForm,
            meetings.panel,
        ),
        Act(
            "call_conference",
            _("召集一事一议"),
            "case.conference",
            _(
                "政策没有规定到的，集体议一次。召集后可以打印会议通知；会议记录登记以前，审核和确认都要等。"
            ),
            NOBODY,
            ("LS23", "二(三)"),
            forms.ConferenceCallForm,
            meetings.call,
            "desk/conference_call.html",
        ),
        Act(
            "record_conference",
            _("记录一事一议"),
            "case.conference",
            _(
                "到会够人数、同意够比例，会议意见才算通过，意见入卷。它只是建议，金额和决定仍按规定由各人签署。"
            ),
            NOBODY,
            ("LS23", "二(三)"),
            forms.ConferenceForm,
            meetings.conference,
            "desk/conference.html",
        ),
        Act(
            "review",
            _("审核"),
            "case.review",
            _("签署审核意见，随后公示。审核的人不能再确认。"),
            APPLICANT,
            ("DB57", "19"),
            forms.ReviewForm,
            _review,
            "desk/review.html",
        ),
        Act(
            "publish_notice",
            _("公示"),
            "case.publish_notice",
            _("在村（社区）公示7天，只有遮盖的姓名、人数、类别和金额。期满才能确认。"),
            _("申请人和村（社区）居民"),
            ("DB57", "19"),
            forms.MoveForm,
            _given(publish_notice),
            "desk/publish_notice.html",
        ),
        Act(
            "answer_objection",
            _("答复异议"),
            "case.answer_objection",
            _("异议成立的，不能确认，须退回重新调查。"),
            _("提出异议的人（留了联系方式的）"),
            ("DB57", "19"),
            forms.ObjectionForm,
            _answer,
            "desk/answer_objection.html",
        ),
        Act(
            "confirm",
            _("确认"),
            "case.confirm",
            _("作出确认决定，从下月起发放，公示随即撤下。"),
            _("申请人（确认告知书）、县区民政（备案）"),
            ("DB57", "21"),
            forms.MoveForm,
            _given(confirm),
            "desk/confirm.html",
        ),
        Act(
            "refuse",
            _("不予确认"),
            "case.refuse",
            _("作出不予确认决定，3个工作日内书面告知，写明事实、条款、其他救助和救济途径。"),
            _("申请人（不予确认告知书）"),
            ("DB57", "21"),
            forms.ReasonForm,
            _given(refuse, "reason"),
            grave=True,
        ),
        Act(
            "return_case",
            _("退回调查"),
            "case.return",
            _("回到调查核实，已有的材料都留着；公示撤下。"),
            _("经办人"),
            ("DB57", "19"),
            forms.ReasonForm,
            _given(return_case, "reason"),
        ),
        Act(
            "mark_relative",
            _("近亲属核查"),
            "case.check_relative",
            _("县级民政部门的核查意见入卷；没有它，近亲属办件不能确认。"),
            NOBODY,
            ("DB57", "20"),
            forms.FindingForm,
            _given(mark_relative, "text"),
        ),
        Act(
            "allow_over_year",
            _("超年上限"),
            "case.allow_over_year",
            _("县级民政部门同意超过每户每年上限的意见入卷；没有它，这笔临时救助不能确认。"),
            NOBODY,
            ("LS23", "二(三)"),
            forms.FindingForm,
            _given(allow_over_year, "text"),
        ),
        Act(
            "pause",
            _("暂停计时"),
            "case.pause",
            _("从今天起不计时，原因和天数始终显示，恢复后期限顺延。"),
            _("申请人（进度页可见）"),
            ("DB57", "22"),
            forms.PauseForm,
            _pause,
        ),
        Act(
            "resume",
            _("恢复计时"),
            "case.pause",
            _("从今天起继续计时，期限按暂停的工作日顺延。"),
            _("申请人（进度页可见）"),
            ("DB57", "22"),
            forms.MoveForm,
            _given(resume),
        ),
        Act(
            "withdraw",
            _("代为撤回"),
            "case.withdraw",
            _("办件结束。申请人以后可以随时重新申请。"),
            APPLICANT,
            ("DB57", "5"),
            forms.ReasonForm,
            _withdraw,
            grave=True,
        ),
    )
}

# What comes first where a case stands so; the first of them that is legal and allowed.
FIRST = {
    "submitted": ("take_over", "accept"),
    "awaiting_papers": ("take_over", "accept"),
    "accepted": ("record_visit", "assess"),
    "assessed": ("review",),
    "reviewed": ("publish_notice", "confirm"),
    "noticed": ("answer_objection", "confirm"),
}
# Whom a case waits for, when the one who looks at it cannot act.
WAITS_FOR = {
    "submitted": _("等待经办人受理"),
    "awaiting_papers": _("等待申请人补交材料"),
    "accepted": _("等待经办人调查核算"),
    "assessed": _("等待审核人审核"),
    "reviewed": _("等待公示"),
    "noticed": _("等待公示期满后由负责人确认"),
}
