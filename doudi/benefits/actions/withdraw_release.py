"""撤回放行: as long as the bank has nothing, finance takes a release back, and says why.

The roll is a draft again: prepared anew or not, a second person checks it and a third releases it.
Where an answer of the bank was lost it may have the file already, so the bank is asked first.

Clause: DB57 art 25; four eyes (promises.md B, P3)
Move:   RELEASED -> DRAFT      Right: roll.withdraw      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.benefits.channels.base import BankAway
from doudi.benefits.file import bank, sums_by_kind
from doudi.benefits.flow import FileStage, file_moved, roll_moved
from doudi.benefits.models import BankFile, Roll
from doudi.kernel.errors import Conflict, Invalid, NotFound
from doudi.ledger.actions.post import post
from doudi.ledger.figures import Batch, withdrawn
from doudi.vault.scrub import PERSONAL

LONGEST = 100
EMPTY_HANDS = {"checked_by_id": "", "checked_by": "", "checked_at": None}
EMPTY_HANDS |= {"released_by_id": "", "released_by": "", "released_at": None, "file_sha256": ""}
EMPTY_HANDS |= {"document": ""}


def withdraw_release(
    roll_id: UUID, reason: str, *, version: int | None, by: Staff, at: dt.datetime
) -> Roll:
    """Conflict once the bank may have it; the database itself allows this one way back."""
    with transaction.atomic():
        roll = Roll.objects.select_for_update().filter(pk=roll_id).first()
        if roll is None:
            raise NotFound("没有这份名册")
        require(by, "roll.withdraw", roll.county)
        reason = said_why(reason)
        stage = roll_moved("withdraw_release", roll.stage)
        if roll.kind != "monthly":
            raise Conflict("先行救助由签批人一次放行，不能撤回；账号有误时银行会退回")
        file = roll.files.get(stage=FileStage.RELEASED)
        _refuse_what_the_bank_has(file)
        expected = roll.version if version is None else version
        values = {"withdrawn_by": by.name, "withdrawn_at": at, "withdrawn_reason": reason}
        rows = Roll.objects.filter(pk=roll_id, version=expected)
        if not rows.update(stage=stage.value, version=expected + 1, **EMPTY_HANDS, **values):
            raise Conflict("名册刚刚被更新，请看过再撤回")
        _take_back(file, roll, by, at)
        write(
            "benefits.release_withdrawn",
            actor=actor_of(by),
            subject=f"roll:{roll_id}",
            chain=roll.county,
            purpose=reason,
            detail={"fen": roll.total_fen, "sha256": roll.file_sha256[:24]},
        )
        roll.refresh_from_db()
    return roll


def said_why(text: str) -> str:
    """It stands in the journal and on the page, so no number of a person may be in it."""
    words = text.strip()
    if not 2 <= len(words) <= LONGEST:
        raise Invalid({"reason": "请写明原因，2至100个字"})
    if PERSONAL.search(words):
        raise Invalid({"reason": "原因里不要写身份证号、手机号或账号"})
    return words


def _take_back(file: BankFile, roll: Roll, by: Staff, at: dt.datetime) -> None:
    """The file keeps its number and its hash; its lines go back to the roll, owed no more."""
    BankFile.objects.filter(pk=file.pk).update(stage=file_moved("withdraw_release", file.stage))
    batch = Batch(roll.county, roll.month, sums_by_kind(file.attempts.all()), f"roll:{roll.pk}")
    post(withdrawn(str(file.pk), batch), at=at, by_name=by.name)
    file.attempts.update(file=None)


def _refuse_what_the_bank_has(file: BankFile) -> None:
    try:
        orders = list(file.attempts.values_list("end_to_end_id", flat=True))
        known = bank().received(file.number) or bank().results(orders)
    except BankAway:
        raise Conflict("现在联系不上银行，不能确定文件是否已送到，请稍后再撤回") from None
    if known:
        raise Conflict("银行已经收到这份文件，不能再撤回，请等待对账结果")
