"""近亲属备案: who declared whom, whose number or name turns up again, and who has not declared.

A relative that was ended still counts for whatever was submitted before that was told.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from doudi.accounts.models import KinPromise, Post, Relative, Staff
from doudi.accounts.permissions import DECLARES, Role
from doudi.accounts.queries import in_scope, inside, living, require_manage, scope, staff_by_id
from doudi.audit.actor import Actor
from doudi.kernel.errors import NotAllowed, NotFound
from doudi.kernel.region_code import stem

TOWN, COUNTY = 9, 6


def require_declaring(by: Staff | Actor, staff: Staff) -> None:
    """NotAllowed unless `by` is the person, with a post that handles cases, or manages him."""
    if isinstance(by, Staff) and by.pk == staff.pk:
        if not scope(by, "kin.declare"):
            raise NotAllowed("kin.declare")
        return
    require_manage(by, staff)


def standing(staff: Staff) -> QuerySet[Relative]:
    """The declared relatives of a person that have not ended."""
    return Relative.objects.filter(staff=staff, ended_at=None)


def declared_by(staff: Staff) -> list[Relative]:
    """Everybody a person ever declared: those that stand first, the newest first."""
    rows = Relative.objects.filter(staff=staff).order_by("-declared_at")
    return sorted(rows, key=lambda relative: relative.ended_at is not None)


def last_promise(staff: Staff) -> KinPromise | None:
    """When the person last said that the list is whole."""
    return KinPromise.objects.filter(staff=staff).order_by("-at").first()


def has_declared(staff: Staff) -> bool:
    """Whether the person named somebody who stands, or promised that there is nobody to name."""
    return standing(staff).exists() or KinPromise.objects.filter(staff=staff).exists()


def relative_for(relative_id: UUID, by: Staff) -> Relative:
    """One record; NotFound alike for an unknown one and for one that is not his to touch."""
    found = Relative.objects.filter(pk=relative_id).select_related("staff").first()
    try:
        if found is None:
            raise NotFound(_("没有这条备案"))
        require_declaring(by, found.staff)
    except NotAllowed:
        raise NotFound(_("没有这条备案")) from None
    return found


def managed(staff_id: UUID, by: Staff) -> Staff:
    """Somebody for whom `by` may declare; NotFound alike for anybody else."""
    found = staff_by_id(staff_id)
    try:
        require_manage(by, found)
    except NotAllowed:
        raise NotFound(_("没有这个账号")) from None
    return found


# --- whose number or name turns up ---------------------------------------------------------


def standing_at(at: dt.datetime | None) -> Q:
    """Not ended, or ended only after the instant at which a case was submitted."""
    now_standing = Q(ended_at=None)
    return now_standing | Q(ended_at__gt=at) if at else now_standing


def relatives_among(id_indexes: Iterable[str], at: dt.datetime | None = None) -> list[Relative]:
    """Declared near relatives of active staff among these people (DB57 art 11)."""
    rows = Relative.objects.filter(standing_at(at), staff__is_active=True)
    return list(rows.filter(id_index__in=list(id_indexes)).select_related("staff"))


def relatives_called(names: Iterable[str], at: dt.datetime | None = None) -> list[Relative]:
    """Declared near relatives of active staff who bear one of these names, whatever the number."""
    rows = Relative.objects.filter(standing_at(at), staff__is_active=True)
    return list(rows.filter(name__in=list(names)).select_related("staff"))


def kin_of_staff() -> dict[str, set[str]]:
    """Keyed index of a number -> the staff whose own, or whose declared relative's, it is."""
    kin: dict[str, set[str]] = {}
    own = Staff.objects.exclude(id_index="").values_list("id_index", "pk")
    declared = Relative.objects.values_list("id_index", "staff_id")
    for index, pk in [*own, *declared]:
        if index:
            kin.setdefault(str(index), set()).add(str(pk))
    return kin


def kin_declared() -> set[str]:
    """The keyed numbers of every near relative that active staff declared; one query."""
    rows = Relative.objects.filter(staff__is_active=True).exclude(id_index=None)
    return set(rows.values_list("id_index", flat=True))


def kin_named(on: dt.date) -> dict[str, set[str]]:
    """The names of these relatives by the stem of each post of their officer; two queries."""
    stems: dict[UUID, set[str]] = {}
    posts = Post.objects.filter(living(on), staff__is_active=True)
    for staff_id, region in posts.values_list("staff_id", "region_id"):
        stems.setdefault(staff_id, set()).add(stem(region))
    found: dict[str, set[str]] = {}
    for staff_id, name in Relative.objects.values_list("staff_id", "name"):
        for place in stems.get(staff_id, ()):
            found.setdefault(place, set()).add(name)
    return found


# --- who has declared, who has not ---------------------------------------------------------


@dataclass
class Place:
    """A town, or the county's own office: how many should declare, and who has not yet."""

    code: str
    people: set[UUID] = field(default_factory=set)
    declared: int = 0
    missing: list[tuple[str, str]] = field(default_factory=list)  # name, post

    @property
    def should(self) -> int:
        """Everybody who handles cases there."""
        return len(self.people)


def declarations(staff: Staff, on: dt.date, at: str = "") -> list[Place]:
    """By town for a county, by county for the city; the most missing first. Three queries.

    Declared has whoever named a relative that stands, or promised that there is nobody to name.
    """
    wide = any(len(prefix) < COUNTY for prefix in scope(staff, "supervision.view"))
    width = COUNTY if wide and not at else TOWN
    told = set(KinPromise.objects.values_list("staff_id", flat=True))
    told |= set(Relative.objects.filter(ended_at=None).values_list("staff_id", flat=True))
    found: dict[str, Place] = {}
    for post in _posts(staff, on, at):
        code = stem(post.region_id)[:width]
        place = found.setdefault(code, Place(code))
        if post.staff_id in place.people:
            continue
        place.people.add(post.staff_id)
        if post.staff_id in told:
            place.declared += 1
        else:
            place.missing.append((post.staff.name, Role(post.role).label))
    return sorted(found.values(), key=lambda place: (-len(place.missing), place.code))


def _posts(staff: Staff, on: dt.date, at: str) -> list[Post]:
    rows = in_scope(Post.objects.all(), staff, "supervision.view", "region_id")
    if at:
        rows = rows.filter(inside(at, "region_id"))
    roles = [role.value for role in DECLARES]
    held = rows.filter(living(on), role__in=roles, staff__is_active=True)
    return list(held.select_related("staff").order_by("region_id", "staff__account"))
