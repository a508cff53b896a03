"""换账户: asked for, called back, and after the cooling days applied by a second person.

Clause: DB57 art 25; promises.md I (account change)
Move:   asked -> applied or refused      Right: award.propose      Says: AccountChanged
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.benefits.actions.set_account import set_account
from doudi.benefits.queries import award as award_by_id
from doudi.cases.queries import pack
from doudi.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from doudi.outbox.announce import announce
from doudi.upkeep.events import AccountChanged
from doudi.upkeep.models import AccountRequest
from doudi.upkeep.queries import day_of


@dataclass(frozen=True)
class Account:
    """Where the money is to go; without a holder it is the payee's own."""

    number: str
    bank: str
    holder: str


def ask_account(award_id: UUID, account: Account, *, by: Staff, at: dt.datetime) -> AccountRequest:
    """Not paid before the cooling days are over; Conflict while another one waits."""
    award = award_by_id(award_id)
    require(by, "award.propose", award.town)
    if not account.number.isdigit() or not 12 <= len(account.number) <= 22:
        raise Invalid({"number": "账号是12到22位数字，请对照存折或银行卡填写"})
    days = pack().book.general("upkeep.cooling_days", day_of(at))
    try:
        with transaction.atomic():
            made = AccountRequest.objects.create(
                award=award,
                town=award.town,
                county=award.county,
                account=account.number,
                bank=account.bank.strip(),
                holder=account.holder.strip() or award.payee_name,
                asked_by_id=str(by.pk),
                asked_by=by.name,
                asked_at=at,
                ready_on=day_of(at) + dt.timedelta(days=days),
            )
            _journal("award.account_asked", made, by)
    except IntegrityError:
        raise Conflict("这笔待遇已有一次换账户在办") from None
    return made


def call_back(request_id: UUID, *, is_confirmed: bool, by: Staff, at: dt.datetime) -> None:
    """The phone on file was called: the person asked for it, or did not; then it is refused."""
    with transaction.atomic():
        found = _held(request_id)
        require(by, "award.propose", found.town)
        found.called_by, found.called_at, found.is_confirmed = by.name, at, is_confirmed
        if not is_confirmed:
            found.decided_by, found.decided_at = by.name, at
        found.save()
        _journal("award.account_called", found, by)


def apply_account(request_id: UUID, *, by: Staff, at: dt.datetime) -> AccountRequest:
    """By another person, after the call and the cooling days, with no roll on its way."""
    with transaction.atomic():
        found = _held(request_id)
        require(by, "award.decide", found.town)
        if found.asked_by_id == str(by.pk):
            raise NotAllowed("award.decide", "登记人不能自己批准换账户，请由另一人办理")
        if not found.is_confirmed:
            raise Conflict("还没有回拨本人核实，不能换账户")
        if day_of(at) < found.ready_on:
            raise Conflict("冷静期还没满，不能换账户")
        set_account(found.award_id, str(found.account.open()), found.bank, found.holder)
        found.decided_by, found.decided_at, found.is_applied = by.name, at, True
        found.save()
        _journal("award.account_changed", found, by)
        announce(AccountChanged(found.pk))
    return found


def _held(request_id: UUID) -> AccountRequest:
    found = AccountRequest.objects.select_for_update().filter(pk=request_id).first()
    if found is None:
        raise NotFound("没有这件事")
    if found.decided_at:
        raise Conflict("这件事已经办过了，请看最新情况")
    return found


def _journal(action: str, found: AccountRequest, by: Staff) -> None:
    subject = f"award:{found.award_id}"
    write(action, actor=actor_of(by), subject=subject, chain=found.county)
