"""新增工作人员: an account with its posts, and the link that lets the person in.

Clause: GB/T 22239 8.1.4.1, 8.1.4.2 (one account a person, least right)
Move:   none      Right: staff.manage      Says: nothing
"""

import datetime as dt
import re
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from doudi.accounts.actions.add_post import Term, add_post
from doudi.accounts.actions.invite import invite
from doudi.accounts.models import Staff
from doudi.accounts.permissions import Role
from doudi.accounts.queries import actor_of, require_manage
from doudi.audit import journal
from doudi.audit.actor import Actor
from doudi.clock.demo_mark import is_demo
from doudi.kernel.errors import Invalid
from doudi.kernel.resident_id import ResidentIdError, parse
from doudi.vault.index import blind_index

ACCOUNT = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")
MOBILE = re.compile(r"1[3-9][0-9]{9}")
DEMO_MOBILE = re.compile(r"1[2-9][0-9]{9}")


def add_staff(
    account: str,
    name: str,
    *,
    posts: Sequence[tuple[str, str]] = (),
    phone: str = "",
    id_number: str = "",
    by: Staff | Actor,
    at: dt.datetime,
) -> tuple[Staff, str]:
    """Returns the new person and the token of his one-time link.

    `posts` are (role, region code) from today on. Invalid names every bad field at once;
    NotAllowed outside the region of whoever adds.
    """
    require_manage(by, None, [region for _role, region in posts])
    account, name = account.strip().lower(), name.strip()
    problems = staff_problems(account, name, phone, id_number, at.date())
    if problems:
        raise Invalid(problems)
    with transaction.atomic():
        staff = Staff(account=account, name=name, phone=phone, id_number=id_number, created_at=at)
        staff.set_unusable_password()
        staff.save(force_insert=True)
        journal.write("staff.added", actor=actor_of(by), subject=f"staff:{staff.pk}")
        for role, region in posts:
            add_post(staff, Role(role), region, term=Term(at.date()), by=by, at=at)
        return staff, invite(staff, by=by, at=at)


def staff_problems(
    account: str, name: str, phone: str, id_number: str, on: dt.date
) -> dict[str, str]:
    """What is wrong with the particulars of a new person, by field; empty when all is well."""
    problems = {}
    if not ACCOUNT.fullmatch(account):
        problems["account"] = _("账号为3至40位小写字母、数字、点或短横")
    elif Staff.objects.filter(account=account).exists():
        problems["account"] = _("账号已有人使用")
    if not 2 <= len(name) <= 60:
        problems["name"] = _("请填写姓名")
    if phone and not (DEMO_MOBILE if is_demo() else MOBILE).fullmatch(phone):
        problems["phone"] = _("手机号应为11位数字")
    if id_number:
        problems |= _id_problem(id_number, on)
    return problems


def _id_problem(id_number: str, on: dt.date) -> dict[str, str]:
    try:
        parse(id_number, on=on, demo=is_demo())
    except ResidentIdError as error:
        return {"id_number": str(error)}
    if Staff.objects.filter(id_index=blind_index("id", id_number), is_active=True).exists():
        return {"id_number": _("此人已有账号，一人一号")}
    return {}
