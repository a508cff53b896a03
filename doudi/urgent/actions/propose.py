"""提出先行救助: one officer proposes, with the formula's amount beside; nothing is paid yet.

Clause: LS23 先行救助; OP18 四; DOUDI R10 (amount and limits)
Move:   stays      Right: urgent.propose      Says: nothing
"""

import datetime as dt
from dataclasses import asdict, dataclass, replace
from uuid import UUID

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.clock.demo_mark import is_demo
from doudi.clock.time import CHINA
from doudi.kernel.errors import Conflict, Invalid
from doudi.kernel.resident_id import ResidentIdError, parse
from doudi.urgent.actions.move import OVERTAKEN, locked, move
from doudi.urgent.actions.ring import ring_to_sign
from doudi.urgent.figures import Suggestion, above_county, level_for, suggest, year_lines
from doudi.urgent.flow import MANNERS
from doudi.urgent.models import Advance, HelpCall
from doudi.urgent.queries import (
    SENT_ALREADY,
    book_of,
    minutes,
    sent_this_month,
    year_of_household,
)


@dataclass(frozen=True)
class Proposal:
    """How much, to whom, how. Money to an account needs the payee's number; cash does not.

    No name means whoever asked for help.
    """

    amount_fen: int
    manner: str
    payee_name: str = ""
    payee_id_number: str = ""
    bank: str = ""
    account: str = ""
    reason: str = ""


def propose(
    call_id: UUID, proposal: Proposal, *, version: int | None, by: Staff, at: dt.datetime
) -> Advance:
    """Above the town's limit, or the year's for the cause, the county is rung at once.

    Conflict when one is proposed already.
    """
    with transaction.atomic():
        call = locked(call_id, version)
        found = suggest(book_of(call.county, at.astimezone(CHINA).date()), call.needed_fen)
        proposal = _named(proposal, call)
        number = _checked(proposal, found, call, at)
        move(call, "propose", by=by, at=at)
        year = year_of_household(call, number, proposal.amount_fen, at)
        found = replace(found, lines=found.lines + year_lines(year))
        level = level_for(proposal.amount_fen, found.limit_fen, is_over_year=year.is_over)
        advance = _save(call, proposal, number, found, level, by, at)
        if advance.level == "county":
            ring_to_sign(advance, at=at)
    return advance


def _save(
    call: HelpCall,
    said: Proposal,
    number: str,
    found: Suggestion,
    level: str,
    by: Staff,
    at: dt.datetime,
) -> Advance:
    by_bank = said.manner == "account"
    try:
        with transaction.atomic():
            return Advance.objects.create(
                call=call,
                at=at,
                by_id=str(by.pk),
                by_name=by.name,
                kind=call.kind,
                amount_fen=said.amount_fen,
                suggested_fen=found.fen,
                basis=[asdict(line) for line in found.lines],
                reason=said.reason.strip(),
                level=level,
                limit_fen=found.limit_fen,
                sign_by=at + minutes("urgent.sign_minutes", at.astimezone(CHINA).date()),
                manner=said.manner,
                payee_name=said.payee_name.strip(),
                payee_id_number=number,
                bank=said.bank.strip() if by_bank else "",
                account="".join(said.account.split()) if by_bank else "",
            )
    except IntegrityError:
        raise Conflict(OVERTAKEN) from None


def _named(said: Proposal, call: HelpCall) -> Proposal:
    """With the caller's name where none was typed and he called for himself: nothing twice."""
    own = call.name.open() or "" if call.channel == "self" else ""
    return replace(said, payee_name=said.payee_name.strip() or own)


def _checked(said: Proposal, found: Suggestion, call: HelpCall, at: dt.datetime) -> str:
    """The payee's number, normalised or empty; Invalid with every field that cannot be taken."""
    on = at.astimezone(CHINA).date()
    wrong = {field: sentence for field, bad, sentence in _complaints(said, found) if bad}
    number = ""
    try:
        number = parse(said.payee_id_number, on=on, demo=is_demo()) if said.payee_id_number else ""
    except ResidentIdError as error:
        wrong["payee_id_number"] = str(error)
    if number and said.manner == "account" and sent_this_month(number, call.kind, at):
        wrong["manner"] = SENT_ALREADY
    if wrong:
        raise Invalid(wrong)
    return number


def _complaints(said: Proposal, found: Suggestion) -> list[tuple[str, bool, str]]:
    """Field, whether it is wrong, and the sentence for it."""
    by_bank = said.manner == "account"
    account = "".join(said.account.split())
    odd = said.amount_fen != found.fen
    return [
        ("amount", said.amount_fen <= 0, "请填写金额"),
        ("amount", said.amount_fen > found.most_fen, above_county(found.most_fen)),
        ("manner", said.manner not in MANNERS, "请选择发放方式"),
        ("payee_name", not said.payee_name.strip(), "请填写收款人姓名"),
        (
            "payee_id_number",
            by_bank and not said.payee_id_number,
            "打到银行账户要有收款人身份证号；没有证件的请发现金",
        ),
        ("account", by_bank and not (account.isdigit() and 12 <= len(account) <= 24), "请核对账号"),
        ("reason", odd and not said.reason.strip(), "与建议金额不一致，请写明理由"),
    ]
