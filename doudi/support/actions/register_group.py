"""登记社会力量: the county checked a charity or volunteer group and gives it its door.

Clause: OP18 (社会力量参与); DOUDI R27
Move:   none      Right: group.register      Says: nothing
"""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.permissions import Role
from doudi.accounts.queries import actor_of, require, roles_of, staff_by_account
from doudi.audit.journal import write
from doudi.kernel.errors import Conflict, Invalid, NotFound
from doudi.support.models import Group


@dataclass(frozen=True)
class Registered:
    """A group as its papers say, and the account that speaks for it."""

    county: str
    name: str
    number: str
    account: str


def register_group(told: Registered, *, by: Staff, at: dt.datetime) -> Group:
    """Invalid unless the account holds the post of a group; Conflict when it speaks for another."""
    require(by, "group.register", told.county)
    speaker = _checked(told)
    try:
        with transaction.atomic():
            group = Group.objects.create(
                county=told.county,
                name=told.name.strip(),
                number=told.number.strip(),
                account_id=str(speaker.pk),
                registered_by=by.name,
                registered_at=at,
            )
            subject = f"group:{group.pk}"
            write(
                "support.group_registered", actor=actor_of(by), subject=subject, chain=told.county
            )
    except IntegrityError:
        raise Conflict("这个账号已经代表另一个组织") from None
    return group


def _checked(told: Registered) -> Staff:
    wrong = {}
    if not 2 <= len(told.name.strip()) <= 80:
        wrong["name"] = "请写组织的名称"
    if not 2 <= len(told.number.strip()) <= 30:
        wrong["number"] = "请写统一社会信用代码或备案号"
    try:
        speaker = staff_by_account(told.account.strip().lower())
    except NotFound:
        speaker = None
    if speaker is None or Role.CHARITY not in roles_of(speaker):
        wrong["account"] = "没有这个账号，或者它不是社会组织的账号；请安全管理员先开通"
    if wrong or speaker is None:
        raise Invalid(wrong)
    return speaker
