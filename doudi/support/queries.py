"""Reading pairs, needs, offers and parts: by case, by place, and as a group may see them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from doudi.accounts.models import Staff
from doudi.accounts.queries import in_scope
from doudi.cases.parts import together
from doudi.cases.queries import pack
from doudi.kernel.errors import NotFound
from doudi.support.flow import DELIVERED, MATCHED, MISSING, OPEN, PROMISED
from doudi.support.models import Group, Help, Need, Offer, Pairing, Part

LISTED = 200
NONE = "没有这条帮扶信息"


def quiet_days(on: dt.date) -> int:
    """After how many days without a record a pair is asked after (`support.quiet_days`)."""
    return pack().book.general("support.quiet_days", on)


# --- one household ------------------------------------------------------------------------


@dataclass(frozen=True)
class Household:
    """Everything besides money of one case."""

    pairings: list[Pairing]
    helps: list[Help]
    needs: list[Need]
    parts: list[Part]


def household(case_id: UUID) -> Household:
    """The newest first, living pairings before ended ones; one query."""
    pairings, helps, needs, parts = together(held_rows([case_id])).values()
    known = {pairing.pk: pairing for pairing in pairings}
    for given in helps:
        given.pairing = known[given.pairing_id]
    return Household(
        sorted(pairings, key=lambda p: p.until_on or dt.date.max, reverse=True),
        sorted(helps, key=lambda h: (h.on, h.at), reverse=True)[:50],
        sorted(needs, key=lambda n: n.stated_at, reverse=True),
        sorted(parts, key=lambda p: (-p.promised_on.toordinal(), p.what)),
    )


def parts_of(cases: list[UUID]) -> list[Part]:
    """The goods and services of some cases, newest first; one query."""
    return list(Part.objects.filter(case_id__in=cases).order_by("-promised_on", "what"))


def parts_beside(award: Any) -> list[Part]:
    """Goods and services of an award's case, or of an award that was taken over; newest first.

    What was promised before a move stands with the award that it follows. One query.
    """
    taken = Q(award_id__in=[pk for pk in (award.pk, award.follows_id) if pk])
    rows = Part.objects.filter(Q(case_id=award.case_id) if award.case_id else taken)
    return list(rows.order_by("-promised_on", "what"))


def held_rows(cases: Iterable[UUID]) -> list[QuerySet[Any]]:
    """Pairings, helps, needs and parts, for the household's own file; nothing is read yet."""
    mine = list(cases)
    return [
        Pairing.objects.filter(case_id__in=mine),
        Help.objects.filter(pairing__case_id__in=mine),
        Need.objects.filter(case_id__in=mine),
        Part.objects.filter(case_id__in=mine),
    ]


# --- the desk -----------------------------------------------------------------------------


def needs_for(staff: Staff) -> QuerySet[Need]:
    """The needs where `staff` may look; nothing by default."""
    return in_scope(Need.objects.all(), staff, "support.view", "town")


def open_needs(staff: Staff) -> list[Any]:
    """Needs that wait, oldest first, each with `waiting_offers`; one query."""
    living = Count("offers", filter=Q(offers__withdrawn_at=None, offers__group__ended_at=None))
    rows = needs_for(staff).filter(state=OPEN).annotate(waiting_offers=living)
    return list(rows.select_related("case__village").order_by("stated_at")[:LISTED])


def need_for(need_id: UUID, staff: Staff) -> Need:
    """One need; NotFound alike for an unknown one and for one outside the scope."""
    return _one(needs_for(staff).select_related("case__village"), need_id)


def offers_of(need_id: UUID) -> list[Offer]:
    """The offers that stand, of groups that are still registered, the earliest day first."""
    rows = Offer.objects.filter(need_id=need_id, withdrawn_at=None, group__ended_at=None)
    return list(rows.select_related("group").order_by("by_on", "offered_at"))


