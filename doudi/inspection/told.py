"""What a deed brought into a case, in a few words for the replay and for the evidence pack."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from doudi.kernel.money import yuan_text
from doudi.policy.wording import PROGRAMMES, programme_name
from doudi.ui.words import said

Lines = list[tuple[str, str]]


def _programme(code: str) -> str:
    language = "en" if (get_language() or "").startswith("en") else "zh"
    return programme_name(code, language) if code in PROGRAMMES else "—"


def _sum(part: Any) -> str:
    return f"{yuan_text(part.monthly_fen or part.once_fen)} {_('元')}"


def _visit(part: Any) -> Lines:
    names = "、".join(str(v["name"]) for v in part.visitors)
    return [(_("入户日期"), str(part.on)), (_("调查人"), names)]


def _called(part: Any) -> Lines:
    return [(_("评议日期"), str(part.on)), (_("应到人数"), str(len(part.invited)))]


def _appraisal(part: Any) -> Lines:
    votes = f"{part.agree} / {part.disagree} / {part.abstain}"
    return [(_("评议日期"), str(part.on)), (_("同意 / 不同意 / 弃权"), votes)]


def _meeting(part: Any) -> Lines:
    return [(_("会议日期"), str(part.on))]


def _assessment(part: Any) -> Lines:
    lines = [
        (_("建议"), _programme(part.recommended)),
        (_("选定"), f"{_programme(part.chosen)} {_sum(part)}"),
        (_("政策参数版本"), part.book_hash.removeprefix("sha256:")[:12]),
        (_("规则版本"), part.rules_version.removeprefix("sha256:")[:12]),
    ]
    return [*lines, (_("理由"), part.reason)] if part.reason else lines


def _opinion(part: Any) -> Lines:
    return [(_("意见"), part.text)]


def _notice(part: Any) -> Lines:
    return [(_("公示期"), f"{part.from_on} — {part.until_on}"), (_("金额"), _sum(part))]


def _decision(part: Any) -> Lines:
    if not part.granted:
        return [(_("理由"), part.reason)]
    return [
        (_("决定"), f"{_programme(part.programme)} {_sum(part)}"),
        (_("起始"), part.start_month),
    ]


def _mark(part: Any) -> Lines:
    return [(_("县级核查情况"), part.text)]


def _supplement(part: Any) -> Lines:
    return [(_("要补的材料"), "、".join(str(i["what"]) for i in part.items))]


TOLD: dict[str, Callable[[Any], Lines]] = {
    "HomeVisit": _visit,
    "AppraisalCall": _called,
    "Appraisal": _appraisal,
    "Panel": _meeting,
    "Conference": _meeting,
    "Assessment": _assessment,
    "Opinion": _opinion,
    "PublicNotice": _notice,
    "Decision": _decision,
    "RelativeMark": _mark,
    "YearWord": _mark,
    "Supplement": _supplement,
}


def told(part: Any, step: Any = None) -> Lines:
    """Label and value; of a deed that brought nothing the words that were written with it."""
    if part is not None:
        return TOLD[type(part).__name__](part)
    words = str(said(step.told)) if step is not None else ""
    return [(_("说明"), words)] if words else []
