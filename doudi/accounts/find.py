"""Finding who may take a piece of work: by right, place and posts of today."""

from collections.abc import Collection, Iterable, Mapping

from doudi.accounts.models import Post, Staff
from doudi.accounts.permissions import RIGHTS
from doudi.accounts.queries import living
from doudi.clock.time import today
from doudi.kernel.region_code import lineage, stem


def colleagues(right: str, places: Iterable[str], besides: Iterable[str]) -> list[Staff]:
    """Active staff who hold the right in every one of these places today, but for some."""
    return colleagues_for({right: (right, places)}, besides)[right]


def colleagues_for(
    wanted: Mapping[str, tuple[str, Iterable[str]]], besides: Iterable[str]
) -> dict[str, list[Staff]]:
    """The same for many rights at once, each with its places, by a name of its own; one query."""
    needs = {
        name: ({role.value for role in RIGHTS[right].roles}, sorted(places))
        for name, (right, places) in wanted.items()
    }
    every = {role for roles, _places in needs.values() for role in roles}
    posts = Post.objects.filter(living(today()), role__in=every, staff__is_active=True)
    if all(places for _roles, places in needs.values()):  # whoever stands there, or above: few
        above = {code for _roles, places in needs.values() for code in lineage(places[0])}
        posts = posts.filter(region_id__in=above)
    away = set(besides)
    there = [post for post in posts.select_related("staff") if str(post.staff_id) not in away]
    return {name: _fit(there, roles, places) for name, (roles, places) in needs.items()}


def _fit(posts: Iterable[Post], roles: Collection[str], places: Iterable[str]) -> list[Staff]:
    """Whoever by such posts of his stands at or above every one of these places, by account."""
    stems: dict[Staff, list[str]] = {}
    for post in posts:
        if post.role in roles:
            stems.setdefault(post.staff, []).append(stem(post.region_id))
    fit = [
        person
        for person, own in stems.items()
        if all(any(place.startswith(s) for s in own) for place in places)
    ]
    return sorted(fit, key=lambda person: person.account)
