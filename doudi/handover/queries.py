"""Who has which open work in hand, and what is in the hands of somebody who is gone."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from uuid import UUID

from doudi.accounts.figures.in_hand import InHand, read
from doudi.accounts.find import colleagues_for
from doudi.accounts.models import Staff
from doudi.accounts.queries import members, people, scope, staff_by_id
from doudi.cases import queries as cases
from doudi.discrepancies import queries as discrepancies
from doudi.handover.flow import KINDS
from doudi.handover.models import Passed
from doudi.kernel.errors import NotFound
from doudi.mandates import queries as mandates
from doudi.referrals import queries as referrals
from doudi.supervision import queries as supervision
from doudi.urgent import queries as urgent

RIGHT = "work.assign"


@dataclass(frozen=True)
class Desk:
    """A person with what he has in hand; `gone` when he holds no post there any more."""

    staff: Staff
    counts: dict[str, int]
    gone: bool

    @property
    def total(self) -> int:
        """All of it."""
        return sum(self.counts.values())


def open_work(stems: Sequence[str], hands: Sequence[str], on: dt.date) -> list[InHand]:
    """Every piece of open work of these places and people, with whoever has it now."""
    found = chain(
        cases.in_hand(stems, hands),
        urgent.in_hand(stems, on),
        mandates.in_hand(stems),
        referrals.in_hand(stems),
        supervision.in_hand(stems),
        discrepancies.in_hand(stems),
    )
    work = read(found)
    fixed = [kind for kind, rule in KINDS.items() if not rule.moves]
    passed = Passed.objects.filter(kind__in=fixed, ref__in=[w.ref for w in work]).order_by("at")
    now = {(kind, ref): to for kind, ref, to in passed.values_list("kind", "ref", "to_id")}
    return [replace(w, owner=now.get((w.kind, w.ref), w.owner)) for w in work]


def desks(by: Staff, on: dt.date) -> list[Desk]:
    """Whoever has open work where `by` assigns it, those who are gone first."""
    stems = scope(by, RIGHT)
    here = members(stems, on)
    counts: dict[str, Counter[str]] = {}
    for work in open_work(stems, list(here), on):
        counts.setdefault(work.owner, Counter())[work.kind] += 1
    owners = people([owner for owner in counts if owner])
    found = [
        Desk(person, dict(counts[str(person.pk)]), not here.get(str(person.pk), False))
        for person in owners
    ]
    return sorted(found, key=lambda desk: (not desk.gone, desk.staff.account))


def leaver(staff_id: UUID, by: Staff, on: dt.date) -> tuple[Staff, list[InHand]]:
    """Somebody who works or worked where `by` assigns, and what he has in hand; NotFound else.

    Nobody is his own.
    """
    person = staff_by_id(staff_id)
    work = work_of(person, by, on)
    known = any(piece.place for piece in work) or str(person.pk) in members(scope(by, RIGHT), on)
    if person.pk == by.pk or not known:
        raise NotFound("没有这个人")
    return person, work


def work_of(person: Staff, by: Staff, on: dt.date) -> list[InHand]:
    """What the person has in hand where `by` assigns, by kind and last day."""
    mine = str(person.pk)
    found = [w for w in open_work(scope(by, RIGHT), [mine], on) if w.owner == mine]
    kinds = list(KINDS)
    return sorted(found, key=lambda w: (kinds.index(w.kind), w.due or dt.date.max, w.label))


def takers(work: Sequence[InHand], person: Staff) -> dict[str, list[Staff]]:
    """Kind → the colleagues who may take all of that kind; one query."""
    places: dict[str, set[str]] = {}
    for piece in work:
        places.setdefault(piece.kind, set()).update({piece.place} - {""})
    wanted = {kind: (KINDS[kind].right, at) for kind, at in places.items()}
    return colleagues_for(wanted, [str(person.pk)])


def left_behind(by: Staff, on: dt.date) -> int:
    """Open cases of this officer's places whose clerk holds no post any more."""
    stems = scope(by, RIGHT)
    here = members(stems, on)
    return cases.open_with_others(stems, [pk for pk, works in here.items() if works])


def passed_to(staff: Staff, limit: int = 100) -> list[Passed]:
    """What was handed to somebody, the newest first."""
    rows = Passed.objects.filter(to_id=str(staff.pk)).select_related("handover")
    return list(rows.order_by("-at")[:limit])
