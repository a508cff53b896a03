"""换值班人: a line of the roster gets another name; the hours stay.

Clause: LS23 先行救助 (somebody answers at every hour)
Move:   none      Right: work.assign      Says: nothing
"""

from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.kernel.errors import NotFound
from doudi.urgent.models import DutyShift


def pass_shift(shift_id: UUID, to: Staff, *, by: Staff) -> DutyShift:
    """NotFound for a line that is gone."""
    with transaction.atomic():
        shift = DutyShift.objects.select_for_update().filter(pk=shift_id).first()
        if shift is None:
            raise NotFound("值班表里没有这一行")
        require(by, "work.assign", shift.region)
        shift.officer = to
        shift.save(update_fields=["officer"])
        write(
            "urgent.shift_passed",
            actor=actor_of(by),
            subject=f"roster:{shift.region}",
            chain=shift.region[:6],
            detail={"to": str(to.pk)},
        )
    return shift
