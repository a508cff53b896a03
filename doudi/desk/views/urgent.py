"""急难救助 at the desk: what waits, one call with its verbs, the roster."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doudi.accounts.queries import actor_of, may, require, scope, staff_holding
from doudi.audit.journal import write
from doudi.benefits.queries import payment_of_decision
from doudi.clock.time import now, today
from doudi.desk.forms.urgent import CHANNEL_WORDS, WEEKDAYS, CallForm, ShiftForm
from doudi.desk.urgent_acts import ACTS, WORDS, Act, acts_of
from doudi.kernel.errors import Conflict, Invalid, Missing, NotFound, WrongStage
from doudi.kernel.region_code import full
from doudi.regions import queries as regions
from doudi.ui.access import officer
from doudi.ui.words import beside
from doudi.urgent import queries
from doudi.urgent.actions.raise_help import Told, raise_help
from doudi.urgent.actions.set_roster import Shift, add_shift, drop_shift
from doudi.urgent.parts import parts_of
from doudi.urgent.worklist import board

TOWN = 9


@officer("urgent.list")
@require_safe
def urgent(request: HttpRequest) -> HttpResponse:
    """Every open call in scope, the most pressing first."""
    staff = request.staff
    rows = board(staff, now())
    codes = sorted({r.call.region for r in rows})
    places = regions.path_names(codes) if codes else {}
    page = {
        "rows": [{"row": r, "place": places[r.call.region]} for r in rows],
        "late": queries.late_papers(staff, today()),
        "may_take": bool(scope(staff, "urgent.take")),
        "may_gather": bool(scope(staff, "urgent.gather")),
        "may_roster": bool(scope(staff, "urgent.roster")),
    }
    return render(request, "desk/urgent.html", page)


@officer("urgent.take")
@require_http_methods(["GET", "POST"])
def urgent_new(request: HttpRequest) -> HttpResponse:
    """登记求助: somebody phoned the duty desk or walked in."""
    staff = request.staff
    places = towns_where(staff, "urgent.take")
    form = CallForm(request.POST if request.method == "POST" else None, places=places)
    if request.method == "POST" and form.is_valid():
        try:
            call = raise_help(form.cleaned_data["token"], _told(form, staff), by=staff, at=now())
            return redirect("desk:urgent_call", call.pk)
        except Invalid as refusal:
            beside(form, refusal)
    status = 422 if form.errors else 200
    return render(request, "desk/urgent_new.html", {"form": form}, status=status)


def _told(form: CallForm, staff: Any) -> Told:
    data = form.cleaned_data
    fields = ("kind", "region", "phone", "name", "what", "spot", "persons")
    more = {f: data[f] for f in fields}
    return Told(**more, needed_fen=data["needed"], channel="desk", helper=staff.name)


def towns_where(staff: Any, right: str) -> list[tuple[str, str]]:
    """The towns in which the right holds, for a list to choose from; two queries."""
    stems = tuple(scope(staff, right))
    towns = [t.code for t in regions.towns() if t.code.startswith(stems)] if stems else []
    names = regions.path_names(towns) if towns else {}
    return [(code[:TOWN], names[code]) for code in towns]


@officer("urgent.list")
@require_safe
def urgent_call(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """One call: what happened, who was rung, the relief, the papers, what comes next."""
    call = queries.call(call_id, request.staff)
    with transaction.atomic():
        write(
            "urgent.viewed",
            actor=actor_of(request.staff),
            subject=f"help:{call.pk}",
            chain=call.county,
        )
    return render(request, "desk/urgent_call.html", _shown(call, request.staff))


def _shown(call: Any, staff: Any) -> dict[str, Any]:
    parts = parts_of(call)
    living = next((a for a in parts["Advance"] if a.turned_down_at is None), None)
    follow = parts["FollowUp"]
    return {
        "call": call,
        "place": regions.path_name(call.region),
        "channel": CHANNEL_WORDS[call.channel],
        "name": call.name.open() or "",
        "phone": call.phone.open(),
        "ringings": parts["Ringing"],
        "steps": [{"step": s, "words": WORDS[s.move]} for s in parts["HelpStep"]],
        "visits": parts["HelpVisit"],
        "advance": living,
        "before": [a for a in parts["Advance"] if a.turned_down_at],
        "sign_left": queries.minutes_left(living.sign_by, now()) if living else 0,
        "papers": [p for p in parts["Paper"] if living and p.advance_id == living.pk],
        "payment": payment_of_decision(living.pk) if living and living.signed_at else None,
        "follow_ups": follow,
        "acts": acts_of(call, living, follow, staff),
        "may_reveal": may(staff, "urgent.take", call.town),
    }


@officer("urgent.take")
@require_POST
def urgent_contact(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """Whom to call back, where they are and what happened; the journal is written first."""
    staff = request.staff
    call = queries.call(call_id, staff)
    require(staff, "urgent.take", call.town)
    with transaction.atomic():
        write(
            "urgent.contact_revealed",
            actor=actor_of(staff),
            subject=f"help:{call.pk}",
            chain=call.county,
            purpose="contact",
        )
    facts = [
        (_("求助人"), call.name.open()),
        (_("联系电话"), call.phone.open()),
        (_("代为求助的人"), call.helper.open()),
        (_("具体地点"), call.spot.open()),
        (_("情况"), call.what.open()),
    ]
    page = {"call": call, "facts": [(label, value) for label, value in facts if value]}
    return render(request, "desk/urgent_contact.html", page)


@officer("urgent.list")
@require_http_methods(["GET", "POST"])
def urgent_act(request: HttpRequest, call_id: UUID, verb: str) -> HttpResponse:
    """The form of a verb, or the deed; nothing typed is lost when it cannot be done."""
    staff = request.staff
    if verb not in ACTS:
        raise NotFound(_("没有这一步"))
    deed, call = ACTS[verb], queries.call(call_id, staff)
    deed.check(staff, call.town)
    form = deed.form(
        request.POST if request.method == "POST" else None, initial=deed.initial(call, now())
    )
    form.prepare(**_known(call))
    if request.method == "GET" or not form.is_valid():
        return _page(request, deed, call, form, 422 if form.errors else 200)
    return _do(request, deed, call, form)


def _do(request: HttpRequest, deed: Act, call: Any, form: Any) -> HttpResponse:
    try:
        deed.run(call, form, request.staff, now())
    except (Conflict, WrongStage) as refusal:
        call = queries.call(call.pk, request.staff)
        form.data = form.data.copy()
        form.data["version"] = str(call.version)
        beside(form, refusal, str(refusal))
        return _page(request, deed, call, form, 409)
    except (Invalid, Missing) as refusal:
        beside(form, refusal)
        return _page(request, deed, call, form, 422)
    return redirect("desk:urgent_call", call.pk)


def _known(call: Any) -> dict[str, Any]:
    """What the choices of a form depend on."""
    visitors = queries.visitors_for(call.town)
    advance = queries.living_advance(call)
    papers = advance.papers.filter(got_at=None) if advance else []
    follow = call.follow_ups.filter(done_at=None)
    return {
        "visitors": [(str(s.pk), s.name) for s in visitors],
        "papers": [(str(p.pk), _(p.what)) for p in papers],
        "follow": [(str(f.pk), _(f.kind_name)) for f in follow],
    }


def _page(request: HttpRequest, deed: Act, call: Any, form: Any, status: int) -> HttpResponse:
    advance = queries.living_advance(call)
    page: dict[str, Any] = {"act": deed, "call": call, "form": form, "advance": advance}
    if deed.verb == "propose":
        page["suggestion"] = queries.suggestion(call, today())
        number = str(form["payee_id_number"].value() or "")
        page["earlier"] = queries.earlier(number, call.phone_index, call.kind, now())
        page["year"] = queries.year_of_household(call, number, page["suggestion"].fen, now())
    if deed.verb == "sign" and advance:
        number = advance.payee_id_number.open() or ""
        page["earlier"] = queries.earlier(number, call.phone_index, call.kind, now())
        asked = advance.amount_fen
        page["year"] = queries.year_of_household(call, number, asked, now(), but=advance.pk)
        page["left"] = queries.minutes_left(advance.sign_by, now())
        page["own"] = advance.by_id == str(request.staff.pk)
    return render(request, deed.template, page, status=status)


@officer("urgent.roster")
@require_http_methods(["GET", "POST"])
def urgent_roster(request: HttpRequest) -> HttpResponse:
    """值班表 of the officer's own town or county."""
    staff = request.staff
    region = scope(staff, "urgent.roster")[0]
    people = [(str(s.pk), s.name) for s in staff_holding("urgent.take", full(region))]
    form = ShiftForm(request.POST if request.method == "POST" else None, people=people)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        weekday = int(data["weekday"]) if data["weekday"] else None
        shift = Shift(data["officer"], data["from_hour"], data["to_hour"], weekday)
        shift = Shift(**{**vars(shift), "day": data["day"], "order": data["order"]})
        try:
            add_shift(region, shift, by=staff, at=now())
            return redirect("desk:urgent_roster")
        except Invalid as refusal:
            beside(form, refusal)
    page = {
        "form": form,
        "place": regions.path_name(region),
        "shifts": queries.shifts_of(region),
        "weekdays": WEEKDAYS,
    }
    return render(request, "desk/urgent_roster.html", page, status=422 if form.errors else 200)


@officer("urgent.roster")
@require_POST
def urgent_drop(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    """Takes a line off the roster."""
    drop_shift(shift_id, by=request.staff, at=now())
    return redirect("desk:urgent_roster")
