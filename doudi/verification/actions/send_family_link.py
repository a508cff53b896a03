"""家人签字链接: lets one member sign alone, seven days, once.

Clause: DB57 art 9 (every member signs)
Move:   none      Right: the applicant himself      Says: nothing
"""

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.kernel.errors import NotFound
from doudi.vault.index import blind_index
from doudi.vault.masking import mask_name
from doudi.verification.models import FamilyLink

LIVES = dt.timedelta(days=7)


def send_family_link(
    ref: UUID, member: Mapping[str, Any], applicant_name: str, *, by: Actor, at: dt.datetime
) -> tuple[FamilyLink, str]:
    """The link and its token (128 random bits); only the token's index is kept."""
    token = secrets.token_urlsafe(16)
    kept = {k: member[k] for k in ("key", "name", "id_number", "relation", "phone")}
    with transaction.atomic():
        FamilyLink.objects.filter(ref=ref, member_key=member["key"], used_at=None).update(
            expires_at=at
        )
        link = FamilyLink.objects.create(
            token_index=blind_index("token", token),
            ref=ref,
            member_key=member["key"],
            member=kept,
            applicant_masked=mask_name(applicant_name),
            made_at=at,
            expires_at=at + LIVES,
        )
        write("verification.family_link_sent", actor=by, subject=f"link:{link.pk}")
    return link, token


def open_family_link(token: str, at: dt.datetime) -> FamilyLink:
    """The living link of a token; unknown, used and expired ones answer NotFound alike."""
    index = blind_index("token", token)
    link = FamilyLink.objects.filter(token_index=index, used_at=None, expires_at__gt=at).first()
    if link is None:
        raise NotFound("这个链接已失效，请让申请人重新发送")
    return link


def use_family_link(link: FamilyLink, at: dt.datetime) -> None:
    """Marks it used; NotFound when somebody was quicker."""
    if not FamilyLink.objects.filter(pk=link.pk, used_at=None).update(used_at=at):
        raise NotFound("这个链接已失效，请让申请人重新发送")
