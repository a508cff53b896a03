"""Who works here and what each may do where. Whatever no post gives is refused."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from doudi.accounts.figures.staff_sheet import staff_table
from doudi.accounts.figures.totp import code_at, step_at
from doudi.accounts.models import Invitation, Loan, Phrase, Post, Staff, Training
from doudi.accounts.permissions import RIGHTS, Role, may_join, rights_of_roles
from doudi.audit.actor import Actor
from doudi.clock.demo_mark import is_demo
from doudi.clock.time import today
from doudi.kernel.errors import NotAllowed, NotFound
from doudi.kernel.region_code import stem
from doudi.paper.workbook.template import write_template
from doudi.regions import queries as regions
from doudi.vault.index import blind_index

Row = TypeVar("Row", bound=Model)
CITY = "610700"
KEPT = "posts_kept"  # the attribute of a staff object that posts_of() keeps its answer in


def actor_of(staff: Staff | Actor) -> Actor:
    """Who acts, as the journal writes it; the system and citizens are actors already."""
    return staff if isinstance(staff, Actor) else Actor("staff", str(staff.pk), staff.name)


def living(on: dt.date) -> Q:
    """Posts that count on a day: begun, and not yet over."""
    return Q(from_on__lte=on) & (Q(until_on__isnull=True) | Q(until_on__gte=on))


def posts_of(staff: Staff, on: dt.date | None = None) -> list[Post]:
    """The posts that count on the day (default: today); none for suspended staff.

    Kept on the object for the day, so that one request asks the database once.
    """
    day = on or today()
    if not staff.is_active:
        return []
    kept: dict[dt.date, list[Post]] = getattr(staff, KEPT, {})
    if day not in kept:
        # By setattr, not by __dict__: the staff of a request comes in a lazy wrapper.
        setattr(staff, KEPT, kept)
        kept[day] = list(staff.posts.filter(living(day)).select_related("region", "stands_in_for"))
    return kept[day]


def staff_in_session(staff_id: str, on: dt.date) -> Staff | None:
    """Who is signed in, with the posts that count on the day; one query where he holds any."""
    mine = Post.objects.filter(living(on), staff_id=staff_id)
    posts = list(mine.select_related("staff", "region", "stands_in_for"))
    if not posts:
        return Staff.objects.filter(pk=staff_id).first()
    staff = posts[0].staff
    setattr(staff, KEPT, {on: posts})
    return staff


def covered_by(staff: Staff) -> dict[str, str]:
    """Whom the person stands in for today: name by id."""
    away = [p.stands_in_for for p in posts_of(staff) if p.stands_in_for]
    return {str(person.pk): person.name for person in away}


def chain_of(staff: Staff) -> str:
    """The journal's chain of what is done on no case: the county of the first post, or the city."""
    own = sorted(p.region_id[:6] for p in posts_of(staff))
    return own[0] if own else CITY


def forget_posts(staff: Staff) -> None:
    """Drops what posts_of() kept; every action that changes posts calls it."""
    setattr(staff, KEPT, {})


def roles_of(staff: Staff) -> set[Role]:
    """The roles held today, stand-ins included."""
    return {Role(post.role) for post in posts_of(staff)}


def rights_of(staff: Staff) -> set[str]:
    """Every right held today, wherever it holds."""
    return rights_of_roles(roles_of(staff))


def scope(staff: Staff, right: str) -> list[str]:
    """The code stems inside which the right holds today, those inside a wider one left out.

    KeyError for a right that is not in the registry: a typing error must not look like a refusal.
    """
    roles = RIGHTS[right].roles
    stems = {stem(p.region_id) for p in posts_of(staff) if Role(p.role) in roles}
    return sorted(s for s in stems if not any(s != wide and s.startswith(wide) for wide in stems))


def may(staff: Staff, right: str, region_code: str) -> bool:
    """Whether the right holds in the region (a code of 6, 9 or 12 digits)."""
    return any(region_code.startswith(stem) for stem in scope(staff, right))


def require(staff: Staff, right: str, region_code: str) -> None:
    """NotAllowed unless the right holds there."""
    if not may(staff, right, region_code):
        raise NotAllowed(right)


def require_manage(by: Staff | Actor, staff: Staff | None, regions: Iterable[str] = ()) -> None:
    """NotAllowed unless `by` manages staff in these regions and wherever `staff` has ever stood.

    Nobody manages himself. The system (the operator's command) may always.
    """
    if isinstance(by, Actor):
        if by.kind != "system":
            raise NotAllowed("staff.manage")
        return
    if staff is not None and staff.pk == by.pk:
        raise NotAllowed("staff.manage", _("不能管理自己的账号和岗位，请由另一名安全管理员办理"))
    places = set(regions)
    places |= set(staff.posts.values_list("region_id", flat=True)) if staff else set()
    if not places and not scope(by, "staff.manage"):
        raise NotAllowed("staff.manage")
    for place in places:
        require(by, "staff.manage", place)


