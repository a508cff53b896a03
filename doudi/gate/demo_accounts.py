"""The demonstration's accounts as its sign-in page shows them; nothing of it on a real database."""

from dataclasses import dataclass
from typing import Any

from doudi.accounts.permissions import Role
from doudi.accounts.queries import demo_staff
from doudi.clock.demo_mark import is_demo

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
    """The accounts with plain names, by place and step of the work; none on a real database."""
    if not is_demo():
        return []
    return sorted(map(_shown, demo_staff()), key=lambda one: one.account.partition(".")[0])


def _shown(staff: Any) -> DemoAccount:
    posts = list(staff.posts.all())
    role = "、".join(Role(post.role).label for post in posts)
    place = "、".join(post.region.name for post in posts)
    return DemoAccount(staff.account, staff.name, role, place)


def sign_ins() -> list[str]:
    """One line an account for the terminal, the password first."""
    lines = [f"{one.account:<20} {one.role} · {one.place}" for one in accounts()]
    return [f"password of all: {PASSWORD}", *lines]
