"""Reading referrals, where the right holds, by case, or by the day that passed."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case as When
from django.db.models import IntegerField, QuerySet, Value
from django.db.models import When as If

from doudi.accounts.models import Staff
from doudi.accounts.queries import in_scope
from doudi.cases.queries import Light, pack
from doudi.kernel.errors import NotFound
from doudi.referrals.catalog import Department, department, departments
from doudi.referrals.figures import grounds
from doudi.referrals.flow import OPEN
from doudi.referrals.models import Referral

SOON = 2
LISTED = 200


def due_after(key: str, on: dt.date) -> dt.date:
    """The last day of a period of the pack in working days, counted from `on`."""
    law = pack()
    return law.calendar.add_workdays(on, law.book.general(key, on)).on


@dataclass(frozen=True)
class Chance:
    """A department a household could be handed on to, and what in its facts suggests it."""

    department: Department
    grounds: tuple[str, ...]
    is_open: bool  # handed on already, and not answered yet


def chances(made: Iterable[Referral], facts: Mapping[str, Any] | None, on: dt.date) -> list[Chance]:
    """Every department, those that the facts suggest first; a person chooses, or none.

    `made` are the referrals of the case so far.
    """
    held = grounds(facts, on)
    waiting = {r.department for r in made if r.state == OPEN}
    found = [
        Chance(d, tuple(g for g in d.grounds if g in held), d.key in waiting) for d in departments()
    ]
    return sorted(found, key=lambda chance: not chance.grounds)


@dataclass(frozen=True)
class Row:
    """One referral with its department and its light."""

    referral: Referral
    department: Department | None  # None where the pack no longer names it
    light: Light


def row(referral: Referral, on: dt.date) -> Row:
    """A referral as it is shown."""
    return Row(referral, department(referral.department), light(referral, on))


def light(referral: Referral, on: dt.date) -> Light:
    """Working days left for the answer; none once it is there."""
    if referral.state != OPEN:
        return Light("none", 0)
    left = pack().calendar.workdays_between(on, referral.due_on)
    return Light("late" if left < 0 else "soon" if left <= SOON else "ok", left)


def referrals_of(case_id: UUID) -> list[Referral]:
    """All of a case, newest first."""
    return list(Referral.objects.filter(case_id=case_id).order_by("-made_at"))


def referrals_for(staff: Staff) -> QuerySet[Referral]:
    """The referrals of the towns where `staff` may look; nothing by default."""
    return in_scope(Referral.objects.all(), staff, "referral.list", "town")


def referral_for(referral_id: UUID, staff: Staff) -> Referral:
    """One referral; NotFound alike for an unknown one and for one outside the scope."""
    found = referrals_for(staff).filter(pk=referral_id).select_related("case__village").first()
    if found is None:
        raise NotFound("没有这次转介")
    return found


def listed(staff: Staff, on: dt.date) -> list[Row]:
    """What waits first, the most pressing at the top; one query."""
    first = When(If(state=OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = referrals_for(staff).select_related("case__village").order_by(first, "due_on")
    return [row(r, on) for r in found[:LISTED]]


def late_count(staff: Staff, on: dt.date) -> int:
    """How many departments owe an answer, where `staff` is the one to ask after it."""
    rows = in_scope(Referral.objects.all(), staff, "referral.answer", "town")
    return rows.filter(state=OPEN, due_on__lt=on).count()


def overdue(on: dt.date) -> list[Referral]:
    """Those past their day that nobody was reminded of yet."""
    late = Referral.objects.filter(state=OPEN, due_on__lt=on, reminded_at=None)
    return list(late.select_related("case").order_by("due_on"))
