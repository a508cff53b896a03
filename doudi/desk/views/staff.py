"""人员: who works here, in which posts, and the links that let them in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from doudi.accounts.actions.add_post import Term, add_post
from doudi.accounts.actions.add_staff import add_staff
from doudi.accounts.actions.end_post import end_post
from doudi.accounts.actions.import_staff import import_staff
from doudi.accounts.actions.invite import invite
from doudi.accounts.actions.reinstate_staff import reinstate_staff
from doudi.accounts.actions.stand_in import stand_in
from doudi.accounts.actions.suspend_staff import suspend_staff
from doudi.accounts.permissions import Role
from doudi.accounts.queries import (
    region_by_words,
    region_choices,
    rights_of,
    second_factor_set,
    staff_by_account,
    staff_list,
    staff_template,
)
from doudi.clock.time import now, today
from doudi.desk.forms import staff as forms
from doudi.kernel.errors import Conflict, Invalid, NotFound
from doudi.ui.access import officer
from doudi.ui.words import beside

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PAGE = 50


@officer("staff.view")
@require_safe
def everyone(request: HttpRequest) -> HttpResponse:
    """The list, fifty a page, with posts and their dates."""
    people = staff_list(request.staff)
    words = request.GET.get("account", "").strip().lower()[:40]
    if words:
        people = people.filter(account__startswith=words)
    page = Paginator(people, PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "words": words,
        "query": f"account={words}&" if words else "",
        "people": [_person(p) for p in page],
        "may_manage": "staff.manage" in rights_of(request.staff),
    }
    return render(request, "desk/staff.html", shown)


def _person(staff: Any) -> dict[str, Any]:
    """One line: the person with posts that count, will count or did."""
    on = today()
    posts = [
        {
            "post": post,
            "role": Role(post.role).label,
            "living": post.from_on <= on and (post.until_on is None or post.until_on >= on),
            "open": post.until_on is None or post.until_on >= on,
        }
        for post in staff.posts.all()
    ]
    return {"member": staff, "posts": posts, "ready": second_factor_set(staff)}


@officer("staff.manage")
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """新增; the link is shown once, on the answer itself."""
    places = region_choices()
    form = forms.AddForm(request.POST or None)
    form.prepare(by_words=lambda words: region_by_words(words, places))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            staff, token = add_staff(
                data["account"],
                data["name"],
                posts=[(data["role"], data["region"])],
                phone=data["phone"],
                id_number=data["id_number"],
                by=request.staff,
                at=now(),
            )
        except (Invalid, Conflict) as refusal:
            beside(form, refusal)
        else:
            return _link_page(request, [(staff.account, token)])
    page = {"form": form, "places": list(places)}
    return render(request, "desk/staff_add.html", page, status=422 if form.errors else 200)


def _link_page(request: HttpRequest, tokens: list[tuple[str, str]]) -> HttpResponse:
    """The one-time links, once; they are kept nowhere."""
    links = [
        (account, request.build_absolute_uri(reverse("gate:invitation", args=[token])))
        for account, token in tokens
    ]
    return render(request, "desk/staff_links.html", {"links": links})


@officer("staff.manage")
@require_http_methods(["GET", "POST"])
def take_sheet(request: HttpRequest) -> HttpResponse:
    """导入: a check report row by row; all or nothing."""
    form = forms.SheetForm(request.POST or None, request.FILES or None)
    report = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            report = import_staff(
                data["file"], by=request.staff, at=now(), only_check=data["only_check"]
            )
        except Invalid as refusal:
            beside(form, refusal)
        else:
            if report.is_taken:
                return _link_page(request, report.invitations)
    bad = form.errors or (report and report.problems)
    page = {"form": form, "report": report}
    return render(request, "desk/staff_import.html", page, status=422 if bad else 200)


@officer("staff.manage")
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The empty sheet."""
    response = HttpResponse(staff_template(), content_type=EXCEL)
    response["Content-Disposition"] = 'attachment; filename="staff.xlsx"'
    return response


