"""提交补发: what the bank returned is tried again, to the account that stands now.

A new try of the same payment, never a new payment: the first stays in the books as returned, and
the database allows one living try only (P2). It goes when the finance bureau releases it.

Clause: DB57 art 25; SI649 art 12 (the money is due until it has come)
Move:   -> DRAFT (file)      Right: roll.prepare      Says: nothing
"""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.benefits.channels.layouts import bank_data
from doudi.benefits.figures import reference_of_attempt
from doudi.benefits.file import last_try
from doudi.benefits.flow import PaymentStage
from doudi.benefits.models import Attempt, BankFile, Payment
from doudi.clock.time import CHINA
from doudi.kernel.errors import Conflict, Invalid, NotFound
from doudi.kernel.sentences import Sentence

WRONG_ACCOUNT = frozenset(("账号不存在", "户名不符", "销户", "证号不符"))


def propose_reissue(payment_ids: Sequence[UUID], *, by: Staff, at: dt.datetime) -> BankFile:
    """One file of one county. Conflict where an account is still the one that came back."""
    if not payment_ids:
        raise Invalid({"payments": "请至少选择一户"})
    with transaction.atomic():
        rows = Payment.objects.select_for_update().filter(pk__in=payment_ids)
        payments = list(rows.select_related("award", "roll").order_by("end_to_end_id"))
        if len(payments) != len(set(payment_ids)):
            raise NotFound("没有这笔发放")
        county = _county(payments)
        require(by, "roll.prepare", county)
        file = _file(county, payments, by, at)
        _try_again(file, payments)
        write(
            "benefits.reissue_proposed",
            actor=actor_of(by),
            subject=f"file:{file.pk}",
            chain=county,
            detail={"households": file.count, "fen": file.total_fen},
        )
    return file


def _county(payments: Sequence[Payment]) -> str:
    counties = {payment.roll.county for payment in payments}
    if len(counties) > 1:
        raise Invalid({"payments": "一次只能补发一个县区的"})
    return counties.pop()


def _file(county: str, payments: Sequence[Payment], by: Staff, at: dt.datetime) -> BankFile:
    try:
        with transaction.atomic():
            return BankFile.objects.create(
                number=_number(county, at),
                county=county,
                layout=bank_data().layout_of(county),
                count=len(payments),
                total_fen=sum(p.amount_fen for p in payments),
                prepared_by_id=str(by.pk),
                prepared_by=by.name,
                prepared_at=at,
            )
    except IntegrityError:
        raise Conflict("本县区刚刚另有一批补发，编号相撞，请再提交一次") from None


def _number(county: str, at: dt.datetime) -> str:
    day = f"B{county}{at.astimezone(CHINA):%Y%m%d}"
    return f"{day}-{BankFile.objects.filter(number__startswith=day).count() + 1}"


def _try_again(file: BankFile, payments: Sequence[Payment]) -> None:
    tries = [_attempt(file, payment) for payment in payments]
    try:
        with transaction.atomic():
            for attempt in tries:
                attempt.save(force_insert=True)
    except IntegrityError:
        raise Conflict("其中一笔刚刚由别人提交了补发，请看过最新情况") from None


def _attempt(file: BankFile, payment: Payment) -> Attempt:
    award, last = payment.award, last_try(payment)
    if payment.roll.kind == "once":
        raise Conflict("先行救助退回以后由乡镇发现金，不再发到账户")
    if payment.stage != PaymentStage.RETURNED or last.stage != PaymentStage.RETURNED:
        raise Conflict(Sentence("{number}没有退回或已在补发", number=award.number))
    same = (award.account_index, award.payee_name) == (last.account_index, last.holder)
    if not award.account or (same and last.result_reason in WRONG_ACCOUNT):
        raise Conflict(Sentence("{number}的账户还没有更正，补发还会退回", number=award.number))
    number = last.number + 1
    return Attempt(
        payment=payment,
        number=number,
        end_to_end_id=reference_of_attempt(payment.end_to_end_id, number),
        file=file,
        holder=award.payee_name,
        account=award.account.open(),
        bank=award.bank,
    )
