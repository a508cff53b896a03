"""结对帮扶: a household in benefit gets a named helper.

Clause: OP18 (社会力量参与); DOUDI R27
Move:   none      Right: support.arrange      Says: nothing
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import require
from doudi.cases.queries import case_by_id
from doudi.kernel.errors import Conflict, Invalid, WrongStage
from doudi.notices.phone_codes import clean_phone
from doudi.support.actions.note import note
from doudi.support.models import Pairing


@dataclass(frozen=True)
class Helper:
    """Who helps, from which office or group, his telephone, and since when."""

    name: str
    office: str
    phone: str
    from_on: dt.date


def pair(case_id: UUID, helper: Helper, *, by: Staff, at: dt.datetime) -> Pairing:
    """Invalid names what is missing; Conflict while the same helper is paired already."""
    case = case_by_id(case_id)
    require(by, "support.arrange", case.town)
    if case.stage != "confirmed":
        raise WrongStage("pair", case.stage, "确认以后才能结对")
    phone = _checked(helper, at.date())
    try:
        with transaction.atomic():
            made = Pairing.objects.create(
                case=case,
                village=case.village_id,
                town=case.town,
                county=case.county,
                helper=helper.name.strip(),
                office=helper.office.strip(),
                phone=phone,
                from_on=helper.from_on,
                appointed_by_id=str(by.pk),
                appointed_by=by.name,
            )
            note("support.paired", made, by)
    except IntegrityError:
        raise Conflict("这个人已经和这一家结对了") from None
    return made


def _checked(helper: Helper, on: dt.date) -> str:
    wrong = {}
    if not 2 <= len(helper.name.strip()) <= 60:
        wrong["name"] = "请写帮扶人的姓名"
    if not 2 <= len(helper.office.strip()) <= 80:
        wrong["office"] = "请写帮扶人的单位或组织"
    if helper.from_on > on:
        wrong["from_on"] = "结对日期不能晚于今天"
    phone = ""
    try:
        phone = clean_phone(helper.phone)
    except Invalid as error:
        wrong |= error.fields
    if wrong:
        raise Invalid(wrong)
    return phone
