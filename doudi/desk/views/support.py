"""社会帮扶: who is paired with whom, what households lack, what was promised and came."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doudi.accounts.queries import actor_of, may, require, scope
from doudi.audit.journal import write
from doudi.cases.file import case_file
from doudi.clock.time import now, today
from doudi.desk.forms.support import (
    GroupForm,
    HelpForm,
    NeedForm,
    PairForm,
    PartForm,
    WitnessForm,
)
from doudi.desk.views.case import frame, looked
from doudi.kernel.errors import Conflict, Invalid, WrongStage
from doudi.regions.queries import name_of, names_of, path_names
from doudi.support import queries
from doudi.support.actions.cancel_part import cancel_part
from doudi.support.actions.deliver_part import deliver_part
from doudi.support.actions.end_group import end_group
from doudi.support.actions.end_pairing import end_pairing
from doudi.support.actions.match import match
from doudi.support.actions.miss_part import miss_part
from doudi.support.actions.pair import Helper, pair
from doudi.support.actions.promise_part import Promise, promise_part
from doudi.support.actions.receive_part import receive_part
from doudi.support.actions.record_help import Done, record_help
from doudi.support.actions.register_group import Registered, register_group
from doudi.support.actions.state_need import Lack, state_need
from doudi.support.actions.take_back_need import take_back_need
from doudi.support.flow import PARTS
from doudi.ui.access import officer
from doudi.ui.words import beside
from doudi.vault.masking import mask_name

Page = dict[str, Any]


@officer("support.view")
@require_safe
def support(request: HttpRequest) -> HttpResponse:
    """What waits: needs with the offers for them, parts past their day, pairs without a record."""
    staff, on = request.staff, today()
    owed = queries.owed_parts(staff, on)
    places = names_of({p.village for p in owed})
    page = {
        "needs": [(n, mask_name(n.case.applicant_name)) for n in queries.open_needs(staff)],
        "parts": [(p, mask_name(p.whose), places.get(p.village, "")) for p in owed],
        "pairs": [(p, mask_name(p.case.applicant_name)) for p in queries.quiet_pairings(staff, on)],
        "quiet": queries.quiet_days(on),
        "today": on,
        "may_groups": bool(scope(staff, "group.view")),
    }
    return render(request, "desk/support.html", page)


@officer("support.view")
@require_http_methods(["GET", "POST"])
def case_support(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One household: its helpers, its needs, its goods and services, and a form for each."""
    staff = request.staff
    file = case_file(case_id, staff)
    require(staff, "support.view", file.case.town)
    which = request.POST.get("form", "") if request.method == "POST" else ""
    forms = {key: make(request.POST if key == which else None) for key, make in CASE_FORMS.items()}
    if which in forms and forms[which].is_valid() and _added(which, forms[which], file, staff):
        return redirect("desk:case_support", case_id)
    if request.method == "GET":
        looked(file, staff, "act:support")
    page = frame(file, staff) | {
        "forms": forms,
        "which": which,
        "household": queries.household(case_id),
        "may_arrange": may(staff, "support.arrange", file.case.town),
        "today": today(),
    }
    wrong = which and forms.get(which) is not None and forms[which].errors
    return render(request, "desk/case_support.html", page, status=422 if wrong else 200)


CASE_FORMS: dict[str, Any] = {"pair": PairForm, "need": NeedForm, "part": PartForm}


def _added(which: str, form: Any, file: Any, staff: Any) -> bool:
    given, ref = dict(form.cleaned_data), file.case.pk
    try:
        if which == "pair":
            pair(ref, Helper(**given), by=staff, at=now())
        elif which == "need":
            state_need(given.pop("token"), ref, Lack(**given), by=staff, at=now())
        else:
            token, value = given.pop("token"), given.pop("value")
            promise_part(token, ref, Promise(**given, value_fen=value), by=staff, at=now())
    except (Invalid, Conflict, WrongStage) as refusal:
        beside(form, refusal)
        return False
    return True


@officer("support.view")
@require_http_methods(["GET", "POST"])
def need(request: HttpRequest, need_id: UUID) -> HttpResponse:
    """A need and who offers to meet it; POST chooses one of them."""
    staff = request.staff
    found = queries.need_for(need_id, staff)
    if request.method == "POST":
        chosen = {str(o.pk): o for o in queries.offers_of(need_id)}
        picked = chosen.get(request.POST.get("offer", ""))
        kind = request.POST.get("kind", "")
        if picked and kind in PARTS:
            match(picked.pk, kind, by=staff, at=now())
            return redirect("desk:need", need_id)
    _looked(found, staff, "support.need_viewed")
    page = {
        "need": found,
        "name": mask_name(found.case.applicant_name),
        "what": found.what.open(),
        "offers": queries.offers_of(need_id),
        "parts": found.parts.all(),
        "kinds": PARTS.items(),
        "may_arrange": may(staff, "support.arrange", found.town),
        "may_open_case": may(staff, "case.view", found.town),
        "today": today(),
    }
    return render(request, "desk/need.html", page, status=422 if request.method == "POST" else 200)


