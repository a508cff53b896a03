"""Reading appeals, complaints, ratings and changes: by case, and by office."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from doudi.accounts.models import Staff
from doudi.accounts.queries import scope, staff_holding
from doudi.cases.file import hands_on, told_on
from doudi.cases.queries import Light, pack
from doudi.clock.time import CHINA
from doudi.kernel.errors import NotFound
from doudi.kernel.region_code import stem
from doudi.redress.flow import APPEALABLE, OPEN, RATED
from doudi.redress.models import Appeal, ChangeAppeal, ChangeReport, Complaint, Matter, Rating
from doudi.vault.index import blind_index

SOON = 3
LISTED = 200
Kind = TypeVar("Kind", bound=Matter)


# --- for everybody -------------------------------------------------------------------------


def answer_by(key: str, start: dt.date) -> dt.date:
    """The last day to answer: working days of the parameter `redress.<key>_days` after `start`."""
    law = pack()
    days = law.book.general(f"redress.{key}_days", start)
    return law.calendar.add_workdays(start, days).on


@dataclass(frozen=True)
class Chance:
    """Whether a case's result may be appealed now, until when, and what stands in the way."""

    limit_on: dt.date
    late: bool
    filed: Appeal | None


def chance_to_appeal(case: Any, on: dt.date) -> Chance | None:
    """None while there is nothing to appeal. A late appeal is taken and marked late (XZFY 20)."""
    if case.stage not in APPEALABLE or case.ended_at is None:
        return None
    told = told_on(case)
    limit = limit_to_appeal(told)
    filed = Appeal.objects.filter(case=case, against_at=case.ended_at).first()
    return Chance(limit, on > limit, filed)


def appeals_of(case_id: UUID) -> list[Appeal]:
    """The appeals of a case, newest first."""
    return list(Appeal.objects.filter(case_id=case_id).order_by("-filed_at"))


def change_appeal(appeal_id: UUID) -> ChangeAppeal:
    """One appeal against a change; NotFound when there is none."""
    return _one(ChangeAppeal, appeal_id)


def change_appeals_of(award_ids: Iterable[UUID]) -> dict[UUID, ChangeAppeal]:
    """The appeals against changes of some awards, by what they are against; one query."""
    rows = ChangeAppeal.objects.filter(award_id__in=list(award_ids)).order_by("filed_at")
    return {row.matter_id: row for row in rows}


def limit_to_appeal(told: dt.date) -> dt.date:
    """The last day to appeal against what was told on a day (XZFY 20)."""
    return told + dt.timedelta(days=pack().book.general("redress.appeal_days", told))


def objections_to_list(list_ids: Iterable[UUID]) -> tuple[int, int]:
    """How many objected to public lists, and how many of them have no answer yet; one query."""
    rows = Complaint.objects.filter(list_id__in=list(list_ids)).values_list("state", flat=True)
    states = list(rows)
    return len(states), sum(state == OPEN for state in states)


def complaints_of(case_id: UUID) -> list[Complaint]:
    """The complaints that were made under a name about a case, newest first."""
    return list(Complaint.objects.filter(case_id=case_id).order_by("-filed_at"))


def changes_of(case_id: UUID) -> list[ChangeReport]:
    """The reports of a case, newest first."""
    return list(ChangeReport.objects.filter(case_id=case_id).order_by("-filed_at"))


def cases_called_back() -> set[UUID]:
    """The cases whose change of account was answered after a call back."""
    rows = ChangeReport.objects.filter(kind="account", state="called_back")
    return set(rows.values_list("case_id", flat=True))


def ratings_of(case_id: UUID) -> dict[str, Rating]:
    """The ratings of a case by its parts."""
    return {r.part: r for r in Rating.objects.filter(case_id=case_id)}


def held_rows(cases: Iterable[UUID]) -> list[QuerySet[Any]]:
    """What a household appealed, complained, reported and rated; nothing is read yet."""
    mine = list(cases)
    kinds = (Appeal, ChangeAppeal, Complaint, ChangeReport, Rating)
    return [kind._default_manager.filter(case_id__in=mine) for kind in kinds]


def parts_to_rate(case: Any) -> dict[str, str]:
    """The parts of a case's way that have ended, with their words."""
    done = set(case.steps.values_list("move", flat=True))
    return {part: words for part, (words, verbs) in RATED.items() if done & set(verbs)}


def complaint_by_tracking(secret: str) -> Complaint:
    """The complaint of a printed secret; NotFound answers every wrong one alike."""
    found = Complaint.objects.filter(tracking_index=blind_index("token", secret)).first()
    if found is None:
        raise NotFound("没有查到，请核对查询码")
    return found


def appeal(appeal_id: UUID) -> Appeal:
    """One appeal; NotFound when there is none."""
    return _one(Appeal, appeal_id)


def complaint(complaint_id: UUID) -> Complaint:
    """One complaint; NotFound when there is none."""
    return _one(Complaint, complaint_id)


def change(change_id: UUID) -> ChangeReport:
    """One report; NotFound when there is none."""
    return _one(ChangeReport, change_id)


