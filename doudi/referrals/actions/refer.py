"""转介: a household is handed on to another department, if it wants that; the town stays in charge.

Clause: SI649 art 60; LS23 转介; DOUDI R25
Move:   -> OPEN      Right: referral.make      Says: nothing
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.cases.queries import case_by_id
from doudi.clock.time import CHINA
from doudi.kernel.errors import Conflict, Invalid
from doudi.referrals.actions.tell import tell_applicant
from doudi.referrals.catalog import Department, department
from doudi.referrals.figures import grounds
from doudi.referrals.flow import CONSENTS, require_referable
from doudi.referrals.models import Referral
from doudi.referrals.queries import due_after

LONGEST = 500


@dataclass(frozen=True)
class Asked:
    """Where to, in what manner the person agreed, and what is asked for in words."""

    department: str
    consent: str
    what: str


def refer(form_id: UUID, case_id: UUID, asked: Asked, *, by: Staff, at: dt.datetime) -> Referral:
    """The referral of the form; the same form again gives the same one.

    Invalid without the person's consent; Conflict where the department owes an answer already.
    """
    case = case_by_id(case_id)
    require(by, "referral.make", case.town)
    require_referable(case.stage)
    where = _checked(asked)
    try:
        with transaction.atomic():
            return Referral.objects.filter(pk=form_id, case=case).first() or _kept(
                Referral(id=form_id, case=case), asked, where, by, at
            )
    except IntegrityError:
        again = Referral.objects.filter(pk=form_id, case=case).first()
        if again is None:
            raise Conflict("已经转到这个部门，还在等答复") from None
        return again  # pressed twice at the same moment


def _kept(
    referral: Referral, asked: Asked, where: Department, by: Staff, at: dt.datetime
) -> Referral:
    case = referral.case
    held = grounds(case.facts.open(), at.astimezone(CHINA).date())
    referral.town, referral.county = case.town, case.county
    referral.department, referral.consent = where.key, asked.consent
    referral.grounds = [g for g in where.grounds if g in held]
    referral.what = asked.what.strip()
    referral.made_by_id, referral.made_by, referral.made_at = str(by.pk), by.name, at
    referral.due_on = due_after("referrals.answer_days", at.astimezone(CHINA).date())
    referral.save(force_insert=True)
    write(
        "referral.made",
        actor=actor_of(by),
        subject=f"case:{case.pk}",
        chain=case.county,
        detail={"department": where.key, "consent": asked.consent},
    )
    tell_applicant(referral, "referred")
    return referral


def _checked(asked: Asked) -> Department:
    found, wrong = department(asked.department), {}
    if found is None:
        wrong["department"] = "请选一个部门"
    if asked.consent not in CONSENTS:
        wrong["consent"] = "请先问本人是否同意转介"
    if not 2 <= len(asked.what.strip()) <= LONGEST:
        wrong["what"] = "请写明需要什么帮扶，2至500个字"
    if wrong or found is None:
        raise Invalid(wrong)
    return found
