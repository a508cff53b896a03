"""聘任协理员: the town appoints a village assistant, or lets one stand in for another.

A town gives this one post only, which decides nothing; every other is the security administrator's.

Clause: OP18 (社会救助协理员); GB/T 22239 8.1.4.2 (separation of duties)
Move:   none      Right: assistant.manage      Says: nothing
"""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from doudi.accounts.models import Post, Staff
from doudi.accounts.permissions import Role
from doudi.accounts.queries import actor_of, forget_posts, require, staff_by_account
from doudi.audit import journal
from doudi.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from doudi.regions.queries import exists, get

ROLE = Role.VILLAGE_ASSISTANT
LONGEST = dt.timedelta(days=3 * 366)
LONGEST_COVER = dt.timedelta(days=92)


@dataclass(frozen=True)
class Appointment:
    """Whose account, which village, from which day to which, and for whom he stands in."""

    account: str
    village: str
    from_on: dt.date
    until_on: dt.date
    stands_in_for: str = ""


def appoint_assistant(told: Appointment, *, by: Staff, at: dt.datetime) -> Post:
    """Invalid for an account that holds any other post; Conflict for the same post twice."""
    if not (len(told.village) == 12 and exists(told.village)):
        raise Invalid({"village": _("请选择村（社区）")})
    require(by, "assistant.manage", told.village)
    staff, replaced = _checked(told, by)
    try:
        with transaction.atomic():
            post = Post.objects.create(
                staff=staff,
                role=ROLE.value,
                region=get(told.village),
                from_on=told.from_on,
                until_on=told.until_on,
                stands_in_for=replaced,
            )
            journal.write(
                "staff.assistant_appointed",
                actor=actor_of(by),
                subject=f"staff:{staff.pk}",
                chain=told.village[:6],
                detail={"region": told.village, "cover": replaced is not None},
            )
    except IntegrityError:
        raise Conflict(_("此人已有这个岗位")) from None
    forget_posts(staff)
    return post


def _checked(told: Appointment, by: Staff) -> tuple[Staff, Staff | None]:
    wrong = {}
    longest = LONGEST_COVER if told.stands_in_for else LONGEST
    if not told.from_on <= told.until_on <= told.from_on + longest:
        wrong["until_on"] = _("止期不早于起期；聘任最长三年，代班最长92天")
    staff, replaced = _known(told.account), _known(told.stands_in_for)
    if staff is None:
        wrong["account"] = _("没有这个账号，请安全管理员先开通")
    elif set(staff.posts.values_list("role", flat=True)) - {ROLE.value}:
        wrong["account"] = _("这个账号有别的岗位，不能由镇（街道）聘任")
    held = Post.objects.filter(role=ROLE.value, region_id=told.village, staff=replaced)
    if told.stands_in_for and (replaced is None or not held.exists()):
        wrong["stands_in_for"] = _("被代的人不是这个村（社区）的协理员")
    if wrong or staff is None:
        raise Invalid(wrong)
    if staff.pk == by.pk:
        raise NotAllowed("assistant.manage")
    return staff, replaced


def _known(account: str) -> Staff | None:
    try:
        return staff_by_account(account.strip().lower()) if account.strip() else None
    except NotFound:
        return None
