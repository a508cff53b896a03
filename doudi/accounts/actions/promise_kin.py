"""承诺名单完整: the person says that nobody is missing, also where there is nobody to declare.

Clause: DB57 art 11
Move:   none      Right: kin.declare for oneself, or staff.manage      Says: nothing
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from doudi.accounts.models import KinPromise, Staff
from doudi.accounts.queries import actor_of
from doudi.accounts.relatives import require_declaring, standing
from doudi.audit import journal
from doudi.kernel.errors import Invalid


def promise_kin(staff: Staff, *, promised: bool, by: Staff, at: dt.datetime) -> KinPromise:
    """Invalid without the tick."""
    require_declaring(by, staff)
    if not promised:
        raise Invalid({"promised": _("请先承诺")})
    with transaction.atomic():
        made = KinPromise.objects.create(staff=staff, count=standing(staff).count(), at=at)
        journal.write("staff.kin_promised", actor=actor_of(by), subject=f"staff:{staff.pk}")
    return made
