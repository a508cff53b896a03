"""公示异议: anybody may object, named or not; nothing ties the words to who sent them.

Clause: DB57 art 19
Move:   NOTICED stays      Right: anybody      Says: ObjectionRaised
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.audit.actor import Actor
from doudi.cases.actions.move import locked, move
from doudi.cases.events import ObjectionRaised
from doudi.cases.models import Objection, PublicNotice
from doudi.clock.time import CHINA
from doudi.kernel.errors import Invalid, NotFound
from doudi.outbox.announce import announce

ANYBODY = Actor("citizen", "", "")


def object_to(notice_id: UUID, text: str, contact: str, *, at: dt.datetime) -> Objection:
    """NotFound when the notice no longer hangs; Invalid without words."""
    if not 5 <= len(text.strip()) <= 2000:
        raise Invalid({"text": "请写明情况（5到2000个字）"})
    # Only the day is kept: the minute could be laid beside who was seen where.
    day = at.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    with transaction.atomic():
        notice = PublicNotice.objects.filter(
            pk=notice_id, until_on__gte=at.date(), taken_down_at=None
        ).first()
        if notice is None:
            raise NotFound("这份公示已经结束")
        case = locked(notice.case_id)
        move(case, "object", by=ANYBODY, at=at, version=None, note="收到异议", public=False)
        objection = Objection.objects.create(
            notice=notice, text=text.strip(), contact=contact.strip()[:100], raised_at=day
        )
        announce(ObjectionRaised(case.pk, objection.pk))
    return objection
