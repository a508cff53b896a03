"""处理存疑交付: a person lets a held delivery count, or sets it aside, with the reason.

Clause: promises.md row R (no mass change by bad data)
Move:   held -> accepted or dropped      Right: delivery.decide, or `doudi deliver --release`
Says:   DeliveryDecided
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, scope
from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from doudi.outbox.announce import announce
from doudi.vault.scrub import PERSONAL
from doudi.verification.events import DeliveryDecided
from doudi.verification.models import Delivery


def decide_delivery(
    delivery_id: UUID, *, use: bool, reason: str, by: Staff | Actor, at: dt.datetime, name: str = ""
) -> None:
    """Held becomes accepted or dropped, once; Missing without a name and a reason.

    `name`: who decides, where no account does it.
    """
    if isinstance(by, Staff) and not scope(by, "delivery.decide"):
        raise NotAllowed("delivery.decide")
    decided_by = by.name if isinstance(by, Staff) else name.strip()
    if not reason.strip() or not decided_by:
        raise Missing(["请写明理由和处理人"])
    if PERSONAL.search(reason):
        raise Invalid({"reason": "不要写身份证号、手机号或账号"})
    state = "accepted" if use else "dropped"
    with transaction.atomic():
        changed = Delivery.objects.filter(pk=delivery_id, state="held").update(
            state=state, decided_by=decided_by, decided_reason=reason.strip()
        )
        if not changed:
            raise Conflict("这次交付不在待处理状态，没有改动")
        write(
            "delivery.decided",
            actor=actor_of(by) if isinstance(by, Staff) else by,
            subject=f"delivery:{delivery_id}",
            detail={"state": state, "by": decided_by, "reason": reason.strip()},
        )
        announce(DeliveryDecided(delivery_id, use))
