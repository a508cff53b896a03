"""Reading the awards that run in a month, and whom they cover then."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from doudi.benefits.models import Award, AwardPerson
from doudi.kernel.periods import Month


def all_awards() -> QuerySet[Award]:
    """Every award, to be narrowed to the reader's places."""
    return Award.objects.all()


def running(month: str, county: str = "") -> QuerySet[Award]:
    """Monthly awards that have begun and not ended in a month, suspended ones too."""
    begun = Award.objects.filter(start_month__lte=month, monthly_fen__gt=0)
    living = begun.filter(Q(end_month="") | Q(end_month__gte=month))
    return living.filter(county=county) if county else living


def running_counts(towns: Iterable[str], month: str) -> dict[str, int]:
    """How many awards run in each of some towns; one query."""
    rows = running(month).filter(town__in=list(towns)).values("town").annotate(n=Count("pk"))
    return {row["town"]: row["n"] for row in rows}


def awards_of_households(households: Iterable[UUID], month: str) -> dict[UUID, Award]:
    """The award that runs in a month for each of some households, the newest; by pieces."""
    asked, found = sorted(households), dict[UUID, Award]()
    for start in range(0, len(asked), 500):
        rows = running(month).filter(household_id__in=asked[start : start + 500])
        found |= {row.household_id: row for row in rows.order_by("opened_at", "number")}
    return found


def running_without(award_ids: Any, month: str) -> QuerySet[Award]:
    """Those running whose id is not among some, the oldest first."""
    return running(month).exclude(pk__in=award_ids).order_by("opened_at", "number")


def _covered(month: str) -> QuerySet[AwardPerson]:
    until = Q(until_month="") | Q(until_month__gte=month)
    return AwardPerson.objects.filter(until, from_month__lte=month)


def persons_in(award: Award, month: str) -> list[UUID]:
    """Whom an award covers in a month, the payee first."""
    rows = _covered(month).filter(award=award).order_by("pk").values_list("person_id", flat=True)
    return sorted(rows, key=lambda pk: pk != award.payee_id)


def covered_in(award: Award, month: str) -> int:
    """How many persons an award covers in a month."""
    return _covered(month).filter(award=award).count()


def covered_counts(county: str, month: str) -> dict[UUID, int]:
    """The same for every award of a county; one query."""
    rows = _covered(month).filter(award__county=county).values_list("award").annotate(n=Count("pk"))
    return dict(rows.order_by())


def people_of(award: Award) -> list[AwardPerson]:
    """The covered persons with names, and those who left; the payee first."""
    rows = award.persons.select_related("person").order_by("pk")
    return sorted(rows, key=lambda row: row.person_id != award.payee_id)


def birthdays(month: Month, age: int) -> list[AwardPerson]:
    """Covered persons of running dibao awards who turn `age` in a month."""
    born = Month(month.year - age, month.number)
    rows = _covered(str(month)).filter(
        award__in=running(str(month)).filter(programme="dibao"),
        person__born_on__gte=born.first_day,
        person__born_on__lte=born.last_day,
        person__died_on=None,
    )
    return list(rows.select_related("award").order_by("award__number", "pk"))


def numbers_known(numbers: Iterable[str]) -> set[str]:
    """Those of some award numbers that exist; one query for every five hundred."""
    asked, found = sorted(numbers), set[str]()
    for start in range(0, len(asked), 500):
        rows = Award.objects.filter(number__in=asked[start : start + 500])
        found |= set(rows.values_list("number", flat=True))
    return found


def births_of(award_ids: Iterable[UUID]) -> dict[UUID, list[dt.date]]:
    """The births of the covered persons of some awards; one query."""
    found: dict[UUID, list[dt.date]] = {}
    rows = AwardPerson.objects.filter(award_id__in=list(award_ids), until_month="")
    for award_id, born in rows.annotate(born=F("person__born_on")).values_list("award_id", "born"):
        found.setdefault(award_id, []).append(born)
    return found