def _one(kind: type[Kind], pk: UUID) -> Kind:
    found = kind._default_manager.filter(pk=pk).first()
    if found is None:
        raise NotFound("没有这件事")
    return found


# --- for officers --------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """One line of an office's list."""

    matter: Any
    light: Light


def own_office(staff: Staff, right: str, office: str) -> bool:
    """Whether `staff` sits in the very office that answers; who stands above it does not."""
    return stem(office.ljust(12, "0")) in scope(staff, right)


def visible(kind: type[Kind], staff: Staff, right: str) -> QuerySet[Kind]:
    """What the officer's office answers, and what offices below it let pass; never about himself.

    A complaint about somebody is not there for him: not in a list, not by its address.
    """
    seen = Q(pk__in=[])
    for prefix in scope(staff, right):
        seen |= Q(office=prefix.ljust(6, "0"))
        seen |= Q(office__startswith=prefix, escalated_at__isnull=False)
        if kind is ChangeReport:
            seen |= Q(office__startswith=prefix)
    rows = kind._default_manager.filter(seen)
    return rows.exclude(about_id=str(staff.pk)) if kind is Complaint else rows


def appeals_for(staff: Staff) -> QuerySet[Appeal]:
    """The appeals that the officer may see."""
    return visible(Appeal, staff, "redress.view").select_related("case")


def change_appeals_for(staff: Staff) -> QuerySet[ChangeAppeal]:
    """The appeals against changes that the officer may see."""
    return visible(ChangeAppeal, staff, "redress.view")


def complaints_for(staff: Staff) -> QuerySet[Complaint]:
    """The complaints that the officer may see."""
    return visible(Complaint, staff, "redress.view").select_related("case")


def changes_for(staff: Staff) -> QuerySet[ChangeReport]:
    """The reports that the officer may see."""
    return visible(ChangeReport, staff, "change.view").select_related("case")


def listed(rows: QuerySet[Kind], on: dt.date) -> list[Row]:
    """Open ones first, the most urgent at the top; one query."""
    found = list(rows.order_by("due_on", "filed_at")[:LISTED])
    ordered = sorted(found, key=lambda m: (m.state != OPEN, m.due_on))  # type: ignore[attr-defined]
    return [Row(matter, light(matter, on)) for matter in ordered]


def light(matter: Any, on: dt.date) -> Light:
    """Working days left; none once it is answered."""
    if matter.state != OPEN:
        return Light("none", 0)
    left = pack().calendar.workdays_between(on, matter.due_on)
    return Light("late" if left < 0 else "soon" if left <= SOON else "ok", left)


def seen_by(kind: type[Kind], staff: Staff, right: str, pk: UUID) -> Kind:
    """One matter; NotFound alike for an unknown one and for one the officer may not see."""
    found = visible(kind, staff, right).filter(pk=pk).first()
    if found is None:
        raise NotFound("没有这件事")
    return found


def appeal_for(appeal_id: UUID, staff: Staff) -> Appeal:
    """One appeal within the officer's reach."""
    return seen_by(Appeal, staff, "redress.view", appeal_id)


def change_appeal_for(appeal_id: UUID, staff: Staff) -> ChangeAppeal:
    """One appeal against a change within the officer's reach."""
    return seen_by(ChangeAppeal, staff, "redress.view", appeal_id)


def complaint_for(complaint_id: UUID, staff: Staff) -> Complaint:
    """One complaint within the officer's reach; none about himself."""
    return seen_by(Complaint, staff, "redress.view", complaint_id)


def change_for(change_id: UUID, staff: Staff) -> ChangeReport:
    """One report within the officer's reach."""
    return seen_by(ChangeReport, staff, "change.view", change_id)


def may_answer_appeal(staff: Staff, found: Appeal) -> bool:
    """Of the office that answers, and had no hand in the case: nobody judges his own work."""
    own = own_office(staff, "redress.answer", found.office)
    return own and str(staff.pk) not in hands_on(found.case)


def may_answer_change_appeal(staff: Staff, found: ChangeAppeal) -> bool:
    """Of the office that answers, and neither proposed nor decided what is appealed against."""
    own = own_office(staff, "redress.answer", found.office)
    return own and str(staff.pk) not in found.hands


def overdue(on: dt.date) -> Iterable[Matter]:
    """Open matters whose day has passed and that the city does not see yet."""
    for kind in (Appeal, ChangeAppeal, Complaint, ChangeReport):
        yield from kind._default_manager.filter(state=OPEN, due_on__lt=on, escalated_at=None)


def told_of(county: str, about_id: str, about: str) -> tuple[str, str]:
    """Who is complained of and which office answers: (id, region code).

    The county; the city where it is one of those who would answer in the county.
    """
    city, answering = f"{county[:4]}00", staff_holding("redress.answer", county)
    named = next((s for s in answering if s.name in about or str(s.pk) == about_id), None)
    if named is None:
        return about_id, county
    return str(named.pk), county if own_office(named, "redress.answer", city) else city


def day_of(at: dt.datetime) -> dt.date:
    """The day of an instant in China."""
    return at.astimezone(CHINA).date()
