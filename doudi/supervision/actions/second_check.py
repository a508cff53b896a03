"""复核不符: a second officer agrees, and the town assesses anew; or sends the check back.

Clause: DB57 art 39; DOUDI R15; four eyes (promises.md B)
Move:   proposed -> overturned or open      Right: supervision.check of the county
Says:   CheckOverturned
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.kernel.errors import NotAllowed
from doudi.outbox.announce import announce
from doudi.supervision.actions.record_check import held, refuse_own
from doudi.supervision.events import CheckOverturned
from doudi.supervision.flow import OPEN, OVERTURNED, PROPOSED, require_state
from doudi.supervision.models import Check


def second_check(check_id: UUID, agreed: bool, *, by: Staff, at: dt.datetime) -> Check:
    """Nothing is cut or stopped by it: the town assesses the case anew, and pays on meanwhile."""
    with transaction.atomic():
        check = held(check_id)
        require(by, "supervision.check", check.county)
        require_state("second_check", check.state, PROPOSED)
        refuse_own(check, by)
        if str(by.pk) == check.by_id:
            raise NotAllowed("supervision.check", "这是您自己的核查结果，须由另一人复核")
        check.state = OVERTURNED if agreed else OPEN
        check.second_id, check.second_name, check.second_at = str(by.pk), by.name, at
        check.save()
        word = "supervision.overturned" if agreed else "supervision.sent_back"
        write(word, actor=actor_of(by), subject=f"case:{check.case_id}", chain=check.county)
        if agreed:
            announce(CheckOverturned(check.pk, check.case_id))
    return check