@officer("support.arrange")
@require_POST
def need_back(request: HttpRequest, need_id: UUID) -> HttpResponse:
    """收回需求, said at the window or on the telephone."""
    found = queries.need_for(need_id, request.staff)
    take_back_need(found.pk, by=request.staff, at=now())
    return redirect("desk:case_support", found.case_id)


@officer("support.view")
@require_http_methods(["GET", "POST"])
def pairing(request: HttpRequest, pairing_id: UUID) -> HttpResponse:
    """One helper's record, and the form for one more line."""
    staff = request.staff
    found = queries.pairing_for(pairing_id, staff)
    form = HelpForm(request.POST if request.method == "POST" else None, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            record_help(found.pk, Done(**form.cleaned_data), by=staff, at=now())
            return redirect("desk:pairing", pairing_id)
        except Invalid as refusal:
            beside(form, refusal)
    _looked(found, staff, "support.pair_viewed")
    page = {
        "pairing": found,
        "name": mask_name(found.case.applicant_name),
        "helps": [(h, h.what.open()) for h in found.helps.order_by("-on", "-at")[:100]],
        "form": form,
        "may_record": found.until_on is None and may(staff, "support.record", found.village),
        "may_arrange": found.until_on is None and may(staff, "support.arrange", found.town),
        "may_open_case": may(staff, "case.view", found.town),
    }
    return render(request, "desk/pairing.html", page, status=422 if form.errors else 200)


@officer("support.arrange")
@require_POST
def pairing_end(request: HttpRequest, pairing_id: UUID) -> HttpResponse:
    """结束结对."""
    found = queries.pairing_for(pairing_id, request.staff)
    end_pairing(found.pk, by=request.staff, at=now())
    return redirect("desk:case_support", found.case_id)


@officer("support.arrange")
@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, part_id: UUID) -> HttpResponse:
    """One promise of goods or service: delivered, received with a witness, missing, cancelled."""
    staff = request.staff
    found = queries.part_for(part_id, staff)
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    form = WitnessForm(request.POST if deed == "receive" else None)
    if deed in PART_DEEDS:
        PART_DEEDS[deed](found.pk, by=staff, at=now())
        return redirect("desk:part", part_id)
    if deed == "receive" and form.is_valid():
        try:
            receive_part(found.pk, form.cleaned_data["witness"], by=staff, at=now())
            return redirect("desk:part", part_id)
        except Invalid as refusal:
            beside(form, refusal)
    page = {
        "part": found,
        "name": mask_name(found.whose),
        "place": name_of(found.village),
        "witness": mask_name(found.witness.open() or ""),
        "form": form,
        "today": today(),
    }
    return render(request, "desk/part.html", page, status=422 if deed else 200)


PART_DEEDS: dict[str, Any] = {
    "deliver": deliver_part,
    "miss": miss_part,
    "cancel": cancel_part,
}


@officer("group.view")
@require_http_methods(["GET", "POST"])
def groups(request: HttpRequest) -> HttpResponse:
    """The registered groups of the county, and the form for one more."""
    staff = request.staff
    counties = [(code[:6], path_names([code])[code]) for code in scope(staff, "group.register")]
    form = GroupForm(request.POST if request.method == "POST" else None, counties=counties)
    if request.method == "POST" and form.is_valid():
        try:
            register_group(Registered(**form.cleaned_data), by=staff, at=now())
            return redirect("desk:groups")
        except (Invalid, Conflict) as refusal:
            beside(form, refusal)
    page = {"groups": queries.groups_for(staff), "form": form, "may_register": bool(counties)}
    return render(request, "desk/groups.html", page, status=422 if form.errors else 200)


@officer("group.register")
@require_POST
def group_end(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """注销登记."""
    end_group(group_id, by=request.staff, at=now())
    return redirect("desk:groups")


def _looked(about: Any, staff: Any, action: str) -> None:
    with transaction.atomic():
        subject = f"case:{about.case_id}"
        write(action, actor=actor_of(staff), subject=subject, chain=about.county)
