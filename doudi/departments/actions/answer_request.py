"""答复核对: a clerk answers for his department about the persons it was asked about.

Clause: DB57 art 17; PIPL art 51
Move:   none      Right: request.answer      Says: nothing
"""

import datetime as dt
from collections.abc import Sequence

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, scope
from doudi.departments.queries import agency_of, items_of
from doudi.kernel.errors import NotAllowed
from doudi.verification.actions.answer_asked import Given, answer_asked


def answer_request(given: Sequence[Given], *, by: Staff, at: dt.datetime) -> int:
    """How many answers were filed; another department's are passed over like unknown ones."""
    if not scope(by, "request.answer"):
        raise NotAllowed("request.answer")
    items = [item.code for item in items_of(agency_of(by))]
    return answer_asked(items, given, by=actor_of(by), at=at)
