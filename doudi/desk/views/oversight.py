"""监督台: what waits by town, each number with its list; relatives, flags and slips settled."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from doudi.accounts.queries import may, scope
from doudi.accounts.relatives import declarations
from doudi.cases.file import case_file, hands_on
from doudi.clock.time import now, today
from doudi.desk.forms.oversight import FlagForm, MatchForm, SlipDecisionForm, SlipForm
from doudi.desk.views.case import looked
from doudi.kernel.errors import DoudiError, NotAllowed, NotFound
from doudi.regions.queries import path_names
from doudi.supervision import worklist
from doudi.supervision.actions.decide_slip import decide_slip
from doudi.supervision.actions.file_slip import file_slip
from doudi.supervision.actions.see_flag import see_flag
from doudi.supervision.actions.settle_match import settle_match
from doudi.supervision.flow import ASKED, FLAGS, OPEN
from doudi.ui.access import officer
from doudi.ui.words import beside

KINDS = {
    "late": _("超期办件"),
    "sheets": _("督办单未答复"),
    "checks": _("待核查"),
    "checks_late": _("核查超期"),
    "flags": _("超常规决定"),
    "matches": _("疑似近亲属"),
    "slips": _("善意差错"),
}
TOWN, COUNTY = 9, 6


@officer("supervision.view")
@require_safe
def oversight(request: HttpRequest) -> HttpResponse:
    """A county sees its towns, the city its counties; the busiest first."""
    staff = request.staff
    wide = any(len(prefix) < COUNTY for prefix in scope(staff, "supervision.view"))
    lines, sums = worklist.by_place(staff, today(), COUNTY if wide else TOWN)
    names = path_names([line.code for line in lines]) if lines else {}
    page = {
        "kinds": KINDS,
        "sums": [(kind, words, sums.get(kind, 0)) for kind, words in KINDS.items()],
        "lines": [
            (line.code, names[line.code], [(kind, line.counts.get(kind, 0)) for kind in KINDS])
            for line in lines
        ],
        "wide": wide,
    }
    return render(request, "desk/oversight.html", page | _find(staff))


@officer("supervision.view")
@require_safe
def listed(request: HttpRequest, which: str) -> HttpResponse:
    """The rows behind a number; `?at=` a town or county."""
    if which not in KINDS:
        raise NotFound("没有这张清单")
    at = request.GET.get("at", "")
    at = at if at.isdigit() and len(at) in (COUNTY, TOWN) else ""
    rows = worklist.listed(which, request.staff, today(), at)
    codes = sorted({_case(row).town for row in rows})
    page = {
        "which": which,
        "title": KINDS[which],
        "at": at,
        "rows": [(row, _case(row)) for row in rows],
        "towns": path_names(codes, "town") if codes else {},
        "flags": FLAGS,
        "may_urge": bool(scope(request.staff, "supervision.urge")),
    }
    return render(request, "desk/oversight_list.html", page | _find(request.staff))


def _case(row: Any) -> Any:
    return getattr(row, "case", row)


@officer("supervision.view")
@require_http_methods(["GET", "POST"])
def flag(request: HttpRequest, flag_id: UUID) -> HttpResponse:
    """What is beyond the ordinary, the town's reason, and the county's word."""
    found, staff = worklist.flag_for(flag_id, request.staff), request.staff
    form = FlagForm(request.POST or None)

    def deed(data: dict[str, Any]) -> object:
        return see_flag(found.pk, data["word"], check=data["check"], by=staff, at=now())

    if request.method == "POST" and _done(request, "supervision.check", found.county, form, deed):
        return redirect("desk:oversight_list", "flags")
    page = {"flag": found, "kinds": [FLAGS[kind] for kind in found.kinds], "form": form}
    page["may_raise"] = may(staff, "rectify.raise", found.town)
    page["may_see"] = not found.seen_at and may(staff, "supervision.check", found.county)
    return _answer(request, "desk/flag.html", page, form)


@officer("supervision.view")
@require_http_methods(["GET", "POST"])
def match(request: HttpRequest, match_id: UUID) -> HttpResponse:
    """An officer's relative and a member of the household bear one name: is it he?"""
    found, staff = worklist.match_for(match_id, request.staff), request.staff
    form = MatchForm(request.POST or None)

    def deed(data: dict[str, Any]) -> object:
        is_kin = data["is_kin"] == "yes"
        return settle_match(found.pk, is_kin, data["why"], by=staff, at=now())

    if request.method == "POST" and _done(request, "supervision.check", found.county, form, deed):
        return redirect("desk:oversight_list", "matches")
    members = found.case.application.declaration.open()["members"]
    name = next((m["name"] for m in members if m["key"] == found.member_key), "")
    page = {"match": found, "name": name, "form": form}
    page["may_settle"] = found.state == ASKED and may(staff, "supervision.check", found.county)
    return _answer(request, "desk/match.html", page, form)


