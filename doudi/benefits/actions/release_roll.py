"""放行发放名册: a third person releases; from now on nothing in it changes.

Clause: DB57 art 25; four eyes (promises.md B, I)
Move:   CHECKED -> RELEASED      Right: roll.release      Says: RollReleased
"""

import datetime as dt
from itertools import count
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.benefits.actions.make_file import make_file
from doudi.benefits.events import RollReleased
from doudi.benefits.file import lines_digest
from doudi.benefits.flow import roll_moved
from doudi.benefits.models import Roll
from doudi.benefits.publication import day_of, hanging
from doudi.clock.time import CHINA
from doudi.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from doudi.kernel.sentences import Sentence
from doudi.ledger.queries import left_in_fund
from doudi.outbox.announce import announce
from doudi.vault.scrub import PERSONAL

LONGEST = 40


def release_roll(
    roll_id: UUID, document: str = "", *, version: int | None, by: Staff, at: dt.datetime
) -> Roll:
    """NotAllowed for who prepared or checked it; makes the bank's file and books what is owed.

    `document` is the finance bureau's number for the batch (发文文号); the next of the county's
    own register where none is given. That a budget does not reach is shown before, not decided.
    """
    with transaction.atomic():
        roll = Roll.objects.select_for_update().filter(pk=roll_id).first()
        if roll is None:
            raise NotFound("没有这份名册")
        require(by, "roll.release", roll.county)
        if str(by.pk) in (roll.prepared_by_id, roll.checked_by_id):
            raise NotAllowed("roll.release", "编制人、复核人不能放行，请由第三人办理")
        stage = roll_moved("release_roll", roll.stage)
        if roll.lines_sha256 != lines_digest(roll):
            raise Conflict("名册明细与复核时不一致，不能放行")
        _after_its_notice(roll, at)
        short = max(0, roll.total_fen - left_in_fund(roll.county))
        file = make_file(roll, (str(by.pk), by.name), at)
        expected = roll.version if version is None else version
        values = {"released_by_id": str(by.pk), "released_by": by.name, "released_at": at}
        values |= {"file_sha256": file.sha256, "document": _document(roll, document, at)}
        if not _sign(roll, expected, {"stage": stage.value, **values}):
            raise Conflict("名册刚刚被更新，请看过再放行")
        write(
            "benefits.roll_released",
            actor=actor_of(by),
            subject=f"roll:{roll_id}",
            chain=roll.county,
            detail={"fen": roll.total_fen, "sha256": file.sha256[:24], "short_fen": short},
        )
        announce(RollReleased(roll_id))
        roll.refresh_from_db()
    return roll


def _sign(roll: Roll, expected: int, values: dict[str, Any]) -> int:
    """Two rolls of a county that are released at once come to one number: the second is told."""
    rows = Roll.objects.filter(pk=roll.pk, version=expected)
    try:
        with transaction.atomic():
            return rows.update(version=expected + 1, **values)
    except IntegrityError:
        raise Conflict("这个文号刚刚被另一份名册用了，请再放行一次") from None


def _after_its_notice(roll: Roll, at: dt.datetime) -> None:
    """Where the pack asks for a notice, these very lines have hung to the end of their last day."""
    hung = hanging(roll, day_of(at))
    if hung.is_over(day_of(at)):
        return
    if hung.notice is None:
        raise Conflict(Sentence("发放前须公示{days}天，请民政先公示再放行", days=hung.days))
    raise Conflict(Sentence("公示到{day}，期满才能放行", day=str(hung.notice.until_on)))


def _document(roll: Roll, given: str, at: dt.datetime) -> str:
    """The number that finance gave, or the next in the county's register of the year."""
    number = given.strip()
    year = at.astimezone(CHINA).year
    taken = Roll.objects.filter(county=roll.county).exclude(pk=roll.pk)
    if not number:
        return _next_number(taken, f"兜发〔{year}〕")
    if len(number) > LONGEST or PERSONAL.search(number):
        raise Invalid({"document": "文号最多40个字，例如“汉财社〔2022〕7号”"})
    if taken.filter(document=number).exists():
        raise Conflict("这个文号已经用过，请核对")
    return number


def _next_number(taken: QuerySet[Roll], stem: str) -> str:
    """The first behind all that are taken; what finance gave by hand may stand among them."""
    used = set(taken.filter(document__startswith=stem).values_list("document", flat=True))
    following = count(len(used) + 1)
    return next(number for n in following if (number := f"{stem}{n}号") not in used)
