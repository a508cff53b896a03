"""协查函: the town asks the place where the household is registered, so that nobody has to travel.

Clause: DB57 art 5; DOUDI R25
Move:   -> OPEN      Right: place.ask      Says: nothing
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.cases.actions.record_place import ASKED, record_place
from doudi.cases.queries import case_by_id
from doudi.clock.time import CHINA
from doudi.kernel.errors import Conflict, Invalid
from doudi.kernel.sentences import Sentence
from doudi.referrals.actions.both_journals import write_both
from doudi.referrals.actions.tell import tell_place_asked
from doudi.referrals.flow import QUESTIONS, require_askable
from doudi.referrals.models import PlaceRequest
from doudi.referrals.queries import due_after, hukou_of
from doudi.vault.scrub import PERSONAL

LONGEST = 500


@dataclass(frozen=True)
class Question:
    """What is asked; `place` names the office only where the registration is outside the city."""

    questions: tuple[str, ...]
    text: str = ""
    place: str = ""


def ask_place(
    form_id: UUID, case_id: UUID, asked: Question, *, by: Staff, at: dt.datetime
) -> PlaceRequest:
    """The request of the form; the same form again gives the same one.

    Invalid where the household is registered in the town itself; Conflict while one is open. The
    clock of the case runs on.
    """
    case = case_by_id(case_id)
    require(by, "place.ask", case.town)
    require_askable(case.stage)
    hukou = hukou_of(case)
    _check(asked, hukou.town, case.town)
    try:
        with transaction.atomic():
            kept = PlaceRequest.objects.filter(pk=form_id, case=case).first()
            return kept or _asked(PlaceRequest(id=form_id, case=case), asked, by, at)
    except IntegrityError:
        again = PlaceRequest.objects.filter(pk=form_id, case=case).first()
        if again is None:
            raise Conflict("已经发过协查函，还在等答复") from None
        return again  # pressed twice at the same moment


def _asked(request: PlaceRequest, asked: Question, by: Staff, at: dt.datetime) -> PlaceRequest:
    case, hukou = request.case, hukou_of(request.case)
    earlier = PlaceRequest.objects.filter(case=case).count()
    request.number = f"XC{case.number.removeprefix('SQ')}-{earlier + 1}"
    request.from_town, request.county = case.town, case.county
    request.to_town, request.to_name = hukou.town, hukou.name or asked.place.strip()
    request.questions, request.text = list(asked.questions), asked.text.strip()
    request.asked_by_id, request.asked_by, request.asked_at = str(by.pk), by.name, at
    request.due_on = due_after("referrals.place_days", at.astimezone(CHINA).date())
    request.save(force_insert=True)
    who, told = actor_of(by), {"place": request.to_name, "day": str(request.due_on)}
    note = Sentence("{place}，{day}前答复", **told)
    record_place(case.pk, ASKED, note, by=who, at=at)
    write_both("place.asked", request, who)
    tell_place_asked(request)
    return request


def _check(asked: Question, to_town: str, town: str) -> None:
    wrong = {}
    if to_town == town:
        wrong["questions"] = "户籍就在本镇（街道），不用发协查函"
    elif not asked.questions or not set(asked.questions) <= set(QUESTIONS):
        wrong["questions"] = "请选要查的事项"
    if not to_town and not 4 <= len(asked.place.strip()) <= 120:
        wrong["place"] = "户籍地不在本市，请写明寄给哪里的镇（街道）或民政局"
    if len(asked.text.strip()) > LONGEST:
        wrong["text"] = "写得太长了，请缩短到500字以内"
    elif PERSONAL.search(asked.text):
        wrong["text"] = "不要写身份证号、手机号或账号"
    if wrong:
        raise Invalid(wrong)
