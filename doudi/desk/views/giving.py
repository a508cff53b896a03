"""需求对接: the door of a registered group; it sees what people agreed to show, and no more."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doudi.accounts.queries import actor_of
from doudi.audit.journal import write
from doudi.clock.time import now, today
from doudi.desk.forms.support import OfferForm
from doudi.kernel.errors import Conflict, Invalid, NotFound
from doudi.regions.queries import office_phone, path_name, path_names
from doudi.support import queries
from doudi.support.actions.deliver_part import deliver_part
from doudi.support.actions.offer import offer
from doudi.support.actions.withdraw_offer import withdraw_offer
from doudi.support.flow import DELIVERED, MATCHED, PROMISED
from doudi.ui.access import officer
from doudi.ui.words import beside


@officer("need.offer")
@require_safe
def giving(request: HttpRequest) -> HttpResponse:
    """The county's needs that wait, and what this group was asked to bring."""
    group = queries.group_of(request.staff)
    needs = queries.needs_to_meet(group) if group else []
    places = path_names([n.village for n in needs], "town") if needs else {}
    page = {
        "group": group,
        "needs": [(n, n.what.open(), places[n.village]) for n in needs],
        "parts": queries.given_by(group) if group else [],
        "today": today(),
    }
    return render(request, "desk/giving.html", page)


@officer("need.offer")
@require_http_methods(["GET", "POST"])
def giving_need(request: HttpRequest, need_id: UUID) -> HttpResponse:
    """One need: offer to meet it; name and phone only where it was agreed, and only to the one."""
    staff = request.staff
    group = queries.group_of(staff)
    if group is None:
        raise NotFound("没有这条帮扶信息")
    found = queries.need_to_meet(group, need_id)
    form = OfferForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            offer(found.pk, given["what"], given["by_on"], by=staff, at=now())
            return redirect("desk:giving_need", need_id)
        except (Invalid, Conflict) as refusal:
            beside(form, refusal)
    page = {
        "need": found,
        "what": found.what.open(),
        "place": path_name(found.village),
        "town_phone": office_phone(found.town),
        "own": queries.own_offer(group, need_id),
        "contact": _contact(found, staff),
        "form": form,
    }
    return render(request, "desk/giving_need.html", page, status=422 if form.errors else 200)


def _contact(need: Any, staff: Any) -> dict[str, str]:
    """Name and phone for the group that the town matched, where the household agreed to it."""
    asked = need.parts.filter(state__in=(PROMISED, DELIVERED)).exists()
    if not (need.state == MATCHED and asked and need.with_name):
        return {}
    with transaction.atomic():
        subject = f"case:{need.case_id}"
        write("support.contact_revealed", actor=actor_of(staff), subject=subject, chain=need.county)
    phone = need.case.application.phone.open() or ""
    return {"name": need.case.applicant_name, "phone": phone}


@officer("need.offer")
@require_POST
def giving_back(request: HttpRequest, need_id: UUID) -> HttpResponse:
    """撤回报名."""
    withdraw_offer(need_id, by=request.staff, at=now())
    return redirect("desk:giving")


@officer("need.offer")
@require_POST
def giving_done(request: HttpRequest, part_id: UUID) -> HttpResponse:
    """已送到, said by the group that brought it."""
    deliver_part(part_id, by=request.staff, at=now())
    return redirect("desk:giving")
