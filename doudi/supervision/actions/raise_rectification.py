"""列入整改: what was found goes to a town with a demand and a last day.

Clause: ux.md A06; DOUDI R15
Move:   none      Right: rectify.raise; the house itself after a check      Says: nothing
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.cases.queries import case_by_id
from doudi.kernel.errors import Conflict, Invalid
from doudi.regions.queries import exists
from doudi.supervision.actions.issue_sheet import said
from doudi.supervision.models import Rectification
from doudi.supervision.queries import due_after

TOWN = 9  # digits of a town's code


@dataclass(frozen=True)
class Wrong:
    """What was found on which ground, what is demanded; of a case, or of a town as a whole."""

    ground: str
    text: str
    demand: str
    town: str = ""
    case_id: UUID | None = None
    source: str = ""


def raise_rectification(wrong: Wrong, *, by: Staff | Actor, at: dt.datetime) -> Rectification:
    """Conflict while the same source is still open; the town of a case is the case's own."""
    case = case_by_id(wrong.case_id) if wrong.case_id else None
    town = case.town if case else wrong.town
    if len(town) != TOWN or not exists(town):
        raise Invalid({"town": "请选责任单位"})
    if isinstance(by, Staff):
        require(by, "rectify.raise", town)
    actor = actor_of(by) if isinstance(by, Staff) else by
    told = {"text": said(wrong.text, "text"), "demand": said(wrong.demand, "demand")}
    try:
        with transaction.atomic():
            made = Rectification.objects.create(
                number=f"ZG{town[:6]}-{at:%Y%m%d}-{uuid4().hex[:6].upper()}",
                county=town[:6],
                town=town,
                case=case,
                ground=wrong.ground,
                source=wrong.source,
                raised_by_id=actor.id,
                raised_by=actor.name,
                raised_at=at,
                due_on=due_after("rectify", at.date()),
                story=[line(at, actor.name, "raised", told["text"])],
                **told,
            )
            journalled("raised", made, actor)
    except IntegrityError:
        raise Conflict("这个问题已经在整改，还没有销号") from None
    return made


def line(at: dt.datetime, name: str, deed: str, words: str) -> dict[str, str]:
    """One deed of the story."""
    return {"at": at.isoformat(), "by": name, "deed": deed, "words": words}


def journalled(deed: str, found: Rectification, actor: Actor) -> None:
    """In the same transaction; the case is named where there is one."""
    subject = f"case:{found.case_id}" if found.case_id else f"rectify:{found.pk}"
    detail = {"number": found.number, "round": found.round}
    write(
        f"supervision.rectify_{deed}",
        actor=actor,
        subject=subject,
        chain=found.county,
        detail=detail,
    )
