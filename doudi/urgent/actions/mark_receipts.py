"""签收: many lines of a list are marked as received at once, with a witness; and taken back.

It moves no money and decides nothing, so many at once is safe: a wrong mark is taken back whole.

Clause: LS23 二(二) (what was given is signed for); DOUDI R27
Move:   none      Right: urgent.gather      Says: nothing
"""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID, uuid4

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.clock.time import CHINA
from doudi.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from doudi.urgent.models import GatheredPerson, Gathering

LONGEST_NAME = 60


def mark_receipts(
    gathering_id: UUID, orders: Sequence[int], witness: str, *, by: Staff, at: dt.datetime
) -> UUID:
    """All of them or none: Conflict where one is marked already or stands on the list twice."""
    with transaction.atomic():
        found = _held(gathering_id, by)
        name = witness.strip()
        if not 2 <= len(name) <= LONGEST_NAME or name == by.name:
            raise Invalid({"witness": "请写见证人的姓名，不能是您自己"})
        wanted = set(orders)
        if not wanted:
            raise Invalid({"orders": "请勾选已经领到的人"})
        lines = found.people.filter(order__in=wanted, twice=False, received_at=None)
        receipt = uuid4()
        signed = {"receipt": receipt, "received_at": at, "received_by": by.name, "witness": name}
        if lines.update(received_by_id=str(by.pk), **signed) != len(wanted):
            raise Conflict("有人已经签收过，或者是重复的行，请刷新页面再勾")
        _note(found, "urgent.receipts_marked", by, receipt, len(wanted))
    return receipt


def undo_receipts(gathering_id: UUID, receipt: UUID, *, by: Staff, at: dt.datetime) -> int:
    """On the same day, by whoever marked them; the journal keeps that they were marked."""
    with transaction.atomic():
        found = _held(gathering_id, by)
        lines = found.people.filter(receipt=receipt)
        first = lines.first()
        if first is None:
            raise NotFound("没有这一批签收")
        if first.received_by_id != str(by.pk):
            raise NotAllowed("urgent.gather", "只能撤销自己登记的签收")
        if _day(first) != at.astimezone(CHINA).date():
            raise Conflict("过了当天就不能撤销了，请在名单上另行说明")
        undone = lines.update(
            receipt=None, received_at=None, received_by_id="", received_by="", witness=""
        )
        _note(found, "urgent.receipts_undone", by, receipt, undone)
    return undone


def _held(gathering_id: UUID, by: Staff) -> Gathering:
    found = Gathering.objects.select_for_update().filter(pk=gathering_id).first()
    if found is None:
        raise NotFound("没有这次集中救助")
    require(by, "urgent.gather", found.town)
    return found


def _day(line: GatheredPerson) -> dt.date | None:
    return line.received_at.astimezone(CHINA).date() if line.received_at else None


def _note(found: Gathering, deed: str, by: Staff, receipt: UUID, people: int) -> None:
    write(
        deed,
        actor=actor_of(by),
        subject=f"gathering:{found.pk}",
        chain=found.county,
        detail={"receipt": str(receipt), "people": people},
    )
