"""集中救助: a list of many people at once, pasted or typed, printable."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from doudi.accounts.queries import actor_of, may, scope
from doudi.audit.journal import write
from doudi.clock.demo_mark import is_demo
from doudi.clock.time import CHINA, now, today
from doudi.desk.forms.urgent import GIVEN_WORDS, GatheringForm, PeopleForm
from doudi.desk.views.urgent import beside, towns_where
from doudi.kernel.errors import Invalid, NotAllowed, NotFound
from doudi.regions import queries as regions
from doudi.ui.access import officer
from doudi.urgent import queries
from doudi.urgent.actions.gather import add_people, gather
from doudi.urgent.actions.mark_receipts import mark_receipts, undo_receipts
from doudi.urgent.figures import read_list
from doudi.vault.masking import mask_id


@officer("urgent.list")
@require_http_methods(["GET", "POST"])
def gatherings(request: HttpRequest) -> HttpResponse:
    """Every list in scope; whoever may open one does it here."""
    staff = request.staff
    may_open = bool(scope(staff, "urgent.gather"))
    if request.method == "POST" and not may_open:
        raise NotAllowed("urgent.gather")
    form = GatheringForm(
        request.POST if request.method == "POST" else None,
        initial={"on": today()},
        places=towns_where(staff, "urgent.gather") if may_open else [],
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = gather(
                data["town"], data["place"], data["cause"], data["on"], by=staff, at=now()
            )
            return redirect("desk:urgent_gathering", made.pk)
        except Invalid as refusal:
            beside(form, refusal)
    found = list(queries.gatherings(staff)[:100])
    towns = sorted({g.town for g in found})
    counts, names = queries.gathering_counts(found), regions.path_names(towns) if towns else {}
    page = {
        "form": form,
        "may_open": may_open,
        "rows": [{"list": g, "town": names[g.town], "people": counts.get(g.pk, 0)} for g in found],
    }
    status = 422 if form.errors else 200
    return render(request, "desk/urgent_gatherings.html", page, status=status)


@officer("urgent.list")
@require_http_methods(["GET", "POST"])
def gathering(request: HttpRequest, gathering_id: UUID) -> HttpResponse:
    """One list: everybody on it, sums, and the field to add more; it prints as it stands."""
    staff = request.staff
    found = queries.gathering(gathering_id, staff)
    may_add = may(staff, "urgent.gather", found.town)
    if request.method == "POST" and not may_add:
        raise NotAllowed("urgent.gather")
    form = PeopleForm(request.POST if request.method == "POST" else None)
    wrong: dict[int, str] = {}
    if request.method == "POST" and form.is_valid():
        wrong = _add(found, form, staff)
        if not wrong and not form.errors:
            return redirect("desk:urgent_gathering", found.pk)
    _looked(found, staff)
    people = queries.people_of(found)
    page = {
        "list": found,
        "town": regions.path_name(found.town),
        "form": form,
        "wrong": wrong,
        "may_add": may_add,
        "people": [_line(p) for p in people],
        "batches": _batches(people, staff) if may_add else [],
        "unsigned": sum(not p.twice and not p.received_at for p in people),
        "summary": queries.summary(found),
        "given": GIVEN_WORDS,
    }
    status = 422 if wrong or form.errors else 200
    return render(request, "desk/urgent_gathering.html", page, status=status)


@officer("urgent.gather")
@require_POST
def receipts(request: HttpRequest, gathering_id: UUID) -> HttpResponse:
    """签收: the ticked lines at once, or a batch of today taken back."""
    staff, asked = request.staff, request.POST
    found = queries.gathering(gathering_id, staff)
    if asked.get("undo"):
        undo_receipts(found.pk, as_uuid(asked["undo"]), by=staff, at=now())
        return redirect("desk:urgent_gathering", found.pk)
    orders = [int(n) for n in asked.getlist("orders") if n.isascii() and n.isdigit()]
    if asked.get("all"):
        orders = [p.order for p in queries.people_of(found) if not p.twice and not p.received_at]
    mark_receipts(found.pk, orders, asked.get("witness", ""), by=staff, at=now())
    return redirect("desk:urgent_gathering", found.pk)


def as_uuid(text: str) -> UUID:
    """NotFound for anything that is none."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("没有这一批签收") from None


def _batches(people: list[Any], staff: Any) -> list[dict[str, Any]]:
    """What this officer marked today, by batch: it may be taken back."""
    mine = [
        p
        for p in people
        if p.received_by_id == str(staff.pk) and p.received_at.astimezone(CHINA).date() == today()
    ]
    return [
        {"id": key, "people": sum(p.receipt == key for p in mine), "at": one.received_at}
        for key, one in {p.receipt: p for p in mine}.items()
    ]


def _add(found: Any, form: PeopleForm, staff: Any) -> dict[int, str]:
    """Writes the whole list, or nothing and what is wrong by line."""
    data = form.cleaned_data
    entries, wrong = read_list(
        data["people"], tuple(data["given"]), data["fen"] or 0, today(), demo=is_demo()
    )
    if wrong:
        return {number: _(sentence) for number, sentence in wrong.items()}
    try:
        add_people(found.pk, entries, by=staff, at=now())
    except Invalid as refusal:
        beside(form, refusal)
    return {}


def _line(person: Any) -> dict[str, Any]:
    """A line of the list: the name in full, because people are helped by it; the number masked."""
    return {
        "order": person.order,
        "name": person.name.open(),
        "id_number": mask_id(person.id_number.open() or ""),
        "origin": person.origin.open() or "",
        "given": _("、").join(_(words) for words in person.given_names.split("、") if words),
        "fen": person.fen,
        "twice": person.twice,
        "received_at": person.received_at,
        "witness": person.witness,
    }


def _looked(found: Any, staff: Any) -> None:
    with transaction.atomic():
        write(
            "urgent.list_viewed",
            actor=actor_of(staff),
            subject=f"gathering:{found.pk}",
            chain=found.county,
        )
