"""发放名册: prepared by one, checked by another, released by a third; a town reads its lines."""

import re
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doudi.accounts.queries import may, require, scope
from doudi.benefits import file, queries, worklist
from doudi.benefits.actions.check_roll import check_roll
from doudi.benefits.actions.lift_brake import lift_brake
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.actions.release_roll import release_roll
from doudi.benefits.actions.withdraw_release import withdraw_release
from doudi.benefits.flow import (
    DIFFERENCE_NAMES,
    PAYMENT_NAMES,
    ROLL_NAMES,
    RollStage,
    reason_name,
)
from doudi.clock.time import now, today
from doudi.desk.forms.finance import RosterForm
from doudi.desk.forms.rolls import (
    LiftForm,
    PrepareForm,
    ReleaseForm,
    ReturnForm,
    SignForm,
    WithdrawForm,
)
from doudi.desk.views import published
from doudi.kernel.errors import Invalid, NotAllowed, NotFound
from doudi.kernel.periods import Month
from doudi.regions.queries import path_names
from doudi.ui.access import officer
from doudi.ui.words import beside

PAGE, LISTED = 50, 200
ALL = 10_000  # the whole, in basis points
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
        "parts": queries.town_parts(found, staff),
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
    found = queries.roll(roll_id, request.staff)
    return _page(request, found, WithdrawForm(initial={"version": found.version}), 200)


def _page(request: HttpRequest, found: Any, form: WithdrawForm, status: int) -> HttpResponse:
    """The whole roll for the county; for a town its own lines, their sum, and nothing to press."""
    staff = request.staff
    towns = queries.towns_of(found, staff)
    payments = queries.payments_seen(found, staff)
    part = queries.town_parts([found], staff).get(found.pk, queries.Part()) if towns else None
    totals = file.totals(found, payments)
    number = request.GET.get("page", "1")
    wanted = int(number) if re.fullmatch(r"[0-9]{1,5}", number) else 1
    page = Paginator(range(totals.lines), PAGE).get_page(wanted)
    hung = None if towns else published.told(found, staff)
    names = path_names([found.county, *towns, *_codes(hung)])
    shown = {
        "roll": found,
        "county_name": names[found.county],
        "part": part,
        "town_names": [names[town] for town in towns],
        "lines": queries.lines(payments, page.number, PAGE),
        "page": page,
        "may_open_award": bool(scope(staff, "award.view")),
        "waiting": queries.waiting_seen(found, staff) if totals.waiting else [],
        "changes": None if towns else _changes(found, totals),
        "lift": LiftForm(initial={"version": found.version}) if _may_lift(found, staff) else None,
        "sums": [(PAYMENT_NAMES[k], part.fen) for k, part in totals.by_stage.items()],
        "stages": _stages(found),
        "next": {} if towns else _next(found, staff),
        "form": form,
        "release": ReleaseForm(),
        "whole": RosterForm(),
        "may_whole": not towns and may(staff, "roll.print", found.county),
        "budget": None if towns else worklist.budget_of(found),
        "hung": hung,
        "names": names,
        "share": f"{found.changed_share // 100}.{found.changed_share % 100:02d}%",
        "more_than_all": found.changed_share > ALL,
        "may_return": _may_return(found, staff),
        "back": ReturnForm(auto_id="id_back_%s"),
        "may_withdraw": _may_withdraw(found, staff),
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/roll.html", shown, status=status)


def _codes(hung: dict[str, Any] | None) -> list[str]:
    """The towns where a notice hangs."""
    return [code for code, _lines in hung["towns"]] if hung else []


def _changes(found: Any, totals: Any) -> dict[str, Any]:
    """What differs from last month, line by line, with the word for why."""
    rows = list(file.differences_of(found)[:LISTED])
    return {
        "before": totals.before,
        "sums": [(DIFFERENCE_NAMES[k], part) for k, part in totals.differs.items()],
        "rows": [{"row": row, "why": reason_name(row.reason)} for row in rows],
        "cut": len(rows) == LISTED,
    }


def _may_lift(found: Any, staff: Any) -> bool:
    """Whether the page offers to explain and lift the brake; the action decides."""
    waits = found.held and not found.lifted_by_id and found.stage == RollStage.DRAFT
    own = found.prepared_by_id == str(staff.pk)
    return waits and not own and may(staff, "roll.check", found.county)


def _may_withdraw(found: Any, staff: Any) -> bool:
    """Whether the page offers 撤回放行; the action decides."""
    released = found.stage == RollStage.RELEASED and found.kind == "monthly"
    return released and may(staff, "roll.withdraw", found.county)


def _may_return(found: Any, staff: Any) -> bool:
    """Whether the page offers 退回重编; the action decides."""
    checked = found.stage == RollStage.CHECKED and found.kind == "monthly"
    return checked and may(staff, "roll.check", found.county)


def _stages(found: Any) -> list[dict[str, Any]]:
    """The five stages with who did them and when, and who took a release back last."""
    hands = {
        RollStage.DRAFT: (found.prepared_by, found.prepared_at),
        RollStage.CHECKED: (found.checked_by, found.checked_at),
        RollStage.RELEASED: (found.released_by, found.released_at),
        RollStage.SENT: ("", found.sent_at),
        RollStage.SETTLED: ("", found.settled_at),
    }
    steps = [{"name": ROLL_NAMES[s], "by": by, "at": at} for s, (by, at) in hands.items()]
    if found.withdrawn_at:
        back = {"name": _("撤回放行"), "by": found.withdrawn_by, "at": found.withdrawn_at}
        steps.append(back)
    return steps


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
                "waits": verb == "release" and not published.is_over(found),
            }
    return {}


