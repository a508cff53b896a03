"""放行存疑比对: a person lets a town's held findings become work, or sets them aside, with reasons.

Clause: promises.md row R (over 2 % of a town's households wait for a person)
Move:   held → open | dropped      Right: comparison.release of the town      Says: FindingsReleased
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.kernel.errors import Conflict, Missing
from doudi.outbox.announce import announce
from doudi.verification.events import FindingsReleased
from doudi.verification.models import Discrepancy


def release_findings(
    run_id: UUID, town: str, *, use: bool, reason: str, by: Staff, at: dt.datetime
) -> int:
    """How many findings of the town are open now, or dropped; Conflict when none were held."""
    require(by, "comparison.release", town)
    if not reason.strip():
        raise Missing(["请写明理由"])
    held = Discrepancy.objects.filter(run_id=run_id, town=town, state="held")
    state = "open" if use else "dropped"
    with transaction.atomic():
        changed = held.update(state=state, changed_by=by.name, changed_at=at)
        if not changed:
            raise Conflict("这个乡镇没有待放行的疑点，没有改动")
        write(
            "comparison.released",
            actor=actor_of(by),
            subject=f"run:{run_id}",
            detail={"town": town, "state": state, "many": changed, "reason": reason},
        )
        if use:
            announce(FindingsReleased(run_id, town))
    return changed
