"""记一笔: every deed of this room leaves its line in the county's journal; what it leads to.

Clause: GB/T 22239 8.1.4.3
Move:   none      Right: called by the other actions      Says: nothing
"""

from typing import Any

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of
from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.kernel.errors import NotAllowed
from doudi.support import flow
from doudi.support.models import Need, Part


def note(action: str, about: Any, by: Staff | Actor) -> None:
    """One line about a row of a household; must run inside the deed's transaction."""
    write(action, actor=actor_of(by), subject=about.subject, chain=about.county)


def settle_need(part: Part, state: str) -> None:
    """The need behind a part, if there is one that waits or is matched, is as its part left it."""
    if part.need_id:
        waiting = Need.objects.filter(pk=part.need_id, state__in=(flow.OPEN, flow.MATCHED))
        waiting.update(state=state)


def require_own(case: Any, by: Actor, right: str) -> None:
    """NotAllowed for any resident but the applicant of the case."""
    if case is None or by.kind != "citizen" or not by.id or by.id != case.application.phone_index:
        raise NotAllowed(right)
