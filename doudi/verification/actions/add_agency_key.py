"""登记部门公钥: from now on a department's deliveries are signed with this key; older ones end.

Clause: DSL art 27 (data security: who may write is known)
Move:   none      Right: called by `doudi deliver --new-key`      Says: nothing
"""

import datetime as dt

from django.db import transaction

from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.kernel.errors import NotFound
from doudi.kernel.sentences import Sentence
from doudi.verification.catalog.items import agencies
from doudi.verification.models import AgencyKey


def add_agency_key(agency: str, public_key: str, *, by: Actor, at: dt.datetime) -> AgencyKey:
    """The key (32 bytes in hexadecimal) that lives now; NotFound for an unknown department."""
    if agency not in agencies():
        raise NotFound(Sentence("没有这个部门：{agency}", agency=agency))
    with transaction.atomic():
        AgencyKey.objects.filter(agency=agency, ended_at=None).update(ended_at=at)
        made = AgencyKey.objects.create(agency=agency, public_key=public_key, from_at=at)
        write("agency.key", actor=by, subject=f"agency:{agency}", detail={"key": public_key[:24]})
    return made
