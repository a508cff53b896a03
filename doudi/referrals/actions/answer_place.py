"""协查答复: the hukou town answers at its own desk; a letter's answer is recorded with its sheet.

Clause: DB57 art 5; DOUDI R25
Move:   OPEN -> ANSWERED      Right: place.answer there, or place.ask here      Says: nothing
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, may, require
from doudi.cases.actions.record_place import ANSWERED as TOLD
from doudi.cases.actions.record_place import record_place
from doudi.kernel.errors import Invalid, NotFound
from doudi.kernel.sentences import Sentence
from doudi.referrals.actions.both_journals import write_both
from doudi.referrals.flow import ANSWERED, DESK, FINDINGS, PAPER, require_unanswered
from doudi.referrals.models import PlaceRequest
from doudi.vault.scrub import PERSONAL

LONGEST = 500


@dataclass(frozen=True)
class Finding:
    """A finding for each question, in words; who signed and the sheet where it came by letter."""

    findings: Mapping[str, str]
    text: str = ""
    who: str = ""
    sheet_sha256: str = ""


def answer_place(request_id: UUID, found: Finding, *, by: Staff, at: dt.datetime) -> PlaceRequest:
    """Once, for every question. The town that asked may only record a letter, with its sheet."""
    with transaction.atomic():
        request = PlaceRequest.objects.select_for_update().filter(pk=request_id).first()
        if request is None:
            raise NotFound("没有这份协查函")
        manner = _manner(request, by)
        require_unanswered(request.state)
        _check(request, found, manner)
        request.state, request.manner = ANSWERED, manner
        request.findings, request.answer = dict(found.findings), found.text.strip()
        if manner == PAPER:
            request.answered_from, request.sheet_sha256 = found.who.strip(), found.sheet_sha256
        who = actor_of(by)
        request.answered_by_id, request.answered_by, request.answered_at = who.id, who.name, at
        request.save()
        how = Sentence(request.get_manner_display())
        note = Sentence("{place}，{manner}", place=request.to_name, manner=how)
        record_place(request.case_id, TOLD, note, by=who, at=at)
        write_both("place.answered", request, who)
    return request


def _manner(request: PlaceRequest, by: Staff) -> str:
    """The hukou town answers itself; everybody else needs the right where the case is."""
    if request.to_town and may(by, "place.answer", request.to_town):
        return DESK
    require(by, "place.ask", request.from_town)
    return PAPER


def _check(request: PlaceRequest, found: Finding, manner: str) -> None:
    wrong = {
        question: "请选一个结果"
        for question in request.questions
        if found.findings.get(question) not in FINDINGS
    }
    text = found.text.strip()
    if len(text) > LONGEST:
        wrong["text"] = "写得太长了，请缩短到500字以内"
    elif PERSONAL.search(text):
        wrong["text"] = "不要写身份证号、手机号或账号"
    elif "yes" in found.findings.values() and len(text) < 2:
        wrong["text"] = "查到“有”的，请写明是什么"
    if manner == PAPER and len(found.who.strip()) < 2:
        wrong["who"] = "请写明复函的单位和签字人"
    if manner == PAPER and not found.sheet_sha256:
        wrong["sheet"] = "请拍下盖章的复函"
    if wrong:
        raise Invalid(wrong)