@officer("roll.view")
@require_POST
def roll_act(request: HttpRequest, roll_id: UUID, verb: str) -> HttpResponse:
    """复核, 公示, 退回, 放行 or 撤回放行; who may, is decided by the action."""
    found = queries.roll(roll_id, request.staff)
    if verb == "withdraw":
        return _withdraw(request, found)
    if verb == "lift":
        return _lift(request, found)
    if verb == "publish":
        return published.publish(request, found)
    if verb == "return":
        return published.send_back(request, found)
    if verb == "release":
        return _release(request, found)
    if verb not in SIGN:
        raise NotFound(_("没有这一步"))
    form = SignForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    SIGN[verb][0](found.pk, version=version, by=request.staff, at=now())
    return redirect("desk:roll", found.pk)


def _release(request: HttpRequest, found: Any) -> HttpResponse:
    """With the finance bureau's number of the batch."""
    require(request.staff, "roll.release", found.county)
    form = ReleaseForm(request.POST)
    said = form.cleaned_data if form.is_valid() else {"version": 0, "document": ""}
    release_roll(found.pk, said["document"], version=said["version"], by=request.staff, at=now())
    return redirect("desk:roll", found.pk)


def _lift(request: HttpRequest, found: Any) -> HttpResponse:
    """说明差异并放开; whoever may not is told so before the form is looked at."""
    require(request.staff, "roll.check", found.county)
    form = LiftForm(request.POST)
    said = form.cleaned_data if form.is_valid() else {"version": 0, "reason": ""}
    lift_brake(found.pk, said["reason"], version=said["version"], by=request.staff, at=now())
    return redirect("desk:roll", found.pk)


def _withdraw(request: HttpRequest, found: Any) -> HttpResponse:
    """Whoever may not is told so before the form is looked at."""
    require(request.staff, "roll.withdraw", found.county)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, 422)
    said = form.cleaned_data
    try:
        withdraw_release(
            found.pk, said["reason"], version=said["version"], by=request.staff, at=now()
        )
    except Invalid as refusal:
        beside(form, refusal)
        return _page(request, found, form, 422)
    return redirect("desk:roll", found.pk)
