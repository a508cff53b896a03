"""台账: listed on a page, masked; taken out as Excel in the background, with purpose and trace."""

import re
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from doudi.accounts.queries import rights_of
from doudi.clock.time import now
from doudi.desk.forms.tables import ExportForm
from doudi.desk.sending import send_table
from doudi.exports import queries
from doudi.exports.actions.ask_export import ask_export
from doudi.exports.actions.fetch_export import fetch_export
from doudi.exports.catalog import EVERY
from doudi.exports.flow import READY, WAITING, WORKING
from doudi.kernel.errors import Invalid
from doudi.ui.access import officer
from doudi.ui.progress import again, progress
from doudi.ui.words import beside

PAGE = 50


@officer("ledger.view")
@require_safe
def ledgers(request: HttpRequest) -> HttpResponse:
    """The ledgers that the person may open, and what he took out of late."""
    page = {
        "ledgers": queries.ledgers_for(request.staff),
        "exports": [(e, EVERY[e.ledger]) for e in queries.exports_of(request.staff)],
    }
    return render(request, "desk/ledgers.html", page)


@officer("ledger.view")
@require_http_methods(["GET", "POST"])
def ledger(request: HttpRequest, key: str) -> HttpResponse:
    """One ledger, fifty rows a page; POST asks for it as Excel."""
    staff = request.staff
    found = queries.ledger_for(key, staff)
    rights = rights_of(staff)
    form = ExportForm(request.POST or None, may_whole="person.reveal" in rights)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = ask_export(key, data["purpose"], data.get("whole", False), by=staff, at=now())
        except Invalid as refusal:
            beside(form, refusal)
        else:
            return redirect("desk:export", made.pk)
    number = request.GET.get("page", "1")
    wanted = int(number) if re.fullmatch(r"[0-9]{1,5}", number) else 1
    page = Paginator(range(queries.count(found, staff)), PAGE).get_page(wanted)
    shown = {
        "ledger": found,
        "page": page,
        "rows": [_cells(found, row) for row in queries.page(found, staff, page.number, PAGE)],
        "heads": _heads(found),
        "form": form,
        "may_export": "ledger.export" in rights,
    }
    return render(request, "desk/ledger.html", shown, status=422 if form.errors else 200)


def _cells(ledger: Any, row: list[Any]) -> list[tuple[str, Any]]:
    """Each value with the kind of its column."""
    return [(c.kind, value) for c, value in zip(ledger.columns, row, strict=True)]


def _heads(ledger: Any) -> dict[str, Any]:
    """The two lines of headings: groups with their width, and the columns inside groups."""
    top: list[dict[str, Any]] = []
    for column in ledger.columns:
        if column.group and top and top[-1]["words"] == column.group:
            top[-1]["width"] += 1
        else:
            words = column.group or column.words
            top.append({"words": words, "width": 1, "column": column, "group": column.group})
    return {"top": top, "under": [c for c in ledger.columns if c.group]}


@officer("ledger.export")
@require_safe
def export(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """How far it is; the page may be left and found again in the list."""
    found = queries.export_of(export_id, request.staff)
    working = found.state in (WAITING, WORKING)
    share = found.done / found.total if found.total else 0.0
    page = {
        "export": found,
        "ledger": EVERY[found.ledger],
        "working": working,
        "progress": progress(share, found.begun_at),
        "ready": found.state == READY and not queries.is_over(found),
    }
    response = render(request, "desk/export.html", page)
    return again(response) if working else response


@officer("ledger.export")
@require_safe
def export_file(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """The file; journalled before the first byte."""
    found = fetch_export(export_id, by=request.staff)
    return send_table(found.stored_name, found.number)
