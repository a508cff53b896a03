"""答复一件事: the one place where an answer is written; each is answered once.

Clause: none of its own; the answers name theirs
Move:   open -> answered      Right: checked by the caller      Says: nothing
"""

import datetime as dt
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.kernel.errors import Missing, NotFound
from doudi.redress.flow import require_open
from doudi.redress.models import Matter

Kind = TypeVar("Kind", bound=Matter)


def held(kind: type[Kind], pk: UUID) -> Kind:
    """The matter, held until the transaction ends; NotFound when there is none."""
    found = kind._default_manager.select_for_update().filter(pk=pk).first()
    if found is None:
        raise NotFound("没有这件事")
    return found


def close(matter: Matter, state: str, answer: str, *, by: Staff, at: dt.datetime) -> None:
    """Writes state and answer of a held matter; Missing without reasons, WrongStage when answered.

    Inside a transaction, so that two cannot answer at once.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an answer is written in the transaction of the deed")
    require_open("answer", matter.state)  # type: ignore[attr-defined]
    if not 10 <= len(answer.strip()) <= 2000:
        raise Missing(["请写明核实情况和理由（10到2000个字）"])
    matter.state = state  # type: ignore[attr-defined]
    matter.answer = answer.strip()
    matter.answered_by_id, matter.answered_by = str(by.pk), by.name
    matter.answered_at = at
    matter.save()
