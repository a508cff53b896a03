"""近亲属备案: a member of staff declares a near relative, so that such a case can be marked.

Clause: DB57 art 11
Move:   none      Right: kin.declare for oneself, or staff.manage      Says: nothing
"""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from doudi.accounts.models import Relative, Staff
from doudi.accounts.permissions import RELATIONS
from doudi.accounts.queries import actor_of
from doudi.accounts.relatives import require_declaring, standing
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
    promised: bool,
    by: Staff | Actor,
    at: dt.datetime,
) -> Relative:
    """Invalid for a bad number, no name, no relation of the list, no promise; Conflict twice."""
    require_declaring(by, staff)
    try:
        number = parse(id_number, on=at.date(), demo=is_demo())
    except ResidentIdError as error:
        raise Invalid({"id_number": str(error)}) from None
    _check(name, relation, promised)
    own = isinstance(by, Staff) and by.pk == staff.pk
    with transaction.atomic():
        if standing(staff).filter(id_index=blind_index("id", number)).exists():
            raise Conflict(_("已经备案过"))
        try:
            with transaction.atomic():
                relative = Relative.objects.create(
                    staff=staff,
                    name=name.strip(),
                    relation=relation,
                    id_number=number,
                    declared_at=at,
                    declared_by="" if own else actor_of(by).name,
                )
        except IntegrityError:
            raise Conflict(_("已经备案过")) from None
        journal.write("staff.relative_declared", actor=actor_of(by), subject=f"staff:{staff.pk}")
    return relative


def _check(name: str, relation: str, promised: bool) -> None:
    complaints = [
        ("name", not 0 < len(name.strip()) <= 60, _("请填写姓名")),
        ("relation", relation not in RELATIONS, _("请选择关系")),
        ("promised", not promised, _("请先承诺")),
    ]
    wrong = {field: sentence for field, bad, sentence in complaints if bad}
    if wrong:
        raise Invalid(wrong)
