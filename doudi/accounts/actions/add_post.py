"""任岗: gives a person a post in a region from a day on.

Clause: GB/T 22239 8.1.4.2 (separation of duties)
Move:   none      Right: staff.manage      Says: nothing
"""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from doudi.accounts.models import Post, Staff
from doudi.accounts.permissions import LEVELS, Role, may_join
from doudi.accounts.queries import actor_of, forget_posts, require_manage
from doudi.audit import journal
from doudi.audit.actor import Actor
from doudi.kernel.errors import Conflict, Invalid
from doudi.kernel.region_code import full
from doudi.regions.queries import get


@dataclass(frozen=True)
class Term:
    """From which day to which (None: open), and whom the person stands in for."""

    from_on: dt.date
    until_on: dt.date | None = None
    stands_in_for: Staff | None = None


def add_post(
    staff: Staff,
    role: Role,
    region_code: str,
    *,
    term: Term,
    by: Staff | Actor,
    at: dt.datetime,
) -> Post:
    """Returns the post. Invalid for a role at the wrong level or that may not join the others;
    NotFound for an unknown region; NotAllowed outside one's own region or for oneself.
    """
    region = get(region_code)
    require_manage(by, staff, [region.pk])
    if region.level not in LEVELS[role]:
        raise Invalid({"role": _("这个岗位不设在这一级：") + f"{role.label} · {region.name}"})
    if term.until_on and term.until_on < term.from_on:
        raise Invalid({"until_on": _("止期早于起期")})
    require_joinable(staff, role, term)
    try:
        with transaction.atomic():
            post = Post.objects.create(
                staff=staff,
                role=role.value,
                region=region,
                from_on=term.from_on,
                until_on=term.until_on,
                stands_in_for=term.stands_in_for,
            )
            journal.write(
                "staff.post_added",
                actor=actor_of(by),
                subject=f"staff:{staff.pk}",
                chain=_chain(region.pk),
                detail={"role": role.value, "region": region.pk, "from": term.from_on.isoformat()},
            )
    except IntegrityError:
        raise Conflict(_("此人已有这个岗位")) from None
    forget_posts(staff)
    return post


def require_joinable(staff: Staff, role: Role, term: Term) -> None:
    """Invalid when the person holds, on a day of the term, a post that may not be joined to it."""
    others = staff.posts.exclude(until_on__lt=term.from_on)
    if term.until_on:
        others = others.filter(from_on__lte=term.until_on)
    held = {Role(word) for word in others.values_list("role", flat=True)}
    for other in sorted(held - {role}, key=lambda r: r.value):
        if not may_join({role, other}):
            raise Invalid({"role": _("不相容的岗位：") + f"{other.label} / {role.label}"})


def _chain(region_code: str) -> str:
    """The journal's chain: the county, or the city for what stands above."""
    county = full(region_code)[:6]
    return "610700" if county.endswith("00") else county
