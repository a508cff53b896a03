"""The figures of money: what the month's rolls sent to the bank."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from doudi.benefits import queries as benefits
from doudi.reports.figures.cases import YUAN
from doudi.reports.figures.figure import Figure

PAID_ROLLS = Figure(
    "paid_rolls",
    _("发放金额"),
    YUAN,
    _("每份已送银行的名册算一次（县区按月，先行救助按次）"),
    _("名册所属月份"),
    lambda stem, first, last: benefits.sent_rolls(stem, str(first.month), str(last.month)),
    lambda m: Q(month=str(m.month)),
    adds="total_fen",
    child="county",
)
PAID_LINES = Figure(
    "paid_lines",
    _("发放金额"),
    YUAN,
    _("名册上每一笔算一次，银行退回的不算；同一人同一月同一项只有一笔"),
    _("名册所属月份"),
    lambda stem, first, last: benefits.sent_lines(stem, str(first.month), str(last.month)),
    lambda m: Q(month=str(m.month)),
    adds="amount_fen",
    child="award__village",
)
