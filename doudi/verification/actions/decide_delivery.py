"""处理存疑交付: a person lets a held delivery count, or sets it aside, with the reason.

Clause: promises.md row R (no mass change by bad data)
Move:   none      Right: called by `doudi deliver --release` or `--drop`      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.kernel.errors import Conflict, Missing
from doudi.verification.models import Delivery


def decide_delivery(
    delivery_id: UUID, *, use: bool, reason: str, decided_by: str, by: Actor, at: dt.datetime
) -> None:
    """Held becomes accepted or dropped, once; Missing without a name and a reason."""
    if not reason.strip() or not decided_by.strip():
        raise Missing(["请写明理由和处理人"])
    state = "accepted" if use else "dropped"
    with transaction.atomic():
        changed = Delivery.objects.filter(pk=delivery_id, state="held").update(
            state=state, decided_by=decided_by, decided_reason=reason
        )
        if not changed:
            raise Conflict("这次交付不在待处理状态，没有改动")
        write(
            "delivery.decided",
            actor=by,
            subject=f"delivery:{delivery_id}",
            detail={"state": state, "by": decided_by, "reason": reason},
        )
