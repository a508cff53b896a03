"""登记善意差错: an officer writes down his own error and what he did about it.

Clause: DB57 art 39 (容错: who errs in good faith and mends it is not blamed)
Move:   none      Right: slip.file of the town      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.cases.file import hands_on
from doudi.cases.queries import case_by_id
from doudi.kernel.errors import Invalid, NotAllowed
from doudi.supervision.models import Slip
from doudi.vault.scrub import PERSONAL


def file_slip(case_id: UUID, what: str, mended: str, *, by: Staff, at: dt.datetime) -> Slip:
    """NotAllowed for a case in which the officer had no hand: it is his own error he tells."""
    case = case_by_id(case_id)
    require(by, "slip.file", case.town)
    if str(by.pk) not in hands_on(case):
        raise NotAllowed("slip.file", "只能登记您自己经办的办件")
    told = {"what": what.strip(), "mended": mended.strip()}
    wrong = {name: "请写10到1000个字" for name, text in told.items() if not 10 <= len(text) <= 1000}
    numbers = [name for name, text in told.items() if PERSONAL.search(text)]
    wrong |= dict.fromkeys(numbers, "不要写身份证号、手机号或账号")
    if wrong:
        raise Invalid(wrong)
    with transaction.atomic():
        slip = Slip.objects.create(
            case=case,
            county=case.county,
            town=case.town,
            by_id=str(by.pk),
            by_name=by.name,
            at=at,
            **told,
        )
        subject = f"case:{case.pk}"
        write("supervision.slip_told", actor=actor_of(by), subject=subject, chain=case.county)
    return slip
