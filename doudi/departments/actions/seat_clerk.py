"""登记部门数据员: from now on this account speaks for a department, and for no other.

Clause: DSL art 27 (who may write is known); PIPL art 51 (least access)
Move:   none      Right: clerk.seat      Says: nothing
"""

import datetime as dt

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.permissions import Role
from doudi.accounts.queries import CITY, actor_of, require, roles_of, staff_by_account
from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.departments.models import Clerk
from doudi.kernel.errors import Invalid, NotFound
from doudi.verification.catalog.items import agencies


def seat_clerk(account: str, agency: str, *, by: Staff | Actor, at: dt.datetime) -> Clerk:
    """Invalid for an unknown department, and unless the account holds the post of a data clerk.

    The operator's command may always.
    """
    if isinstance(by, Staff):
        require(by, "clerk.seat", CITY)
    staff = _checked(account.strip().lower(), agency)
    told = {"agency": agency, "seated_by": actor_of(by).name, "seated_at": at}
    with transaction.atomic():
        clerk, _made = Clerk.objects.update_or_create(staff=staff, defaults=told)
        write(
            "departments.clerk_seated",
            actor=actor_of(by),
            subject=f"staff:{staff.pk}",
            detail={"agency": agency},
        )
    return clerk


def _checked(account: str, agency: str) -> Staff:
    wrong = {}
    if agency not in agencies():
        wrong["agency"] = "没有这个部门"
    try:
        staff = staff_by_account(account)
    except NotFound:
        staff = None
    if staff is None or Role.DATA_CLERK not in roles_of(staff):
        wrong["account"] = "没有这个账号，或者它不是部门数据员的账号；请安全管理员先开通"
    if wrong or staff is None:
        raise Invalid(wrong)
    return staff
