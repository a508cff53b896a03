"""接收待遇: what an old system paid goes on here unchanged, marked as not decided here.

Clause: DB57 art 25; DOUDI R32
Move:   none      Right: the caller's      Says: nothing
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from doudi.benefits.models import Award, AwardPerson
from doudi.people.actions.mark_benefit import Mark, mark_many


@dataclass(frozen=True)
class Running:
    """One award as the old system had it."""

    number: str
    programme: str
    area: str
    village: str
    household_id: UUID
    payee_id: UUID
    payee_name: str
    account: str
    bank: str
    base: int
    top_up: int
    start: str
    size: int
    covered: Sequence[UUID]


def take_in_awards(running: Sequence[Running], batch_id: UUID, at: dt.datetime) -> dict[str, UUID]:
    """The awards by number, with persons and marks, in sets; inside the caller's transaction."""
    awards = [_award(one, batch_id, at) for one in running]
    Award.objects.bulk_create(awards, batch_size=500)
    pairs = list(zip(awards, running, strict=True))
    AwardPerson.objects.bulk_create(
        [AwardPerson(award=a, person_id=p) for a, one in pairs for p in one.covered],
        batch_size=500,
    )
    mark_many(
        [
            Mark(p, a.programme, a.county, a.pk, a.start_month)
            for a, one in pairs
            for p in one.covered
        ]
    )
    return {one.number: award.pk for award, one in pairs}


def _award(one: Running, batch_id: UUID, at: dt.datetime) -> Award:
    return Award(
        number=f"J{one.number}",
        programme=one.programme,
        area=one.area,
        household_id=one.household_id,
        county=one.village[:6],
        town=one.village[:9],
        village=one.village,
        payee_id=one.payee_id,
        payee_name=one.payee_name,
        account=one.account,
        bank=one.bank,
        monthly_fen=one.base + one.top_up,
        base_fen=one.base,
        top_up_fen=one.top_up,
        household_size=one.size,
        start_month=one.start,
        opened_at=at,
        batch_id=batch_id,
    )
