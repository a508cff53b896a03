"""发放前公示: whether a month's list hangs before it is paid, until when, and what it shows.

Whoever is a child, or is helped as one, stands on no list (CH62); nobody's number, account or
house does.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from doudi.benefits.models import Payment, Roll, RollNotice
from doudi.cases.queries import pack
from doudi.clock.time import CHINA
from doudi.kernel.errors import NotFound
from doudi.policy.codes import WITHOUT_NOTICE
from doudi.vault.masking import mask_name

ADULT = 18


def days_asked(on: dt.date) -> int:
    """How long a list hangs before it is paid; 0: the pack asks for none."""
    return pack().book.general("payments.publish_days", on)


def day_of(at: dt.datetime) -> dt.date:
    """The day of an instant in China."""
    return at.astimezone(CHINA).date()


@dataclass(frozen=True)
class Hanging:
    """How a roll stands: days asked for, the notice of these very lines, the first day to pay."""

    days: int
    notice: RollNotice | None

    @property
    def first_day(self) -> dt.date | None:
        """The day after the last on which it hangs."""
        return self.notice.until_on + dt.timedelta(days=1) if self.notice else None

    def is_over(self, on: dt.date) -> bool:
        """Whether it may be paid: nothing is asked, or the days are over."""
        return self.days == 0 or (self.first_day is not None and self.first_day <= on)


def hanging(roll: Roll, on: dt.date) -> Hanging:
    """Advances hang afterwards (urgent); a notice of other lines counts for nothing."""
    if roll.kind != "monthly":
        return Hanging(0, None)
    same = roll.notices.filter(lines_sha256=roll.lines_sha256, taken_down_at=None)
    return Hanging(days_asked(on), same.first())


def listed(roll: Roll, on: dt.date) -> QuerySet[Payment]:
    """The lines that may hang: no child's, and nothing that is given to a child."""
    grown = on.replace(year=on.year - ADULT, day=min(on.day, 28))
    rows = roll.payments.filter(person__born_on__lte=grown)
    return rows.exclude(award__programme__in=sorted(WITHOUT_NOTICE))


def notices_now(on: dt.date) -> list[RollNotice]:
    """What hangs today, newest first."""
    rows = RollNotice.objects.filter(from_on__lte=on, until_on__gte=on, taken_down_at=None)
    return list(rows.select_related("roll").order_by("-from_on", "roll__county")[:50])


def notice_now(notice_id: UUID, on: dt.date) -> RollNotice:
    """One that hangs today; NotFound once its days are over."""
    found = RollNotice.objects.filter(
        pk=notice_id, from_on__lte=on, until_on__gte=on, taken_down_at=None
    )
    notice = found.select_related("roll").first()
    if notice is None:
        raise NotFound("这份公示已经结束")
    return notice


def notice_of(roll: Roll) -> RollNotice:
    """The newest of a roll; NotFound where none hung."""
    notice = roll.notices.filter(taken_down_at=None).first()
    if notice is None:
        raise NotFound("这份名册还没有公示")
    return notice


def number_of_list(notice_id: UUID) -> str:
    """The number of the roll that hung, for whoever answers an objection; "" for none."""
    found = RollNotice.objects.filter(pk=notice_id).select_related("roll").first()
    return found.roll.number if found else ""


@dataclass(frozen=True)
class Shown:
    """One line as everybody may read it; fen is None where the pack names no amounts."""

    name: str
    village: str
    size: int
    covered: int
    kind: str
    fen: int | None


def towns_on(notice: RollNotice) -> dict[str, int]:
    """The towns of a notice with their number of lines; one query."""
    rows = listed(notice.roll, notice.from_on).order_by("award__town").values("award__town")
    return {row["award__town"]: row["n"] for row in rows.annotate(n=Count("pk"))}


def lines_of(notice: RollNotice, town: str) -> QuerySet[Payment]:
    """A town's lines by village and number, not read yet."""
    rows = listed(notice.roll, notice.from_on).filter(award__town=town).select_related("award")
    return rows.order_by("award__village", "award__number", "kind")


def shown(notice: RollNotice, payments: Iterable[Payment]) -> list[Shown]:
    """Names masked, whoever asks."""
    return [
        Shown(
            mask_name(p.award.payee_name),
            p.award.village,
            p.size,
            p.covered,
            p.kind,
            p.amount_fen if notice.with_amounts else None,
        )
        for p in payments
    ]
