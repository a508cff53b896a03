"""Reading leads, where the right holds; and mandates, by case or by the representative's phone."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case as When
from django.db.models import IntegerField, QuerySet, Value
from django.db.models import When as If

from doudi.accounts.figures.in_hand import OpenTable
from doudi.accounts.models import Staff
from doudi.accounts.queries import in_scope, inside_any, scope
from doudi.cases.queries import Light, pack
from doudi.kernel.errors import NotFound
from doudi.mandates.flow import OPEN
from doudi.mandates.models import Lead, Mandate
from doudi.regions import queries as regions

SOON = 1
LISTED = 200


def due_after(on: dt.date) -> dt.date:
    """The last day to follow up: `mandates.lead_days` working days after `on`."""
    law = pack()
    return law.calendar.add_workdays(on, law.book.general("mandates.lead_days", on)).on


def leads_for(staff: Staff) -> QuerySet[Lead]:
    """The leads of the places where `staff` may look; nothing by default."""
    return in_scope(Lead.objects.all(), staff, "lead.list", "village__code")


def lead_for(lead_id: UUID, staff: Staff) -> Lead:
    """One lead; NotFound alike for an unknown one and for one outside the scope."""
    found = leads_for(staff).filter(pk=lead_id).select_related("village", "case", "call").first()
    if found is None:
        raise NotFound("没有这条线索")
    return found


def lead_by_id(lead_id: UUID) -> Lead | None:
    """One lead for the actions; None when there is none."""
    return Lead.objects.select_related("village").filter(pk=lead_id).first()


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    lead: Lead
    light: Light


def listed(staff: Staff, on: dt.date) -> list[Row]:
    """Open leads first, the most pressing at the top; one query."""
    first = When(If(state=OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = leads_for(staff).select_related("village").order_by(first, "due_on", "found_at")
    return [Row(lead, light(lead, on)) for lead in found[:LISTED]]


def light(lead: Lead, on: dt.date) -> Light:
    """Working days left; none once there is an outcome."""
    if lead.state != OPEN:
        return Light("none", 0)
    left = pack().calendar.workdays_between(on, lead.due_on)
    return Light("late" if left < 0 else "soon" if left <= SOON else "ok", left)


def held_rows(cases: Iterable[UUID]) -> list[QuerySet[Any]]:
    """Leads and mandates of some cases, for the household's own file; nothing is read yet."""
    mine = list(cases)
    return [Lead.objects.filter(case_id__in=mine), Mandate.objects.filter(case_id__in=mine)]


def waiting_leads(staff: Staff) -> int:
    """How many leads nobody followed up, where `staff` is the one to do it."""
    rows = in_scope(Lead.objects.all(), staff, "lead.close", "village__code")
    return rows.filter(state=OPEN).count()


def villages_to_file(staff: Staff) -> list[tuple[str, str]]:
    """The villages where `staff` may register a household, by code and name; two queries."""
    stems = scope(staff, "lead.file")
    codes = [v.code for s in stems for v in regions.within(s) if v.level == "village"]
    names = regions.path_names(codes, "town") if codes else {}
    return [(code, names[code]) for code in codes]


# --- mandates ------------------------------------------------------------------------------


def longest_mandate(on: dt.date) -> dt.date:
    """The last day that a mandate given on `on` can reach."""
    return on + dt.timedelta(days=pack().book.general("mandates.longest_days", on))


def mandates_of(case_id: UUID) -> list[Mandate]:
    """Every mandate of a case, ended ones too, newest first."""
    return list(Mandate.objects.filter(case_id=case_id).order_by("-given_at"))


def living_mandates(case_id: UUID, on: dt.date) -> list[Mandate]:
    """The mandates of a case that count on the day."""
    found = Mandate.objects.filter(case_id=case_id, withdrawn_at=None, until_on__gte=on)
    return list(found.order_by("given_at"))


def mandates_held(phone_index: str, on: dt.date) -> list[Mandate]:
    """What a representative's phone may act under on the day, with the cases; one query."""
    found = Mandate.objects.filter(phone_index=phone_index, withdrawn_at=None, until_on__gte=on)
    return list(found.select_related("case").order_by("-given_at"))


def mandate_for(mandate_id: UUID, phone_index: str, matter: str, on: dt.date) -> Mandate:
    """The living mandate of this phone for this matter; every other one answers NotFound alike."""
    found = Mandate.objects.filter(pk=mandate_id, phone_index=phone_index, withdrawn_at=None)
    mandate = found.filter(until_on__gte=on).select_related("case__application").first()
    if not phone_index or mandate is None or matter not in mandate.matters:
        raise NotFound("没有这份委托，或者委托已经到期、撤回")
    return mandate


def mandate_by_id(mandate_id: UUID) -> Mandate:
    """One mandate for actions and reactions; NotFound when there is none."""
    found = Mandate.objects.filter(pk=mandate_id).select_related("case").first()
    if found is None:
        raise NotFound("没有这份委托，或者委托已经到期、撤回")
    return found


def in_hand(stems: Sequence[str]) -> list[OpenTable]:
    """Open leads by whoever found them."""
    rows = Lead.objects.filter(inside_any(stems, "town"), state=OPEN)
    return [OpenTable("lead", rows, "found_by_id", "village__name", "town", "due_on")]
