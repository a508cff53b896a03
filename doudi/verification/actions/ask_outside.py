"""对外核对: a bank or another province is asked about the household, each person under own leave.

Clause: SI649 art 58; DB57 arts 9, 17; NT22 三(二)
Move:   -> open      Right: verification.request      Says: nothing
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.clock.time import CHINA
from doudi.kernel.errors import Invalid, NotAllowed, NotFound
from doudi.kernel.sentences import Sentence
from doudi.vault.scrub import PERSONAL
from doudi.verification.catalog.outside import covers, due, items_of, kinds
from doudi.verification.models import Consent, Outside, OutsideAnswer
from doudi.verification.queries import living_consents, request_of


@dataclass(frozen=True)
class Question:
    """Which kind of body, which one, and what it is asked for."""

    kind: str
    body: str
    items: tuple[str, ...]


def ask_outside(
    ref: UUID, town: str, asked: Question, *, about: str, by: Staff, at: dt.datetime
) -> Outside:
    """The letter's rows; NotAllowed("consent") unless everybody's living authorisation covers it.

    `about`: the subject of the journal, so that the household reads that it was asked about.
    """
    require(by, "verification.request", town)
    _check(asked)
    leaves = _leaves(ref, at)
    on = at.astimezone(CHINA).date()
    with transaction.atomic():
        made = Outside.objects.create(
            number=f"{asked.kind[:1].upper()}H{at:%y%m%d%H%M%S}{str(ref)[:4].upper()}",
            ref=ref,
            kind=asked.kind,
            body=asked.body.strip(),
            items=list(asked.items),
            county=town[:6],
            town=town,
            asked_by_id=str(by.pk),
            asked_by=by.name,
            asked_at=at,
            due_on=due(asked.kind, on),
        )
        pairs = [(consent, code) for consent in leaves for code in asked.items]
        OutsideAnswer.objects.bulk_create(
            OutsideAnswer(outside=made, place=n, consent=consent, item=code)
            for n, (consent, code) in enumerate(pairs, start=1)
        )
        write(
            "verification.asked_outside",
            actor=actor_of(by),
            subject=about,
            chain=made.county,
            purpose="difference",
            detail={"kind": made.kind, "persons": len(leaves), "items": made.items},
        )
    return made


def _leaves(ref: UUID, at: dt.datetime) -> list[Consent]:
    """The living authorisation of every person of the newest request; NotAllowed without one."""
    request = request_of(ref)
    if request is None:
        raise NotFound("还没有发起核对")
    living = living_consents(ref, at.date())
    persons = list(request.persons.order_by("member_key"))
    given = {key: c for key, c in living.items() if covers(c.text_version)}
    missing = [p.name for p in persons if p.member_key not in given]
    if missing:
        raise NotAllowed("consent", Sentence("没有有效授权，不能核对：{names}", names=missing))
    return [given[p.member_key] for p in persons]


def _check(asked: Question) -> None:
    wrong = {}
    if asked.kind not in kinds():
        wrong["kind"] = "请选问哪一类机构"
    elif not asked.items or not set(asked.items) <= set(items_of(asked.kind)):
        wrong["items"] = "请选要查的事项"
    if not 4 <= len(asked.body.strip()) <= 120 or PERSONAL.search(asked.body):
        wrong["body"] = "请写全机构名称，4至120个字"
    if wrong:
        raise Invalid(wrong)
