"""Sending a family member the link that lets only that person sign."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import get_language

from doudi.clock.time import now
from doudi.notices.send import send
from doudi.vault.masking import mask_name
from doudi.verification.actions.send_family_link import send_family_link


def send_link(request: Any, ref: UUID, member: dict[str, Any], applicant: str) -> None:
    """A new link to the member's phone; an earlier one ends."""
    with transaction.atomic():
        _link, token = send_family_link(
            ref, member, applicant, by=request.resident.actor(), at=now()
        )
        address = request.build_absolute_uri(reverse("portal:family_sign", args=[token]))
        send(
            "family_link",
            to=member["phone"],
            values={"applicant": mask_name(applicant), "link": address},
            subject=f"application:{ref}",
            language=(get_language() or "zh")[:2],
        )
