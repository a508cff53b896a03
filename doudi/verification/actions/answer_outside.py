"""登记对外核对的答复: line by line, from the page or from a table; the next report carries it.

Clause: DB57 art 17
Move:   open -> answered      Right: verification.request      Says: VerificationReported
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.clock.time import CHINA
from doudi.kernel.errors import Conflict, Invalid, NotFound
from doudi.kernel.money import plain_yuan
from doudi.verification.actions.issue_report import issue_report
from doudi.verification.models import Answer, Outside, OutsideAnswer
from doudi.verification.queries import living_consents, request_of

State = Answer.State
TOLD = (State.RECORD, State.NO_RECORD, State.NOT_RETURNED)
LONGEST = 300


@dataclass(frozen=True)
class Said:
    """What the body said of one line: with a record, what it is and how much."""

    state: str
    as_of: dt.date | None = None
    words: str = ""
    fen: int | None = None


def answer_outside(
    outside_id: UUID, said: Mapping[int, Said], who: str, *, about: str, by: Staff, at: dt.datetime
) -> Outside:
    """Once, for every line; a line whose person took the leave back in between is not filed."""
    with transaction.atomic():
        found = Outside.objects.select_for_update().filter(pk=outside_id).first()
        if found is None:
            raise NotFound("没有这份对外核对函")
        require(by, "verification.request", found.town)
        if found.state != "open":
            raise Conflict("这份函已经登记过答复")
        lines = list(found.lines.select_related("consent").order_by("place"))
        _check(lines, said, who, at)
        living = {c.pk for c in living_consents(found.ref, at.date()).values()}
        for line in lines:
            if line.consent_id in living:
                _file(line, said[line.place])
        found.state, found.answered_at = "answered", at
        found.answered_by, found.answered_from = by.name, who.strip()
        found.save()
        write(
            "verification.answered_outside",
            actor=actor_of(by),
            subject=about,
            chain=found.county,
            detail={"number": found.number, "lines": len(lines)},
        )
        request = request_of(found.ref)
        if request is not None:
            issue_report(request.pk, at)
    return found


def _file(line: OutsideAnswer, said: Said) -> None:
    line.state, line.as_of = said.state, said.as_of
    if said.state == State.RECORD:
        told = {"内容": said.words.strip()}
        line.record = [told | ({"金额": plain_yuan(said.fen)} if said.fen is not None else {})]
    line.save()


def _check(lines: list[OutsideAnswer], said: Mapping[int, Said], who: str, at: dt.datetime) -> None:
    """Invalid names the lines without an answer, or with one that can't be."""
    today = at.astimezone(CHINA).date()
    wrong: dict[str, str] = {}
    for line in lines:
        told = said.get(line.place)
        if told is None or told.state not in TOLD:
            wrong[str(line.place)] = "每一行都要有结果：有记录、无记录或未返回"
        elif told.state != State.NOT_RETURNED and (told.as_of is None or told.as_of > today):
            wrong[str(line.place)] = "有答复的要写数据截至日，不能晚于今天"
        elif told.state == State.RECORD and not 2 <= len(told.words.strip()) <= LONGEST:
            wrong[str(line.place)] = "有记录的要写明内容，2至300个字"
    if not 2 <= len(who.strip()) <= 80:
        wrong["who"] = "请写明答复的单位和签字人"
    if wrong:
        raise Invalid(wrong)
