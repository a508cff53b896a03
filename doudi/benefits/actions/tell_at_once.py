"""告知先行救助到账: to whoever asked for help at once, paid or returned; then cash takes its place.

Clause: LS23 先行救助
Move:   none      Right: called by a reaction      Says: nothing
"""

import datetime as dt
from uuid import UUID

from doudi.benefits.queries import paid_at_once
from doudi.urgent import queries as urgent
from doudi.urgent.actions.record_return import record_return
from doudi.urgent.actions.tell import tell_caller
from doudi.vault.masking import mask_account


def tell_at_once(roll_id: UUID, *, at: dt.datetime) -> None:
    """Nothing for a month's roll; the same words once, however often it is called."""
    payment = paid_at_once(roll_id)
    if payment is None or payment.award.decision_id is None:
        return
    if payment.stage == "returned":
        record_return(payment.award.decision_id, payment.result_reason, at=at)
    tell_caller(
        urgent.advance(payment.award.decision_id).call_id,
        "urgent_paid" if payment.stage == "paid" else "urgent_returned",
        payment.pk,
        account=mask_account(payment.award.account.open() or ""),
        reason=payment.result_reason,
    )
