"""The demonstration's accounts as its sign-in page shows them; nothing of it on a real database."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from doudi.accounts.permissions import Role
from doudi.accounts.queries import demo_staff
from doudi.clock.demo_mark import is_demo
from doudi.kernel.region_code import stem

# The demonstration's one password; it is printed on its own sign-in page.
PASSWORD = "doudi-demo-2022"  # noqa: S105


@dataclass(frozen=True)
class DemoAccount:
    """One account: what to type, who it is, and where."""

    account: str
    name: str
    role: str
    place: str


def accounts() -> list[DemoAccount]:
    """The accounts with plain names: towns first, by place and step; none on a real database."""
    return [_shown(staff) for staff in sorted(demo_staff(), key=_order)] if is_demo() else []


def _order(staff: Any) -> tuple[int, str, int]:
    """Towns before counties before the city; inside a place, in the order of the work."""
    post = next(iter(staff.posts.all()), None)
    if post is None:
        return 0, "", 0
    return -len(stem(post.region_id)), post.region_id, list(Role).index(Role(post.role))


def _shown(staff: Any) -> DemoAccount:
    posts = list(staff.posts.all())
    role = gettext("、").join(gettext(Role(post.role).label) for post in posts)
    place = "、".join(post.region.name for post in posts)
    return DemoAccount(staff.account, staff.name, role, place)


def sign_ins() -> list[str]:
    """One line an account for the terminal, the password first."""
    lines = [f"{one.account:<20} {one.role} · {one.place}" for one in accounts()]
    return [f"password of all: {PASSWORD}", *lines]
