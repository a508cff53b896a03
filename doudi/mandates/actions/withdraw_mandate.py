"""撤回委托: the applicant ends a mandate; what was done under it before stays done.

Clause: Civil Code art 173
Move:   none      Right: the applicant; consent.witness at the window      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.kernel.errors import NotFound
from doudi.mandates.actions.tell import tell_over
from doudi.mandates.models import Mandate


def withdraw_mandate(mandate_id: UUID, *, by: Staff | Actor, at: dt.datetime) -> Mandate:
    """At once, without a reason; the same again changes nothing. NotFound for somebody else's."""
    with transaction.atomic():
        rows = Mandate.objects.select_for_update(of=("self",)).filter(pk=mandate_id)
        mandate = rows.select_related("case__application").first()
        if mandate is None:
            raise NotFound("没有这份委托，或者委托已经到期、撤回")
        if isinstance(by, Staff):
            require(by, "consent.witness", mandate.case.town)
        elif by.id != mandate.case.application.phone_index:
            raise NotFound("没有这份委托，或者委托已经到期、撤回")
        if mandate.withdrawn_at:
            return mandate
        mandate.withdrawn_at = at
        mandate.save()
        subject, chain = f"case:{mandate.case_id}", mandate.case.county
        write("mandate.withdrawn", actor=actor_of(by), subject=subject, chain=chain)
        tell_over(mandate)
    return mandate
