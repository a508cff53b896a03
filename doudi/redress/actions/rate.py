"""好差评: one of five levels for one part of the way; a poor one is called back like a complaint.

Clause: HCP 差评整改
Move:   none      Right: the applicant      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction

from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.cases.queries import case_by_id
from doudi.kernel.errors import Conflict, Invalid, WrongStage
from doudi.redress.actions.file_complaint import Said, file_complaint
from doudi.redress.flow import LEVELS, POOR, RATED
from doudi.redress.models import Rating
from doudi.redress.queries import parts_to_rate


def rate(case_id: UUID, part: str, level: int, text: str, *, by: Actor, at: dt.datetime) -> Rating:
    """Invalid for a strange level, WrongStage before the part has ended, Conflict a second time."""
    if level not in LEVELS or len(text) > 500:
        raise Invalid({"level": "请选一项"})
    case = case_by_id(case_id)
    if part not in RATED or part not in parts_to_rate(case):
        raise WrongStage("rate", case.stage, "这一步还没有办完，办完再评价")
    try:
        with transaction.atomic():
            rating = Rating.objects.create(
                case=case, part=part, level=level, text=text.strip(), rated_at=at
            )
            write("rating.given", actor=by, subject=f"rating:{rating.pk}", chain=case.county)
            if level <= POOR:
                words = f"{RATED[part][0]}：{LEVELS[level]}。{text.strip()}"
                file_complaint(case.county, Said("rating", words), case_id=case.pk, by=by, at=at)
    except IntegrityError:
        raise Conflict("这一步已经评价过了") from None
    return rating
