"""发起核对: asks about persons, each under that person's own living authorisation.

Clause: SI649 art 58; DB57 arts 15, 17
Move:   none      Right: called when a case is accepted      Says: VerificationRequested
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.kernel.errors import NotAllowed
from doudi.kernel.sentences import Sentence
from doudi.outbox.announce import announce
from doudi.verification.catalog.items import codes
from doudi.verification.events import VerificationRequested
from doudi.verification.models import Answer, Asked, Consent, Request
from doudi.verification.queries import living_consents

ANSWER_WITHIN = dt.timedelta(days=5)


@dataclass(frozen=True)
class Subject:
    """One person to ask about."""

    member_key: str
    name: str
    id_number: str


def request(
    ref: UUID, subjects: Sequence[Subject], *, purpose: str, county: str, by: Actor, at: dt.datetime
) -> Request:
    """A request for all items; NotAllowed("consent") unless every person's authorisation lives."""
    consents = living_consents(ref, at.date())
    missing = [s.name for s in subjects if not _covers(consents.get(s.member_key))]
    if missing or not subjects:
        raise NotAllowed("consent", Sentence("没有有效授权，不能核对：{names}", names=missing))
    with transaction.atomic():
        made = Request.objects.create(
            number=f"HD{at:%y%m%d%H%M%S}{str(ref)[:4].upper()}",
            ref=ref,
            purpose=purpose,
            county=county,
            asked_by=by.name or by.kind,
            asked_at=at,
            expected_on=(at + ANSWER_WITHIN).date(),
        )
        asked = [
            Asked(
                request=made,
                consent=consents[s.member_key],
                member_key=s.member_key,
                name=s.name,
                id_number=s.id_number,
            )
            for s in subjects
        ]
        Asked.objects.bulk_create(asked)
        Answer.objects.bulk_create(Answer(asked=a, item=code) for a in asked for code in codes())
        write(
            "verification.requested",
            actor=by,
            subject=f"request:{made.pk}",
            chain=county,
            detail={"persons": len(asked), "purpose": purpose},
        )
        announce(VerificationRequested(made.pk))
    return made


def _covers(consent: Consent | None) -> bool:
    return consent is not None and set(codes()) <= set(consent.scope)