def in_scope(rows: QuerySet[Row], staff: Staff, right: str, field: str) -> QuerySet[Row]:
    """Only the rows whose region code `field` lies where the right holds; nothing by default."""
    stems = scope(staff, right)
    if not stems:
        return rows.none()
    condition = Q()
    for prefix in stems:
        condition |= inside(prefix, field)
    return rows.filter(condition)


def inside(prefix: str, field: str) -> Q:
    """Rows whose code begins with the digits, said as a range: an index can serve it."""
    after = str(int(prefix) + 1).zfill(len(prefix))
    return Q(**{f"{field}__gte": prefix, f"{field}__lt": after})


def inside_any(stems: Iterable[str], field: str) -> Q:
    """Rows inside any of these places; none when there are no places."""
    found = Q(pk__in=[])
    for prefix in stems:
        found |= inside(prefix, field)
    return found


def members(stems: Iterable[str], on: dt.date) -> dict[str, bool]:
    """Everybody who holds or held a post inside these places: whether he still does, by id."""
    found: dict[str, bool] = {}
    posts = Post.objects.filter(inside_any(stems, "region_id"), from_on__lte=on)
    for pk, until, active in posts.values_list("staff_id", "until_on", "staff__is_active"):
        counts = active and (until is None or until >= on)
        found[str(pk)] = found.get(str(pk), False) or counts
    return found


def people(staff_ids: Iterable[str]) -> list[Staff]:
    """These people, by account."""
    return list(Staff.objects.filter(pk__in=list(staff_ids)).order_by("account"))


def staff_by_id(staff_id: UUID | str) -> Staff:
    """One member of staff; NotFound when there is none."""
    staff = Staff.objects.filter(pk=staff_id).first()
    if staff is None:
        raise NotFound(_("没有这个账号"))
    return staff


def staff_by_account(account: str) -> Staff:
    """One member of staff by account; NotFound when there is none."""
    staff = Staff.objects.filter(account=account).first()
    if staff is None:
        raise NotFound(_("没有这个账号"))
    return staff


def staff_list(staff: Staff) -> QuerySet[Staff]:
    """Everyone with a post where `staff` may look, with the posts; ordered by account."""
    visible = in_scope(Post.objects.all(), staff, "staff.view", "region__code").values("staff_id")
    everyone = Staff.objects.filter(pk__in=visible)
    return everyone.order_by("account").prefetch_related("posts__region", "posts__stands_in_for")


def assistants_of(staff: Staff) -> QuerySet[Post]:
    """The posts of village assistants where `staff` manages them, with person and village."""
    rows = in_scope(Post.objects.all(), staff, "assistant.manage", "region__code")
    found = rows.filter(role=Role.VILLAGE_ASSISTANT.value)
    return found.select_related("staff", "region", "stands_in_for").order_by("region_id", "from_on")


def phrases_of(town: str, verb: str = "") -> list[Phrase]:
    """An office's own ready words, of one verb or of all."""
    rows = Phrase.objects.filter(town=town)
    return list(rows.filter(verb=verb) if verb else rows)


def loans_of(staff: Staff) -> list[Loan]:
    """Loans that his offices ask for or are asked for, open ones first."""
    own = scope(staff, "loan.arrange")
    rows = Loan.objects.filter(inside_any(own, "town") | inside_any(own, "lender"))
    return list(rows.select_related("post__staff").order_by("answered_at", "-asked_at")[:100])


def lendable(lender: str, role: Role) -> list[Staff]:
    """Active people with a post of their own in an office who may hold the role beside it."""
    posts = Post.objects.filter(living(today()), staff__is_active=True, stands_in_for=None)
    if len(lender) == 6:
        posts = posts.filter(region_id=lender.ljust(12, "0"))
    else:
        posts = posts.filter(inside(lender, "region_id"))
    held: dict[Staff, set[Role]] = {}
    for post in posts.select_related("staff"):
        held.setdefault(post.staff, set()).add(Role(post.role))
    fit = [person for person, roles in held.items() if may_join({*roles, role})]
    return sorted(fit, key=lambda person: person.account)


