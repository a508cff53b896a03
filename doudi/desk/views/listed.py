"""特殊群体名单: who is on it, and who leaves it from a day on."""

import re
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from doudi.accounts.queries import actor_of, may, require, scope
from doudi.audit.journal import write
from doudi.clock.time import now, today
from doudi.desk.forms.listed import LeaveForm
from doudi.kernel.errors import Invalid
from doudi.people.actions.leave_group import leave_group
from doudi.people.queries import group_members, listed_member
from doudi.regions.queries import path_names
from doudi.ui.access import officer
from doudi.ui.words import beside
from doudi.vault.masking import mask_name

PAGE = 50


@officer("people.list")
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Whoever is on a list today in the own places; masked."""
    living = group_members(request.staff, "people.list").filter(until_on=None)
    number = request.GET.get("page", "1")
    wanted = int(number) if re.fullmatch(r"[0-9]{1,5}", number) else 1
    page = Paginator(living.order_by("group", "region_id", "pk"), PAGE).get_page(wanted)
    names = path_names(sorted({m.region_id for m in page}))
    shown = {
        "page": page,
        "rows": [(m, mask_name(m.person.name), names[m.region_id]) for m in page],
        "may_search": bool(scope(request.staff, "case.list")),
    }
    return render(request, "desk/listed.html", shown)


@officer("people.list")
@require_http_methods(["GET", "POST"])
def listed_one(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """One person's place on a list, and the form to end it; looking is journalled."""
    staff = request.staff
    found = listed_member(membership_id, staff)
    form = LeaveForm(request.POST or None, initial={"until_on": today()})
    if request.method == "POST":
        require(staff, "people.import", found.region_id)
        if form.is_valid() and _left(form, found, staff):
            return redirect("desk:listed")
    with transaction.atomic():
        about = f"person:{found.person_id}"
        write(
            "people.listed_viewed", actor=actor_of(staff), subject=about, chain=found.region_id[:6]
        )
    page = {
        "member": found,
        "name": mask_name(found.person.name),
        "place": path_names([found.region_id])[found.region_id],
        "form": form if may(staff, "people.import", found.region_id) else None,
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/listed_one.html", page, status=422 if form.errors else 200)


def _left(form: Any, found: Any, staff: Any) -> bool:
    """True when it was written; what is wrong stands beside its field."""
    data = form.cleaned_data
    try:
        leave_group(found.pk, data["until_on"], data["why"], by=staff, at=now())
    except Invalid as refusal:
        beside(form, refusal)
        return False
    return True