def parts_for(staff: Staff) -> QuerySet[Part]:
    """The parts where `staff` may look."""
    return in_scope(Part.objects.all(), staff, "support.view", "town")


def part_for(part_id: UUID, staff: Staff) -> Part:
    """One part; NotFound outside the scope."""
    return _one(parts_for(staff).select_related("case", "award"), part_id)


def owed_parts(staff: Staff, on: dt.date) -> list[Part]:
    """What is late, what was delivered and not confirmed, what is said to be missing."""
    owed = Q(state=PROMISED, promised_on__lt=on) | Q(state__in=(DELIVERED, MISSING))
    rows = parts_for(staff).filter(owed).select_related("case", "award")
    return list(rows.order_by("promised_on")[:LISTED])


def pairings_for(staff: Staff) -> QuerySet[Pairing]:
    """The pairs where `staff` may look."""
    return in_scope(Pairing.objects.all(), staff, "support.view", "town")


def pairing_for(pairing_id: UUID, staff: Staff) -> Pairing:
    """One pair; NotFound outside the scope."""
    return _one(pairings_for(staff).select_related("case__village"), pairing_id)


def quiet_pairings(staff: Staff, on: dt.date) -> list[Pairing]:
    """Living pairs without a record for longer than the pack allows, the quietest first."""
    since = on - dt.timedelta(days=quiet_days(on))
    heard = Coalesce("last_help_on", "from_on")
    rows = pairings_for(staff).filter(until_on=None).annotate(heard_on=heard)
    found = rows.filter(heard_on__lt=since).select_related("case__village")
    return list(found.order_by("heard_on")[:LISTED])


def waiting(staff: Staff, on: dt.date) -> int:
    """Needs that somebody offered to meet, and parts past their day, for who arranges them."""
    needs = in_scope(Need.objects.all(), staff, "support.arrange", "town").filter(state=OPEN)
    offered = needs.filter(offers__withdrawn_at=None, offers__group__ended_at=None)
    parts = in_scope(Part.objects.all(), staff, "support.arrange", "town")
    late = parts.filter(Q(state=PROMISED, promised_on__lt=on) | Q(state=MISSING))
    return offered.values("pk").distinct().union(late.values("pk"), all=True).count()


def groups_for(staff: Staff) -> list[Group]:
    """The registered groups of the counties where `staff` may look."""
    rows = in_scope(Group.objects.all(), staff, "group.view", "county")
    return list(rows.order_by(F("ended_at").asc(nulls_first=True), "name"))


# --- the group's own door -----------------------------------------------------------------


def group_of(staff: Staff) -> Group | None:
    """The group for which this account speaks, while it is registered."""
    return Group.objects.filter(account_id=str(staff.pk), ended_at=None).first()


def needs_to_meet(group: Group) -> list[Need]:
    """The needs of the group's county that wait, and their consent stands."""
    rows = Need.objects.filter(county=group.county, state=OPEN)
    return list(rows.order_by("stated_at")[:LISTED])


def need_to_meet(group: Group, need_id: UUID) -> Need:
    """One of them, or the one that this group was matched with; NotFound otherwise."""
    mine = Q(state=MATCHED, parts__offer__group=group, parts__state__in=(PROMISED, DELIVERED))
    rows = Need.objects.filter(Q(state=OPEN) | mine, county=group.county)
    return _one(rows.select_related("case__application").distinct(), need_id)


def own_offer(group: Group, need_id: UUID) -> Offer | None:
    """What this group offered for the need, if that stands."""
    return Offer.objects.filter(group=group, need_id=need_id, withdrawn_at=None).first()


def given_by(group: Group) -> list[Part]:
    """What this group was asked to give, newest first."""
    rows = Part.objects.filter(offer__group=group).select_related("need")
    return list(rows.order_by("-promised_on")[:LISTED])


def _one(rows: QuerySet[Any], key: UUID) -> Any:
    found = rows.filter(pk=key).first()
    if found is None:
        raise NotFound(NONE)
    return found
