"""指定核查: the county checks a case that a tip, a complaint or a doubt points to.

Clause: DB57 art 20; DOUDI R15
Move:   none      Right: supervision.check of the county      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.cases.queries import case_by_id
from doudi.kernel.errors import Conflict, Invalid
from doudi.supervision.flow import CHOSEN
from doudi.supervision.models import Check
from doudi.supervision.queries import due_after
from doudi.vault.scrub import PERSONAL

LONGEST = 100


def choose_case(case_id: UUID, why: str, *, by: Staff, at: dt.datetime) -> Check:
    """An open check with its reason; Conflict while another one is open."""
    case = case_by_id(case_id)
    require(by, "supervision.check", case.county)
    why = why.strip()
    if not 2 <= len(why) <= LONGEST:
        raise Invalid({"why": "请写明为什么核查，2至100个字"})
    if PERSONAL.search(why):
        raise Invalid({"why": "理由里不要写身份证号、手机号或账号"})
    try:
        with transaction.atomic():
            made = Check.objects.create(
                case=case,
                county=case.county,
                ground=CHOSEN,
                why=why,
                asked_at=at,
                due_on=due_after("check", at.date()),
            )
            write(
                "supervision.chosen",
                actor=actor_of(by),
                subject=f"case:{case.pk}",
                chain=case.county,
                purpose=why,
            )
    except IntegrityError:
        raise Conflict("这件正在核查，不用再发起") from None
    return made
