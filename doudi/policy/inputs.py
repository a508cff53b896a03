"""Facts as numbers: what the formulas start from."""

import datetime as dt
from typing import Any

from doudi.kernel.periods import full_years, months_before
from doudi.policy import codes
from doudi.policy.book import Book
from doudi.policy.facts import Event, HouseholdFacts, Item, Member

EXEMPT_VEHICLES = ("motorcycle", "e_bike", "disability")
COUNTED_HOMES = ("owned", "rural_homestead")
INCOME_PLACE = {kind: place for place, kind in enumerate(codes.INCOMES)}


def member_inputs(member: Member, facts: HouseholdFacts) -> dict[str, Any]:
    """The numbers of one member; sums in fen, codes by their place in the lists."""
    by_kind = [0] * len(codes.INCOMES)
    for item in member.income:
        by_kind[INCOME_PLACE[item.kind]] += item.fen
    numbers: dict[str, Any] = {
        "age": full_years(member.born, facts.on),
        "excluded": codes.EXCLUSIONS.index(member.excluded),
        "disability_kind": codes.DISABILITIES.index(member.disability_kind),
        "disability_grade": member.disability_grade,
        "serious_illness": member.serious_illness,
        "employed": member.employed,
        "supporter": codes.SUPPORTERS.index(member.supporter),
        "special": codes.SPECIAL.index(member.special),
        "self_care_failed": len(member.self_care_failed),
        "income_by_kind": tuple(by_kind),
        "income_wage": by_kind[INCOME_PLACE["wage"]],
    }
    for kind in codes.EXPENSES:
        numbers[f"expense_{kind}"] = _sum_of(member.expenses, kind)
    return numbers


def household_inputs(facts: HouseholdFacts, book: Book, deduct: bool) -> dict[str, Any]:
    """The numbers of the household."""
    return {
        "area_urban": facts.area == "urban",
        "residential": facts.setting == "residential",
        "deduct": int(deduct),
        "money_assets": facts.money,
        "vehicles_counted": sum(v.kind not in EXEMPT_VEHICLES for v in facts.vehicles),
        "homes_counted": sum(h.kind in COUNTED_HOMES for h in facts.homes),
        "companies_count": facts.companies,
        "machines_count": facts.machines,
        **_event_inputs(facts.event, facts.on, book),
    }


def _event_inputs(event: Event | None, on: dt.date, book: Book) -> dict[str, Any]:
    if event is None:
        return {
            "event_kind": 0,
            "event_repeated": False,
            "event_own_cost": 0,
            "event_persons": 0,
            "event_months": 0,
        }
    last, months = event.last_same_cause_on, book.whole("temporary.same_cause_months")
    return {
        "event_kind": codes.EVENTS.index(event.kind),
        "event_repeated": last is not None and last > months_before(on, months),
        "event_own_cost": event.own_cost,
        "event_persons": event.persons,
        "event_months": event.months,
    }


def _sum_of(items: tuple[Item, ...], kind: str) -> int:
    return sum(item.fen for item in items if item.kind == kind)
