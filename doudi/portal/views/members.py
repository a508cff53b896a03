"""One family member at a time: who, health and work, income and expenses."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from doudi.kernel.errors import Invalid
from doudi.portal import declaration as shape
from doudi.portal.drafts import keep, mine
from doudi.portal.forms.fields import posted
from doudi.portal.forms.household import MoneyForm, money_initial, money_kept
from doudi.portal.forms.person import MemberForm
from doudi.ui.access import applying
from doudi.vault.masking import mask_id

Json = dict[str, Any]
TAKEN = ("serious_illness", "illness", "student", "employed", "self_care_failed", "supporter")
WHO = ("relation", "name", "phone")


@applying
@require_http_methods(["GET", "POST"])
def member(request: Any, key: str) -> HttpResponse:
    """A member's page; `new` begins one. The applicant's shows health and work only."""
    draft, declaration = mine(request)
    person = _person(declaration, key)
    form = MemberForm(
        posted(request),
        initial=_initial(person),
        kept=mask_id(person["id_number"]),
        applicant=person["relation"] == "self",
        others=shape.others(declaration, person["key"]),
    )
    if request.method == "POST" and form.is_valid():
        _take(person, form.cleaned_data)
        if key == "new":
            declaration["members"].append(person)
        keep(draft, declaration, 3)
        return redirect("portal:apply_step", 3)
    page = {"form": form, "person": person, "key": key, "here": 3, "steps": range(7)}
    return render(request, "portal/apply_member.html", page, status=422 if form.errors else 200)


def _person(declaration: Json, key: str) -> Json:
    if key == "new":
        if len(declaration["members"]) >= shape.MOST_MEMBERS:
            raise Invalid({"members": "家庭成员最多30人"})
        return shape.member(shape.next_key(declaration))
    person = shape.of_key(declaration, key)
    if person is None:
        raise Http404
    return person


def _initial(person: Json) -> Json:
    disability = person["disability"] or {}
    return {
        **{field: person[field] for field in (*WHO, *TAKEN)},
        "disability_kind": disability.get("kind", ""),
        "disability_grade": str(disability.get("grade", "")),
        "excluded": person["excluded"] or "",
        "special": person.get("special") or "",
    }


def _take(person: Json, values: Json) -> None:
    person |= {field: values[field] for field in (*WHO, *TAKEN) if field in values}
    person["id_number"] = values.get("id_number") or person["id_number"]
    kind, grade = values["disability_kind"], values["disability_grade"]
    person["disability"] = {"kind": kind, "grade": int(grade)} if kind else None
    person["excluded"] = values["excluded"] or None
    person["special"] = values["special"] or None


@applying
@require_POST
def remove(request: Any, key: str) -> HttpResponse:
    """Takes a member out again; the applicant stays."""
    draft, declaration = mine(request)
    person = shape.of_key(declaration, key)
    if person and person["relation"] != "self":
        declaration["members"].remove(person)
        keep(draft, declaration, 3)
    return redirect("portal:apply_step", 3)


@applying
@require_http_methods(["GET", "POST"])
def money(request: Any, key: str) -> HttpResponse:
    """Twelve months of one person; what is left blank counts as none."""
    draft, declaration = mine(request)
    person = shape.of_key(declaration, key)
    if person is None:
        raise Http404
    form = MoneyForm(posted(request), initial=money_initial(person))
    if request.method == "POST" and form.is_valid():
        money_kept(person, form.cleaned_data)
        keep(draft, declaration, 4)
        return redirect("portal:apply_step", 4)
    page = {"form": form, "person": person, "here": 4, "steps": range(7)}
    return render(request, "portal/apply_money_of.html", page, status=422 if form.errors else 200)
