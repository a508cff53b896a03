"""转急难: a household in danger is called for; the officer on duty is rung at once.

Clause: LS23 二(一); OP18 四
Move:   none      Right: lead.file or lead.close      Says: nothing
"""

import datetime as dt
from typing import Any

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of
from doudi.kernel.errors import Invalid
from doudi.mandates.models import Lead
from doudi.urgent.actions.raise_help import Told, raise_help

KINDS = {"illness": "illness"}


def call_help(lead: Lead, spot: str, what: str, *, by: Staff, at: dt.datetime) -> Any:
    """The call under the lead's own id, so it is made once; the finder answers where no phone is.

    Invalid when neither the household nor the finder has a phone.
    """
    phone = lead.phone.open() or (by.phone.open() if by.phone else "")
    if not phone:
        raise Invalid({"phone": "急事要有人接电话，请写一个能打通的电话"})
    told = Told(
        kind=KINDS.get(lead.need, "other"),
        region=lead.village_id,
        phone=phone,
        name=lead.name.open() or "",
        what=what,
        spot=spot[:100],
        persons=lead.persons,
        channel="assistant",
        helper=by.name,
    )
    return raise_help(lead.pk, told, by=actor_of(by), at=at)
