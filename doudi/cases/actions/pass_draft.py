"""移交窗口草稿: what was begun at a window and not handed in goes on with a colleague.

Clause: SI649 art 11 (filled in for whoever cannot); nobody comes twice because an officer left
Move:   none      Right: work.assign, checked by the handover      Says: nothing
"""

from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, chain_of
from doudi.audit.journal import write
from doudi.cases.models import Draft


def pass_draft(draft_id: UUID, to: Staff, *, by: Staff) -> None:
    """The colleague opens it at his own window from now on."""
    with transaction.atomic():
        Draft.objects.filter(pk=draft_id, submitted_at=None).update(staff_id=str(to.pk))
        write(
            "case.draft_passed",
            actor=actor_of(by),
            subject=f"application:{draft_id}",
            chain=chain_of(to),
            detail={"to": str(to.pk)},
        )
