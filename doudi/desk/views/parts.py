"""分期发放: the plan of what is given once, agreed by another, and its conditions."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from doudi.accounts.queries import may, require, scope
from doudi.benefits import parts
from doudi.benefits.actions.plan_parts import agree_parts, meet_part, plan_parts
from doudi.benefits.figures import is_given_once
from doudi.clock.time import now
from doudi.desk.forms.parts import MetForm, PartsForm
from doudi.kernel.errors import Conflict, Invalid, NotFound
from doudi.ui.access import officer
from doudi.ui.words import beside
from doudi.upkeep.queries import award_for
from doudi.vault.masking import mask_name

RIGHTS = {"plan": "award.propose", "agree": "award.decide", "met": "award.propose"}


@officer("award.view")
@require_http_methods(["GET", "POST"])
def award_parts(request: HttpRequest, award_id: UUID) -> HttpResponse:
    """The parts with what became of them; planning, agreeing, confirming a condition."""
    staff = request.staff
    found = award_for(award_id, staff)
    if not is_given_once(found):
        raise NotFound("只有一次性的救助可以分期发放")
    verb = request.POST.get("verb", "plan") if request.method == "POST" else ""
    lines = parts.parts_of([found.pk]).get(found.pk, [])
    bounds, advances = parts.bounds_of(found), parts.advances_to(found)
    form = PartsForm(request.POST if verb == "plan" else None, most=bounds.most, advances=advances)
    met = MetForm(request.POST if verb == "met" else None)
    if request.method == "POST":
        require(staff, RIGHTS.get(verb, "award.decide"), found.town)
        if _did(request, found, verb, form, met):
            return redirect("desk:award_parts", found.pk)
    broken = next((f for f in (form, met) if f.errors), None)
    planned = bool(lines) and not lines[0].part.agreed_at
    open_still = parts.may_still_be_parted(found, lines)
    own = planned and lines[0].part.proposed_by_id == str(staff.pk)
    decides = planned and open_still and may(staff, "award.decide", found.town)
    page = {
        "award": found,
        "name": mask_name(found.payee_name),
        "lines": lines,
        "bounds": bounds,
        "plan": form if open_still and may(staff, "award.propose", found.town) else None,
        "agrees": decides and not own,
        "own": decides and own,
        "met": met if may(staff, "award.propose", found.town) else None,
        "form": broken,
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/award_parts.html", page, status=422 if broken else 200)


def _did(request: HttpRequest, found: Any, verb: str, form: PartsForm, met: MetForm) -> bool:
    """Whether it was done; forms carry what is wrong."""
    staff, at = request.staff, now()
    if verb == "plan":
        return form.is_valid() and _done(
            form, lambda: plan_parts(found.pk, form.parts(), by=staff, at=at)
        )
    if verb == "agree":
        agree_parts(found.pk, by=staff, at=at, seen=_seen(request))
        return True
    if verb == "met":
        part = _part(found, request.POST.get("part", ""))
        return met.is_valid() and _done(
            met, lambda: meet_part(part, met.cleaned_data["how"], by=staff, at=at)
        )
    raise Invalid({"verb": "没有这一步"})


def _seen(request: HttpRequest) -> UUID:
    """The first part of the plan on the page; nobody agrees to one that he did not see."""
    try:
        return UUID(request.POST.get("seen", ""))
    except ValueError:
        raise Conflict("分期计划刚刚改过，请看过再同意") from None


def _part(found: Any, wanted: str) -> UUID:
    """Only of this very award."""
    for line in parts.parts_of([found.pk]).get(found.pk, []):
        if str(line.part.pk) == wanted:
            return line.part.pk
    raise NotFound("没有这一期")


def _done(form: Any, deed: Callable[[], object]) -> bool:
    try:
        deed()
    except (Invalid, Conflict) as refusal:
        beside(form, refusal)
        return False
    return True