def hours_trained(staff_ids: Iterable[UUID | str], year: int) -> dict[str, int]:
    """Staff id → hours of training in a calendar year; one query."""
    rows = Training.objects.filter(staff_id__in=list(staff_ids), on__year=year)
    sums = rows.values("staff_id").annotate(hours=Sum("hours"))
    return {str(row["staff_id"]): row["hours"] for row in sums}


def staff_holding(right: str, region_code: str, on: dt.date | None = None) -> list[Staff]:
    """Active staff who hold the right there on the day: visitors to choose from, people to tell."""
    roles = [role.value for role in RIGHTS[right].roles]
    posts = Post.objects.filter(living(on or today()), role__in=roles, staff__is_active=True)
    holders = {p.staff for p in posts.select_related("staff") if _covers(p, region_code)}
    return sorted(holders, key=lambda holder: holder.account)


def _covers(post: Post, region_code: str) -> bool:
    return region_code.startswith(stem(post.region_id))


def names_of(staff_ids: Iterable[UUID | str]) -> dict[str, str]:
    """The names that belong to the ids, by id as text."""
    found = Staff.objects.filter(pk__in=list(staff_ids)).values_list("pk", "name")
    return {str(pk): name for pk, name in found}


def accounts_of(staff_ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Name and account that belong to the ids, by id as text; one query."""
    found = Staff.objects.filter(pk__in=[UUID(pk) for pk in staff_ids if pk])
    rows = found.values_list("pk", "name", "account")
    return {str(pk): (name, account) for pk, name, account in rows}


def posts_held_by(staff_ids: Iterable[str]) -> dict[str, list[Post]]:
    """Every post, past ones too, of these people by id as text; one query.

    A post belongs to an office and is public; nothing else of the person is given.
    """
    held: dict[str, list[Post]] = {}
    ids = [UUID(pk) for pk in staff_ids if pk]
    for post in Post.objects.filter(staff__in=ids).select_related("region"):
        held.setdefault(str(post.staff_id), []).append(post)
    return held


def offices_cover(staff: Staff, region_code: str) -> bool:
    """Whether one of the person's posts lies around a place: its village, town, or county."""
    return any(_covers(post, region_code) for post in posts_of(staff))


def staff_named_in(words: str) -> set[str]:
    """The ids of active staff whose name stands in a text; for hiding it from them."""
    everyone = Staff.objects.filter(is_active=True).values_list("pk", "name")
    return {str(pk) for pk, name in everyone if len(name) > 1 and name in words}


def invitation_by_token(token: str, at: dt.datetime) -> Invitation:
    """The living invitation of a link; unknown, used and expired ones all answer NotFound alike."""
    found = Invitation.objects.filter(token_index=blind_index("token", token), used_at=None)
    invitation = found.filter(expires_at__gt=at).select_related("staff").first()
    if invitation is None or not invitation.staff.is_active:
        raise NotFound(_("这个链接已失效，请向管理员索取新的链接"))
    return invitation


def second_factor_set(staff: Staff) -> bool:
    """Whether the person has accepted an invitation and so has a second factor."""
    return bool(staff.totp_secret)


def demo_code(staff: Staff, at: dt.datetime) -> str:
    """The next code that will be taken, on a demonstration only; NotFound anywhere else."""
    if not is_demo() or not staff.totp_secret:
        raise NotFound
    # This half minute's code, or the one after the last used: a reader has half a minute at least.
    step = max(step_at(at), staff.totp_last_step + 1)
    return code_at(staff.totp_secret.open(), step)


def demo_staff() -> list[Staff]:
    """The accounts with plain names, for the demonstration's sign-in page; NotFound elsewhere."""
    if not is_demo():
        raise NotFound
    plain = Staff.objects.filter(is_active=True).exclude(account__regex=r"^[0-9]")
    return list(plain.order_by("account").prefetch_related("posts__region"))


def region_by_words(words: str, choices: dict[str, str]) -> str | None:
    """The 12-digit code of a code or of a name among region_choices(); None for anything else."""
    if re.fullmatch(r"[0-9]{6,12}", words):
        return words.ljust(12, "0") if regions.exists(words) else None
    return choices.get(words)


def region_choices() -> dict[str, str]:
    """Every city, county and town by the name that the template offers."""
    places = [*regions.cities(), *regions.counties(), *regions.towns()]
    codes = [place.pk for place in places]
    return {name: code for code, name in regions.path_names(codes).items()}


def staff_template() -> bytes:
    """The empty Excel sheet for import_staff, with roles and regions to choose from."""
    return write_template(staff_table({role.label: role.value for role in Role}, region_choices()))


def is_empty() -> bool:
    """Whether nobody works here yet: a new installation."""
    return not Staff.objects.exists()
