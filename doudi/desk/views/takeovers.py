"""接收批次: what came from the old system, why amounts differ, and the first roll to the fen."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from doudi.accounts.queries import scope
from doudi.benefits.flow import reason_name
from doudi.regions.queries import path_names
from doudi.takeover import queries
from doudi.takeover.flow import FAULTS, STATES, WHYS
from doudi.ui.access import officer

SHOWN, LISTED = 200, 50


@officer("takeover.view")
@require_safe
def takeovers(request: HttpRequest) -> HttpResponse:
    """The batches with a household of the own counties."""
    page = {
        "rows": [(b, STATES[b.state]) for b in queries.batches(request.staff)],
        "may_search": bool(scope(request.staff, "case.list")),
    }
    return render(request, "desk/takeovers.html", page)


@officer("takeover.view")
@require_safe
def takeover(request: HttpRequest, takeover_id: UUID) -> HttpResponse:
    """Differences by reason, lines that differ, rows not taken, the first roll against the last."""
    staff = request.staff
    batch = queries.batch_for(takeover_id, staff)
    mine = queries.lines_seen(staff).filter(batch=batch)
    counties = sorted(set(mine.values_list("county", flat=True)))
    first = queries.first_roll(batch, counties) if batch.state == "taken" else None
    page = {
        "batch": batch,
        "state": STATES[batch.state],
        "counties": list(path_names(counties).values()),
        "reasons": [(r, WHYS[r.why]) for r in queries.reasons(mine)],
        "lines": _lines(mine),
        "faults": [(row, FAULTS[code]) for row, code in batch.faults][:SHOWN],
        "first": first,
        "different": [(*line[:3], reason_name(line[3])) for line in first.different[:LISTED]]
        if first
        else [],
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/takeover.html", page)


def _lines(mine: Any) -> list[tuple[Any, str]]:
    rows = mine.exclude(why="equal").order_by("why", "row")[:SHOWN]
    return [(line, WHYS[line.why]) for line in rows]
