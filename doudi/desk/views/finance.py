"""财政发放台: the finance bureau releases, follows the bank's answers, and keeps the budget."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doudi.accounts.queries import actor_of, may, require, scope
from doudi.audit.journal import write
from doudi.benefits import file as files
from doudi.benefits import worklist
from doudi.benefits.actions.propose_reissue import propose_reissue
from doudi.benefits.actions.release_reissue import release_reissue
from doudi.benefits.actions.take_answer import take_answer
from doudi.benefits.flow import PAYMENT_NAMES
from doudi.benefits.reconciliation import strangers, three_ways
from doudi.cases.queries import pack
from doudi.clock.time import now, today
from doudi.desk.forms.finance import AllotForm, AnswerForm, MonthForm, TopUpForm, WholeForm
from doudi.kernel.errors import Conflict, Invalid
from doudi.ledger import queries as ledger
from doudi.ledger.actions.allot import allot
from doudi.ledger.actions.top_up import top_up
from doudi.ledger.figures import in_words
from doudi.regions.queries import path_names, towns
from doudi.ui.access import officer
from doudi.ui.words import beside

CITY, TOWN = "610700", 9


@officer("finance.view")
@require_safe
def finance(request: HttpRequest) -> HttpResponse:
    """What waits for release, what the bank has not answered, and what is left of the money."""
    return _desk(request, AnswerForm(), 200)


def _desk(request: HttpRequest, form: AnswerForm, status: int, taken: Any = None) -> HttpResponse:
    staff = request.staff
    rolls, open_files = worklist.rolls_waiting(staff), worklist.files_open(staff)
    counties = worklist.counties_of(staff)
    codes = sorted({*counties, *(r.county for r in rolls), *(f.county for f in open_files)})
    page = {
        "rolls": rolls,
        "files": open_files,
        "late": worklist.unanswered_since(open_files, now() - patience()),
        "names": path_names(codes) if codes else {},
        "funds": _funds(counties),
        "form": form,
        "taken": taken,
        "may_answer": bool(scope(staff, "bank.answer")),
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/finance.html", page, status=status)


def patience() -> dt.timedelta:
    """After so long an unanswered order is a person's business."""
    return dt.timedelta(hours=pack().book.general("payments.unknown_hours", today()))


def _funds(counties: list[str]) -> list[dict[str, Any]]:
    """Left in each county's fund, owed and on its way; two queries."""
    accounts = {c: (f"fund.{c}", f"owed.{c}", f"transit.{c}") for c in counties}
    found = ledger.balances([a for three in accounts.values() for a in three])
    rows = []
    kept = ledger.funded(counties)
    for county, (fund, owed, transit) in accounts.items():
        left = found[fund] + found[owed] + found[transit]
        row = {"county": county, "fund": found[fund], "owed": -found[owed], "kept": county in kept}
        rows.append(row | {"transit": -found[transit], "left": left, "short": left < 0})
    return rows


@officer("bank.answer")
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """导入回执; what did not fit is named on the same page."""
    form = AnswerForm(request.POST, request.FILES)
    if not form.is_valid():
        return _desk(request, form, 422)
    try:
        taken = take_answer(form.cleaned_data["file"], by=request.staff, at=now())
    except Invalid as refusal:
        beside(form, refusal)
        return _desk(request, form, 422)
    return _desk(request, AnswerForm(), 200, taken)


