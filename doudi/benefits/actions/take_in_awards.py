"""接收待遇: what an old system paid goes on here unchanged, marked as not decided here.

Clause: DB57 art 25; DOUDI R32
Move:   none      Right: the caller's      Says: nothing
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from doudi.benefits.models import Award, AwardPerson
from doudi.people.actions.mark_benefit import Mark, mark_many
from doudi.vault.fields import new_id
from doudi.vault.rows import insert_many

AWARD = (
    *("id", "number", "programme", "area", "household_id", "county", "town", "village"),
    *("payee_id", "payee_name", "account", "bank", "monthly_fen", "base_fen", "top_up_fen"),
    *("household_size", "start_month", "opened_at", "batch_id"),
)


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
    pairs = [(new_id(), one) for one in running]
    insert_many(Award, AWARD, (_award(key, one, batch_id, at) for key, one in pairs))
    covered = [(key, one, person) for key, one in pairs for person in one.covered]
    insert_many(AwardPerson, ("award_id", "person_id"), ((key, p) for key, _one, p in covered))
    mark_many(Mark(p, one.programme, one.village[:6], key, one.start) for key, one, p in covered)
    return {one.number: key for key, one in pairs}


def _award(key: UUID, one: Running, batch_id: UUID, at: dt.datetime) -> tuple[Any, ...]:
    place = (one.village[:6], one.village[:9], one.village)
    money = (one.account, one.bank, one.base + one.top_up, one.base, one.top_up)
    return (
        *(key, f"J{one.number}", one.programme, one.area, one.household_id, *place),
        *(one.payee_id, one.payee_name, *money),
        *(one.size, one.start, at, batch_id),
    )
