"""发放名册: prepared by one, checked by another, released by a third."""

import re
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doudi.accounts.queries import may, scope
from doudi.benefits import queries
from doudi.benefits.actions.check_roll import check_roll
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.actions.release_roll import release_roll
from doudi.benefits.flow import PAYMENT_NAMES, ROLL_NAMES, RollStage
from doudi.clock.time import now, today
from doudi.desk.forms.rolls import PrepareForm, SignForm
from doudi.kernel.errors import NotAllowed, NotFound
from doudi.kernel.periods import Month
from doudi.regions.queries import path_names
from doudi.ui.access import officer

PAGE = 50
SIGN = {
    "check": (check_roll, "roll.check", RollStage.DRAFT, gettext_lazy("复核")),
    "release": (release_roll, "roll.release", RollStage.CHECKED, gettext_lazy("放行")),
}


@officer("roll.view")
@require_http_methods(["GET", "POST"])
def rolls(request: HttpRequest) -> HttpResponse:
    """Every roll in scope; whoever may prepare one does it here."""
    staff = request.staff
    counties = [stem for stem in scope(staff, "roll.prepare") if len(stem) == 6]
    names = path_names([*counties]) if counties else {}
    form = PrepareForm(request.POST or None, initial={"month": str(Month.of(today()))})
    form.prepare(counties=[(code, names[code]) for code in counties])
    if request.method == "POST" and not counties:
        raise NotAllowed("roll.prepare")
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = prepare_roll(data["county"], data["month"], by=staff, at=now())
        return redirect("desk:roll", made.pk)
    found = list(queries.rolls(staff)[:120])
    page = {
        "rolls": found,
        "county_names": path_names(sorted({r.county for r in found})) if found else {},
        "form": form,
        "may_prepare": bool(counties),
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/rolls.html", page, status=422 if form.errors else 200)


@officer("roll.view")
@require_safe
def roll(request: HttpRequest, roll_id: UUID) -> HttpResponse:
    """Lines, totals, what changed since last month, and whose hand is next."""
    staff = request.staff
    found = queries.roll(roll_id, staff)
    number = request.GET.get("page", "1")
    wanted = int(number) if re.fullmatch(r"[0-9]{1,5}", number) else 1
    page = Paginator(range(found.household_count), PAGE).get_page(wanted)
    shown = {
        "roll": found,
        "county_name": path_names([found.county])[found.county],
        "lines": queries.lines(found, page.number, PAGE),
        "page": page,
        "changes": queries.differences(found),
        "sums": [(PAYMENT_NAMES[k], v) for k, v in queries.sums(found).items()],
        "stages": _stages(found),
        "next": _next(found, staff),
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/roll.html", shown)


def _stages(found: Any) -> list[dict[str, Any]]:
    """The five stages with who did them and when."""
    hands = {
        RollStage.DRAFT: (found.prepared_by, found.prepared_at),
        RollStage.CHECKED: (found.checked_by, found.checked_at),
        RollStage.RELEASED: (found.released_by, found.released_at),
        RollStage.SENT: ("", found.sent_at),
        RollStage.SETTLED: ("", found.settled_at),
    }
    return [{"name": ROLL_NAMES[s], "by": by, "at": at} for s, (by, at) in hands.items()]


def _next(found: Any, staff: Any) -> dict[str, Any]:
    """The verb that comes next: may this person do it, or why not."""
    for verb, (_action, right, stage, word) in SIGN.items():
        if found.stage == stage:
            own = str(staff.pk) in (found.prepared_by_id, found.checked_by_id)
            return {
                "verb": verb,
                "word": word,
                "may": may(staff, right, found.county) and not own,
                "own": own and may(staff, right, found.county),
            }
    return {}


@officer("roll.view")
@require_POST
def roll_act(request: HttpRequest, roll_id: UUID, verb: str) -> HttpResponse:
    """复核 or 放行; who may, is decided by the action."""
    if verb not in SIGN:
        raise NotFound(_("没有这一步"))
    found = queries.roll(roll_id, request.staff)
    form = SignForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    SIGN[verb][0](found.pk, version=version, by=request.staff, at=now())
    return redirect("desk:roll", found.pk)
