"""实名举报: name and phone sealed; hidden from all who are named or had a hand in the case.

Clause: DB57 art 37 (each is checked, and answered)
Move:   none      Right: anybody      Says: nothing
"""

import datetime as dt
import secrets
from dataclasses import dataclass

from django.db import transaction

from doudi.accounts.queries import staff_holding, staff_named_in
from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.cases.file import hands_on
from doudi.cases.queries import case_by_number
from doudi.clock.time import CHINA
from doudi.kernel.errors import Invalid, NotFound
from doudi.supervision.models import Tip
from doudi.supervision.queries import due_after

NOBODY = Actor("citizen", "", "")
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Told:
    """Who tells, how he is reached, about whom, what, and of which case if he knows."""

    name: str
    phone: str
    text: str
    about: str = ""
    number: str = ""


def file_tip(county: str, told: Told, *, at: dt.datetime) -> Tip:
    """Invalid without name, phone or words. A case number that nobody has is kept in the words.

    The city answers where everybody in the county who could is named or had a hand in it.
    """
    _refuse_gaps(told)
    try:
        case = case_by_number(told.number.replace(" ", "")) if told.number else None
    except NotFound:
        case = None
    hidden = staff_named_in(f"{told.about} {told.text}") | (hands_on(case) if case else set())
    able = {str(s.pk) for s in staff_holding("tip.answer", county)} - hidden
    own = {str(s.pk) for s in staff_holding("supervision.check", county)}
    day = at.astimezone(CHINA).date()
    with transaction.atomic():
        tip = Tip.objects.create(
            office=county if able & own else f"{county[:4]}00",
            case=case,
            text=told.text.strip() + ("" if case or not told.number else f"（{told.number}）"),
            about=told.about.strip(),
            name=told.name.strip(),
            phone=told.phone.strip(),
            hidden_from=sorted(hidden),
            tracking="".join(secrets.choice(LETTERS) for _ in range(16)),
            filed_on=day,
            due_on=due_after("tip", day),
        )
        write("tip.filed", actor=NOBODY, subject=f"tip:{tip.pk}", chain=tip.office)
    return tip


def _refuse_gaps(told: Told) -> None:
    wrong = {}
    if len(told.name.strip()) < 2:
        wrong["name"] = "实名举报请写姓名"
    if not told.phone.strip():
        wrong["phone"] = "请填手机号，答复时好联系您"
    if not 10 <= len(told.text.strip()) <= 2000:
        wrong["text"] = "请写明情况（10到2000个字）"
    if wrong:
        raise Invalid(wrong)
