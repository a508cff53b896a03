"""开始填写: a draft under a phone whose code was given.

Clause: DB57 art 4
Move:   none      Right: anybody with the phone's code      Says: nothing
"""

import datetime as dt

from doudi.cases.models import Draft
from doudi.vault.index import blind_index


def start_draft(phone: str, *, at: dt.datetime) -> Draft:
    """The phone's open draft, or a new one."""
    index = blind_index("phone", phone)
    own = Draft.objects.filter(phone_index=index, submitted_at=None, staff_id="")
    kept = own.order_by("-saved_at").first()
    return kept or Draft.objects.create(phone=phone, declaration={}, started_at=at, saved_at=at)
