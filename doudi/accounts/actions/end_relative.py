"""结束备案: a declared near relative is none any more, from a day on and for a reason.

The record stays and counts for every case that was submitted before this was told.

Clause: DB57 art 11
Move:   none      Right: kin.declare for oneself, or staff.manage      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from doudi.accounts.models import Relative, Staff
from doudi.accounts.queries import actor_of
from doudi.accounts.relatives import require_declaring
from doudi.audit import journal
from doudi.clock.time import CHINA
from doudi.kernel.errors import Conflict, Invalid, NotFound


def end_relative(
    relative_id: UUID, on: dt.date, why: str, *, by: Staff, at: dt.datetime
) -> Relative:
    """Invalid for a day before the declaration or to come, or no reason; Conflict twice."""
    with transaction.atomic():
        found = Relative.objects.select_for_update().filter(pk=relative_id).first()
        if found is None:
            raise NotFound(_("没有这条备案"))
        require_declaring(by, found.staff)
        if found.ended_at:
            raise Conflict(_("这条备案已经结束"))
        declared, today = (i.astimezone(CHINA).date() for i in (found.declared_at, at))
        complaints = [
            ("on", not declared <= on <= today, _("日期在备案那天到今天之间")),
            ("why", not 2 <= len(why.strip()) <= 200, _("请写明原因，2至200个字")),
        ]
        wrong = {field: sentence for field, bad, sentence in complaints if bad}
        if wrong:
            raise Invalid(wrong)
        found.ended_on, found.ended_why, found.ended_at = on, why.strip(), at
        found.save(update_fields=["ended_on", "ended_why", "ended_at"])
        journal.write("staff.relative_ended", actor=actor_of(by), subject=f"staff:{found.staff_id}")
    return found
