"""The figures of cases: received, accepted, ended, standing, days per stage, granted."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from doudi.cases import month as cases
from doudi.reports.figures.figure import Figure, Span

PIECES, YUAN, DAYS = _("件"), _("元"), _("工作日")
EACH_CASE = _("每个办件算一次")


def _granted(stem: str, first: Span, last: Span) -> QuerySet[Any]:
    return cases.granted(stem, first.first, last.after)


RECEIVED = Figure(
    "received",
    _("收件"),
    PIECES,
    _("每个办件算一次，撤回和不予受理的也算"),
    _("提交日期在本月"),
    lambda stem, first, last: cases.received(stem, first.since, last.until),
    lambda m: Q(submitted_at__gte=m.since, submitted_at__lt=m.until),
    {"channel": "channel"},
    flows=True,
)
ACCEPTED = Figure(
    "accepted",
    _("已受理"),
    PIECES,
    EACH_CASE,
    _("受理日期在本月"),
    lambda stem, first, last: cases.accepted(stem, first.first, last.after),
    lambda m: Q(accepted_on__gte=m.first, accepted_on__lt=m.after),
    flows=True,
)
ENDED = Figure(
    "ended",
    _("已办结"),
    PIECES,
    _("每个办件算一次，按最后一次办结；申诉后重新核定的，等再次办结才算"),
    _("办结日期在本月"),
    lambda stem, first, last: cases.ended(stem, first.first, last.after),
    lambda m: Q(ended_on__gte=m.first, ended_on__lt=m.after),
    {"stage": "stage", "programme": "programme", "late": "late"},
    flows=True,
)
PASSED = Figure(
    "passed",
    _("各环节用时"),
    DAYS,
    _("办件每走完一次环节算一次；都是工作日，暂停的日子也算"),
    _("本月走完的环节"),
    lambda stem, first, last: cases.passed(stem, first.since, last.until),
    lambda m: Q(until_at__gte=m.since, until_at__lt=m.until),
    {"stage": "stage"},
    adds="days",
    case="case__",
    placed=True,
    flows=True,
)
STANDING = Figure(
    "standing",
    _("在办"),
    PIECES,
    _("每个办件算一次，按截止日所在的环节；类别按最近一次核算"),
    _("截止日（月末或今天）"),
    lambda stem, first, last: cases.standing(stem, first.until, last.until),
    lambda m: cases.stood_at(m.until),
    {"stage": "stage", "programme": "programme"},
    case="case__",
    placed=True,
    parts=lambda stem, first, last: cases.standing_parts(stem, first.until, last.until),
)
GRANTED_MONTHLY = Figure(
    "granted_monthly",
    _("新批每月金额"),
    YUAN,
    _("每个有效的确认决定算一次；被撤销的不算"),
    _("办结日期在本月"),
    _granted,
    lambda m: Q(case__ended_on__gte=m.first, case__ended_on__lt=m.after, monthly_fen__gt=0),
    {"programme": "programme"},
    adds="monthly_fen",
    case="case__",
)
GRANTED_ONCE = Figure(
    "granted_once",
    _("新批一次性金额"),
    YUAN,
    _("每个有效的确认决定算一次；被撤销的不算"),
    _("办结日期在本月"),
    _granted,
    lambda m: Q(case__ended_on__gte=m.first, case__ended_on__lt=m.after, once_fen__gt=0),
    {"programme": "programme"},
    adds="once_fen",
    case="case__",
)