@officer("staff.view")
@require_safe
def person(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """One person: posts, and what can be changed."""
    return render(request, "desk/staff_person.html", _person_page(request, staff_id))


def _found(request: HttpRequest, staff_id: UUID) -> Any:
    found = staff_list(request.staff).filter(pk=staff_id).first()
    if found is None:
        raise NotFound(_("没有这个人"))
    return found


def _person_page(request: HttpRequest, staff_id: UUID, **bound: Any) -> dict[str, Any]:
    found = _found(request, staff_id)
    manage = "staff.manage" in rights_of(request.staff) and found.pk != request.staff.pk
    first = {"from_on": today(), "last_on": today(), "until_on": None}
    blank = {verb: change.form(initial=first) for verb, change in CHANGES.items()}
    return _person(found) | {
        "may_manage": manage,
        "forms": blank | bound,
        "stand_in_form": (blank | bound)["stand-in"],
        "places": list(region_choices()) if manage else [],
    }


@dataclass(frozen=True)
class Change:
    """A change to one person; what it returns, if anything, is the token of a new link."""

    words: Any
    form: type[Any]
    run: Callable[[Any, dict[str, Any], Any], Any]


def _add_post(staff: Any, data: dict[str, Any], by: Any) -> None:
    term = Term(data["from_on"], data["until_on"])
    add_post(staff, Role(data["role"]), data["region"], term=term, by=by, at=now())


def _end_post(staff: Any, data: dict[str, Any], by: Any) -> None:
    if not staff.posts.filter(pk=data["post"]).exists():
        raise NotFound
    end_post(data["post"], last_on=data["last_on"], by=by, at=now())


def _stand_in(staff: Any, data: dict[str, Any], by: Any) -> None:
    other = staff_by_account(data["for_account"].strip().lower())
    stand_in(staff, other, data["from_on"], data["until_on"], by=by, at=now())


def _invite(staff: Any, data: dict[str, Any], by: Any) -> str:
    return invite(staff, by=by, at=now())


def _suspend(staff: Any, data: dict[str, Any], by: Any) -> None:
    suspend_staff(staff, reason=data["reason"], by=by, at=now())


def _reinstate(staff: Any, data: dict[str, Any], by: Any) -> str:
    return reinstate_staff(staff, reason=data["reason"], by=by, at=now())


CHANGES = {
    "post": Change(gettext_lazy("任岗"), forms.PostForm, _add_post),
    "end": Change(gettext_lazy("离岗"), forms.EndPostForm, _end_post),
    "stand-in": Change(gettext_lazy("代班"), forms.StandInForm, _stand_in),
    "invite": Change(gettext_lazy("重新邀请"), forms.PlainForm, _invite),
    "suspend": Change(gettext_lazy("停用"), forms.ReasonForm, _suspend),
    "reinstate": Change(gettext_lazy("恢复"), forms.ReasonForm, _reinstate),
}


@officer("staff.manage")
@require_http_methods(["POST"])
def change(request: HttpRequest, staff_id: UUID, verb: str) -> HttpResponse:
    """One change; a refused one comes back with its words beside the field."""
    if verb not in CHANGES:
        raise NotFound
    wanted, found = CHANGES[verb], _found(request, staff_id)
    places = region_choices() if verb == "post" else {}
    form = wanted.form(request.POST)
    form.prepare(by_words=lambda words: region_by_words(words, places))
    if form.is_valid():
        try:
            token = wanted.run(found, form.cleaned_data, request.staff)
        except (Invalid, Conflict) as refusal:
            beside(form, refusal)
        else:
            if token:
                return _link_page(request, [(found.account, token)])
            return redirect("desk:staff_person", found.pk)
    page = _person_page(request, staff_id, **{verb: form})
    return render(request, "desk/staff_person.html", page, status=422)
