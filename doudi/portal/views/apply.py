"""就办: seven steps, saved at each; nothing is asked that the state knows."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from doudi.clock.time import today
from doudi.portal import declaration as shape
from doudi.portal.drafts import keep, mine
from doudi.portal.forms.fields import posted
from doudi.portal.forms.household import HouseholdForm, household_initial, household_kept
from doudi.portal.forms.person import PermitForm, SelfForm
from doudi.portal.views import submit, window
from doudi.portal.views.photos import photos
from doudi.regions import queries as regions
from doudi.ui.access import Window, applying, public, resident_of
from doudi.vault.masking import mask_account, mask_id

Json = dict[str, Any]
OUTSIDE = "000000000000"


def sign(request: Any) -> HttpResponse:
    """Step 7: by the own phone, or on paper at a window."""
    at_window = isinstance(request.resident, Window)
    return window.sign(request) if at_window else submit.sign(request)


@public
@require_safe
def start(request: Any) -> HttpResponse:
    """What is needed and what will happen, before anything is asked."""
    return render(request, "portal/apply_start.html", {"known": bool(resident_of(request))})


@applying
@require_http_methods(["GET", "POST"])
def step(request: Any, number: int) -> HttpResponse:
    """The page of a step; 1 is the page to read."""
    pages = {2: applicant, 3: family, 4: money, 5: household, 6: photos, 7: sign}
    if number == 1:
        return redirect("portal:apply_start")
    if number not in pages:
        raise Http404
    return pages[number](request)


def applicant(request: Any) -> HttpResponse:
    """Step 2: who, and where at home."""
    draft, declaration = mine(request)
    person = declaration["applicant"]
    if not person["region"]:
        return redirect("portal:apply_place", "live")
    kept = mask_id(person["id_number"])
    initial = {"name": person["name"], "address": person["address"], "hukou": _hukou(person)}
    form = SelfForm(posted(request), initial=initial, kept=kept)
    if request.method == "POST":
        valid = form.is_valid()
        _applicant_kept(person, form.values())
        keep(draft, declaration, 2)
        if valid:
            return redirect(*_after_applicant(form.cleaned_data["hukou"], person))
        form = _without_number(form, request, person)
    page = {"form": form, "place": regions.path_name(person["region"]), "phone": person["phone"]}
    return _page(request, "applicant", 2, form, page)


def _applicant_kept(person: Json, values: Json) -> None:
    for field in ("name", "address"):
        person[field] = values.get(field) or person[field]
    person["id_number"] = values.get("id_number") or person["id_number"]
    hukou, here = values.get("hukou"), person["region"]
    if hukou == "here":
        person |= {"registered_region": here[:9], "registered_address": "", "permit": None}
    elif hukou == "outside":
        person["registered_region"] = OUTSIDE
    elif hukou == "city" and person["registered_region"][:6] in ("", here[:6], OUTSIDE[:6]):
        person["registered_region"] = ""


def _without_number(form: SelfForm, request: Any, person: Json) -> SelfForm:
    """The form again with its errors; a number that was right is shown back only masked."""
    if not form.values().get("id_number"):
        return form
    typed = request.POST.copy()
    typed["id_number"] = ""
    return SelfForm(typed, kept=mask_id(person["id_number"]))


def _hukou(person: Json) -> str:
    registered = person["registered_region"]
    if registered == OUTSIDE:
        return "outside"
    if not registered:
        return ""
    return "here" if registered[:6] == person["region"][:6] else "city"


def _after_applicant(hukou: str, person: Json) -> tuple[Any, ...]:
    if hukou == "here":
        return ("portal:apply_step", 3)
    if hukou == "city" and not person["registered_region"]:
        return ("portal:apply_place", "hukou")
    return ("portal:apply_permit",)


@applying
@require_http_methods(["GET", "POST"])
def permit(request: Any) -> HttpResponse:
    """Hukou elsewhere: the residence permit lets people apply where they live."""
    draft, declaration = mine(request)
    person = declaration["applicant"]
    initial = {"registered_address": person["registered_address"], **(person["permit"] or {})}
    form = PermitForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        person["registered_address"] = values["registered_address"]
        person["permit"] = values["issued"] and {
            "issued": values["issued"].isoformat(),
            "last_endorsed": values["last_endorsed"].isoformat(),
            "registered_region": person["registered_region"][:9],
        }
        keep(draft, declaration, 2)
        return redirect("portal:apply_step", 3)
    registered = person["registered_region"]
    known = registered and registered != OUTSIDE
    page = {"place": regions.path_name(registered) if known else ""}
    return _page(request, "permit", 2, form, page)


def family(request: Any) -> HttpResponse:
    """Step 3: everybody who lives and eats together."""
    draft, declaration = mine(request)
    members = [_card(m) for m in declaration["members"]]
    if request.method == "POST":
        unfinished = [m for m in members if not m["complete"]]
        if not unfinished:
            keep(draft, declaration, 3)
            return redirect("portal:apply_step", 4)
        return _page(request, "family", 3, None, {"members": members, "unfinished": unfinished})
    return _page(request, "family", 3, None, {"members": members})


def _card(member: Json) -> Json:
    on = today()
    return {
        **{k: member[k] for k in ("key", "name", "relation", "disability", "serious_illness")},
        "id_number": mask_id(member["id_number"]),
        "age": shape.age(member, on),
        "sex": shape.sex_of(member),
        "student": member["student"] if member["student"] != "none" else "",
        "complete": bool(member["name"] and member["id_number"] and member["relation"]),
        "income": shape.total_fen(member["income"]),
        "expense": shape.total_fen(member["expenses"]),
    }


def money(request: Any) -> HttpResponse:
    """Step 4: the last twelve months, person by person."""
    draft, declaration = mine(request)
    if request.method == "POST":
        keep(draft, declaration, 4)
        return redirect("portal:apply_step", 5)
    return _page(request, "money", 4, None, {"members": map(_card, declaration["members"])})


def household(request: Any) -> HttpResponse:
    """Step 5: what the household owns, why it applies, where the money goes."""
    draft, declaration = mine(request)
    bank = declaration["applicant"].get("bank") or {}
    form = HouseholdForm(
        posted(request),
        initial=household_initial(declaration),
        kept_account=mask_account(bank.get("account", "")),
    )
    if request.method == "POST":
        valid = form.is_valid()
        household_kept(declaration, form.values())
        keep(draft, declaration, 5)
        if valid:
            return redirect("portal:apply_step", 6)
    return _page(request, "household", 5, form, {})


def _page(request: HttpRequest, name: str, here: int, form: Any, more: Json) -> HttpResponse:
    """One step in its frame; 422 when something has to be mended."""
    wrong = bool(form is not None and form.errors) or bool(more.get("unfinished"))
    page = {"form": form, "here": here, "steps": range(7), **more}
    return render(request, f"portal/apply_{name}.html", page, status=422 if wrong else 200)