@officer("roll.view")
@require_http_methods(["GET", "POST"])
def returned(request: HttpRequest) -> HttpResponse:
    """What came back, why, and whether the account was corrected; the county proposes again."""
    staff, problem = request.staff, ""
    if request.method == "POST":
        try:
            file = propose_reissue(_chosen(request), by=staff, at=now())
            return redirect("desk:bank_file", file.pk)
        except (Conflict, Invalid) as refusal:
            problem = refusal.sentence
    page = {
        "rows": worklist.returned(staff),
        "problem": problem,
        "may_propose": bool(scope(staff, "roll.prepare")),
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/returned.html", page, status=422 if problem else 200)


def _chosen(request: HttpRequest) -> list[UUID]:
    require(request.staff, "roll.prepare", next(iter(scope(request.staff, "roll.prepare")), ""))
    try:
        return [UUID(text) for text in request.POST.getlist("payment")]
    except ValueError:
        return []


@officer("finance.view")
@require_safe
def bank_file(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """One file: number, sum, hash, signature, hands, and what became of its orders."""
    file = worklist.file(file_id, request.staff)
    page = {
        "file": file,
        "county_name": path_names([file.county])[file.county],
        "sums": [(PAYMENT_NAMES[s], n, fen) for s, n, fen in worklist.file_sums(file)],
        "lines": worklist.orders(file),
        "may_release": worklist.may_release(file, request.staff),
        "may_whole": bool(file.sha256) and may(request.staff, "roll.release", file.county),
        "form": WholeForm(),
        "may_search": bool(scope(request.staff, "case.list")),
    }
    return render(request, "desk/bank_file.html", page)


@officer("finance.view")
@require_POST
def release(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """放行补发; who may, is decided by the action."""
    file = worklist.file(file_id, request.staff)
    release_reissue(file.pk, by=request.staff, at=now())
    return redirect("desk:bank_file", file.pk)


@officer("finance.view")
@require_POST
def whole(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """The file itself, with every account, for a purpose; journalled before it is given."""
    file = worklist.file(file_id, request.staff)
    require(request.staff, "roll.release", file.county)
    form = WholeForm(request.POST)
    if not form.is_valid():
        raise Invalid({name: str(errors[0]) for name, errors in form.errors.items()})
    text, _orders = files.content(file)
    with transaction.atomic():
        write(
            "benefits.file_taken_out",
            actor=actor_of(request.staff),
            subject=f"file:{file.pk}",
            chain=file.county,
            purpose=form.cleaned_data["purpose"],
            detail={"sha256": file.sha256[:24]},
        )
    ending = "xml" if text.startswith("<?xml") else "txt"
    response = HttpResponse(text, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{file.number}.{ending}"'
    response["X-Signature"] = file.signature
    return response


@officer("finance.view")
@require_safe
def reconcile(request: HttpRequest) -> HttpResponse:
    """三方对账 of a county and month, every difference named."""
    counties = worklist.counties_of(request.staff)
    names = path_names(counties) if counties else {}
    given = request.GET if "month" in request.GET else None
    form = MonthForm(given, initial={"month": worklist.newest_month(counties)})
    form.prepare(counties=[(code, names[code]) for code in counties])
    ways = None
    if given and form.is_valid():
        data = form.cleaned_data
        ways = three_ways(data["county"], data["month"], now(), patience())
    page = {
        "form": form,
        "ways": ways,
        "strangers": strangers() if ways else [],
        "county_name": names.get(ways.county, "") if ways else "",
        "may_search": bool(scope(request.staff, "case.list")),
    }
    return render(request, "desk/reconcile.html", page, status=422 if form.errors else 200)


def _movements(county: str) -> list[dict[str, Any]]:
    """The newest rows of the ledger, both sides in words."""
    rows = list(ledger.movements(county))
    sides = [(m, in_words(m.debit), in_words(m.credit)) for m in rows]
    codes = sorted({code for _m, *both in sides for _word, code in both if code})
    names = path_names(codes, "town") if codes else {}
    return [
        {"m": m, "debit": (into, names.get(to, to)), "credit": (out, names.get(where, where))}
        for m, (into, to), (out, where) in sides
    ]


@officer("finance.view")
@require_http_methods(["GET", "POST"])
def funds(request: HttpRequest) -> HttpResponse:
    """资金: what was allotted, the towns' reserves, and the newest movements."""
    staff, which = request.staff, request.POST.get("form", "")
    known = _known(staff)
    posted = request.POST if request.method == "POST" else None
    allotting = AllotForm(posted if which == "allot" else None)
    topping = TopUpForm(posted if which != "allot" else None)
    allotting.prepare(**known)
    topping.prepare(**known)
    form = allotting if which == "allot" else topping
    if posted is not None:
        county = next(iter(worklist.counties_of(staff)), "")
        require(staff, "fund.allot" if which == "allot" else "reserve.top_up", county)
        if form.is_valid() and _booked(form, which, staff):
            return redirect("desk:funds")
    counties = worklist.counties_of(staff)
    page = {
        "funds": _funds(counties),
        "names": dict(known["counties"]),
        "towns": _reserves(known["towns"]),
        "movements": _movements(counties[0]) if counties else [],
        "allotting": allotting,
        "topping": topping,
        "may_allot": bool(scope(staff, "fund.allot")),
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/funds.html", page, status=422 if form.errors else 200)


def _known(staff: Any) -> dict[str, list[tuple[str, str]]]:
    counties = worklist.counties_of(staff)
    stems = tuple(counties)
    own = [t.code for t in towns() if stems and t.code.startswith(stems)]
    names = path_names([CITY, *counties, *own])
    places = [(code, names[code]) for code in counties]
    return {
        "counties": places,
        "origins": [(CITY, names[CITY]), *places],
        "towns": [(code[:TOWN], names[code]) for code in own],
    }


def _reserves(places: list[tuple[str, str]]) -> list[dict[str, Any]]:
    least = pack().book.general("payments.reserve_least", today())
    found = ledger.reserves(code for code, _name in places)
    return [{"name": name, "fen": found[code], "low": found[code] < least} for code, name in places]


def _booked(form: Any, which: str, staff: Any) -> bool:
    """True when it was booked; what stands in the way stands in the form."""
    data = form.cleaned_data
    try:
        if which == "allot":
            where = (data["region"], data["origin"])
            allot(*where, data["amount"] or 0, data["document"], by=staff, at=now())
        else:
            top_up(data["town"], data["amount"] or 0, data["document"], by=staff, at=now())
    except (Conflict, Invalid) as refusal:
        if isinstance(refusal, Invalid):
            beside(form, refusal)
        else:
            form.add_error("document", refusal.sentence)
        return False
    return True
