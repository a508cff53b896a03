"""代为补正: a representative hands in the papers that were asked for; the applicant is told.

Clause: Civil Code art 162; DB57 art 10
Move:   by cases: AWAITING_PAPERS -> SUBMITTED      Right: the mandate      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.audit.actor import Actor
from doudi.cases.actions.supplement import supplement
from doudi.clock.time import CHINA
from doudi.mandates.actions.tell import tell_used
from doudi.mandates.flow import PAPERS
from doudi.mandates.models import Mandate
from doudi.mandates.queries import mandate_for
from doudi.vault.masking import mask_name


def supplement_for(mandate_id: UUID, phone_index: str, note: str, *, at: dt.datetime) -> Mandate:
    """NotFound without a living mandate for papers; the case's own refusals pass through."""
    with transaction.atomic():
        mandate = mandate_for(mandate_id, phone_index, PAPERS, at.astimezone(CHINA).date())
        supplement(mandate.case_id, by=acting(mandate), at=at, note=note)
        tell_used(mandate, at)
    return mandate


def acting(mandate: Mandate) -> Actor:
    """Who acts for whom, as file and journal say it: the phone's index, and both names masked."""
    who, whose = mask_name(mandate.name.open()), mask_name(mandate.case.applicant_name)
    return Actor("citizen", mandate.phone_index, f"{who}（代{whose}）")
