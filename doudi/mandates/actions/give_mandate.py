"""委托: an applicant lets somebody act for him, by his own phone or on paper with a witness.

Clause: Civil Code art 165 (who, what, how far, until when, signed); SI649 art 11
Move:   none      Right: the applicant; consent.witness on paper      Says: nothing
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.cases.queries import case_by_id
from doudi.clock.time import CHINA
from doudi.kernel.errors import Conflict, Invalid, NotAllowed
from doudi.mandates.actions.tell import tell_given
from doudi.mandates.flow import CODE, MATTERS, ON_PAPER, RELATIONS
from doudi.mandates.models import Mandate
from doudi.mandates.queries import living_mandates, longest_mandate
from doudi.notices.phone_codes import clean_phone

MOST = 3


@dataclass(frozen=True)
class Given:
    """Who may do what until when, and how the applicant said so."""

    name: str
    phone: str
    relation: str
    matters: list[str]
    until_on: dt.date
    manner: str = CODE
    witness: str = ""
    sheet_sha256: str = field(default="")


def give_mandate(case_id: UUID, given: Given, *, by: Staff | Actor, at: dt.datetime) -> Mandate:
    """Invalid names all that is missing; Conflict while this phone has a living mandate."""
    case = case_by_id(case_id)
    _may(case, given, by)
    on = at.astimezone(CHINA).date()
    phone = _checked(case, given, on)
    try:
        with transaction.atomic():
            _end_old(case.pk, on, at)
            mandate = Mandate.objects.create(
                case=case,
                name=given.name.strip(),
                phone=phone,
                relation=given.relation,
                matters=sorted(set(given.matters)),
                until_on=given.until_on,
                manner=given.manner,
                witness=given.witness.strip(),
                sheet_sha256=given.sheet_sha256,
                given_by_id=actor_of(by).id,
                given_at=at,
            )
            write(
                "mandate.given",
                actor=actor_of(by),
                subject=f"case:{case.pk}",
                chain=case.county,
                detail={"manner": given.manner, "matters": mandate.matters},
            )
            tell_given(mandate)
    except IntegrityError:
        raise Conflict("已经委托过这个人了；要改内容，请先撤回原来的委托") from None
    return mandate


def _end_old(case_id: UUID, on: dt.date, at: dt.datetime) -> None:
    """One that ran out does not stand in the way of a new one."""
    Mandate.objects.filter(case_id=case_id, withdrawn_at=None, until_on__lt=on).update(
        withdrawn_at=at
    )


def _may(case: Any, given: Given, by: Staff | Actor) -> None:
    """On paper an officer who may witness; by phone nobody but the applicant."""
    if isinstance(by, Staff):
        require(by, "consent.witness", case.town)
        return
    if given.manner != CODE or by.id != case.application.phone_index:
        raise NotAllowed("mandate.give")


def _checked(case: Any, given: Given, on: dt.date) -> str:
    """The phone as eleven digits."""
    wrong = {f: sentence for f, bad, sentence in _complaints(given, on) if bad}
    phone = ""
    try:
        phone = clean_phone(given.phone)
    except Invalid as error:
        wrong |= error.fields
    if phone and phone == case.application.phone.open():
        wrong["phone"] = "这是申请人自己的手机，请写受托人的手机"
    if given.manner in ON_PAPER:
        wrong |= _paper(case, given)
    if len(living_mandates(case.pk, on)) >= MOST:
        wrong["name"] = "最多同时委托3个人，请先撤回一份"
    if wrong:
        raise Invalid(wrong)
    return phone


def _complaints(given: Given, on: dt.date) -> list[tuple[str, bool, str]]:
    """Field, whether it is wrong, and the sentence for it."""
    return [
        ("name", not 2 <= len(given.name.strip()) <= 40, "请写受托人的姓名"),
        ("relation", given.relation not in RELATIONS, "请选受托人是谁"),
        (
            "matters",
            not given.matters or bool(set(given.matters) - set(MATTERS)),
            "请选让他办什么",
        ),
        (
            "until_on",
            not on <= given.until_on <= longest_mandate(on),
            "到期日从今天起，最长一年",
        ),
    ]


def _paper(case: Any, given: Given) -> dict[str, str]:
    """A sheet, and a witness who is neither of the family nor the representative."""
    wrong, witness = {}, given.witness.strip()
    family = {m["name"] for m in case.application.declaration.open()["members"]}
    if not witness or witness in family | {given.name.strip()}:
        wrong["witness"] = "见证人要写姓名，不能是家里人，也不能是受托人"
    if not given.sheet_sha256:
        wrong["sheet"] = "请上传签好的委托书照片"
    return wrong
