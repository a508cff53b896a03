"""近亲属备案: a member of staff declares a near relative, so that such a case can be marked.

Clause: DB57 art 11
Move:   none      Right: oneself, or staff.manage      Says: nothing
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from doudi.accounts.models import Relative, Staff
from doudi.accounts.queries import actor_of, require_manage
from doudi.audit import journal
from doudi.audit.actor import Actor
from doudi.clock.demo_mark import is_demo
from doudi.kernel.errors import Conflict, Invalid
from doudi.kernel.resident_id import ResidentIdError, parse
from doudi.vault.index import blind_index


def declare_relative(
    staff: Staff,
    name: str,
    relation: str,
    id_number: str,
    *,
    by: Staff | Actor,
    at: dt.datetime,
) -> Relative:
    """Returns the record. Invalid for a bad number or an empty name, Conflict the second time."""
    if not (isinstance(by, Staff) and by.pk == staff.pk):
        require_manage(by, staff)
    try:
        number = parse(id_number, on=at.date(), demo=is_demo())
    except ResidentIdError as error:
        raise Invalid({"id_number": str(error)}) from None
    if not name.strip() or not relation.strip():
        raise Invalid({"name": _("请填写姓名和关系")})
    with transaction.atomic():
        if staff.relatives.filter(id_index=blind_index("id", number)).exists():
            raise Conflict(_("已经备案过"))
        relative = Relative.objects.create(
            staff=staff,
            name=name.strip(),
            relation=relation.strip(),
            id_number=number,
            declared_at=at,
        )
        journal.write("staff.relative_declared", actor=actor_of(by), subject=f"staff:{staff.pk}")
    return relative