@officer("supervision.view")
@require_safe
def relatives(request: HttpRequest) -> HttpResponse:
    """近亲属办件台账: every case filed as a near relative's, with what the county's check found."""
    rows = worklist.register(request.staff)
    codes = sorted({case.town for case, _check in rows})
    towns = path_names(codes, "town") if codes else {}
    page = {"rows": rows, "towns": towns, "may_print": bool(scope(request.staff, "case.print"))}
    return render(request, "desk/relatives.html", page | _find(request.staff))


@officer("supervision.view")
@require_safe
def declared(request: HttpRequest) -> HttpResponse:
    """近亲属备案情况: of each town how many have declared, and who has not; `?at=` a county."""
    at = request.GET.get("at", "")
    at = at if at.isdigit() and len(at) == COUNTY else ""
    places = declarations(request.staff, today(), at)
    names = path_names([place.code for place in places]) if places else {}
    is_city = any(len(prefix) < COUNTY for prefix in scope(request.staff, "supervision.view"))
    page = {
        "lines": [(place, names[place.code]) for place in places],
        "by_county": is_city and not at,
        "should": sum(place.should for place in places),
        "told": sum(place.declared for place in places),
        "at": at,
    }
    return render(request, "desk/kin_declared.html", page | _find(request.staff))


@officer("slip.file")
@require_http_methods(["GET", "POST"])
def case_slip(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """An officer writes down his own error in a case of his."""
    file, staff = case_file(case_id, request.staff), request.staff
    if str(staff.pk) not in hands_on(file.case):
        raise NotAllowed("slip.file", "只能登记您自己经办的办件")
    form = SlipForm(request.POST or None)

    def deed(data: dict[str, Any]) -> object:
        return file_slip(file.case.pk, data["what"], data["mended"], by=staff, at=now())

    if request.method == "POST" and _done(request, "slip.file", file.case.town, form, deed):
        return redirect("desk:slips")
    looked(file, staff, "slip")
    return _answer(request, "desk/case_slip.html", {"case": file.case, "form": form}, form)


@officer("")
@require_safe
def slips(request: HttpRequest) -> HttpResponse:
    """One's own, or the county's; whoever may do neither has none."""
    staff = request.staff
    if not (scope(staff, "slip.file") or scope(staff, "slip.decide")):
        raise NotAllowed("slip.file")
    return render(request, "desk/slips.html", {"slips": worklist.slips_for(staff)} | _find(staff))


@officer("")
@require_http_methods(["GET", "POST"])
def slip(request: HttpRequest, slip_id: UUID) -> HttpResponse:
    """One error, told and mended; the county decides."""
    staff = request.staff
    if not (scope(staff, "slip.file") or scope(staff, "slip.decide")):
        raise NotAllowed("slip.file")
    found = worklist.slip_for(slip_id, staff)
    form = SlipDecisionForm(request.POST or None)

    def deed(data: dict[str, Any]) -> object:
        return decide_slip(found.pk, data["excused"] == "yes", data["why"], by=staff, at=now())

    if request.method == "POST" and _done(request, "slip.decide", found.county, form, deed):
        return redirect("desk:slips")
    page = {"slip": found, "what": found.what.open(), "mended": found.mended.open(), "form": form}
    page["may_decide"] = found.state == OPEN and may(staff, "slip.decide", found.county)
    return _answer(request, "desk/slip.html", page, form)


# --- parts ---------------------------------------------------------------------------------


def _find(staff: Any) -> dict[str, Any]:
    return {"may_search": bool(scope(staff, "case.list"))}


def _answer(request: Any, template: str, page: dict[str, Any], form: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, template, page | _find(request.staff), status=status)


def _done(
    request: Any, right: str, place: str, form: Any, deed: Callable[[dict[str, Any]], object]
) -> bool:
    """Whether it was done; what is missing stands in the form."""
    if not may(request.staff, right, place):
        raise NotAllowed(right)
    if not form.is_valid():
        return False
    try:
        deed(form.cleaned_data)
    except NotAllowed:
        raise
    except DoudiError as refusal:
        beside(form, refusal)
        return False
    return True
