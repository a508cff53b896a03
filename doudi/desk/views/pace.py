"""新旧流程对照: the same decided cases under every process, stage by stage; as a table too."""

import csv
import io
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from doudi.cases.pace import ProcessPace, compared, paces, written_late
from doudi.clock.time import today
from doudi.kernel.periods import Month
from doudi.paper.workbook.defuse import harmless
from doudi.ui.access import officer

SHOWN = 200


@officer("supervision.view")
@require_safe
def pace(request: HttpRequest) -> HttpResponse:
    """One month's decided cases; an unreadable month is the present one."""
    month = _month(request.GET.get("month", ""))
    found = paces(request.staff, month)
    page = {
        "month": month,
        "before": month.previous(),
        "after": month.next() if month < Month.of(today()) else None,
        "count": len(found),
        "processes": [_shown(one, len(found)) for one in compared(found)],
        "rows": [(one, [list(days.values()) for days in one.days]) for one in found[:SHOWN]],
        "shown": SHOWN,
        "late": written_late(request.staff, month)[:SHOWN],
    }
    return render(request, "desk/pace.html", page)


@officer("supervision.view")
@require_safe
def pace_csv(request: HttpRequest) -> HttpResponse:
    """Every case of the month with its days, for the offices' own tables; no names in it."""
    month = _month(request.GET.get("month", ""))
    found = paces(request.staff, month)
    sides = compared(found)
    out = io.StringIO()
    table = csv.writer(out)
    head = [f"{side.process.zh}·{stage.zh}" for side in sides for stage in side.stages]
    table.writerow(["办件编号", "共用工作日", *map(harmless, head)])
    for one in found:
        days = [n for side in one.days for n in side.values()]
        table.writerow([harmless(one.case.number), one.total, *days])
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="days-{month}.csv"'
    return answer


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError:
        return Month.of(today())


def _shown(side: ProcessPace, count: int) -> dict[str, Any]:
    english = (get_language() or "zh")[:2] == "en"
    return {
        "name": side.process.en if english else side.process.zh,
        "assumed": side.process.confidence == "assumed",
        "document": side.process.document,
        "limit": side.limit,
        "within": side.within,
        "count": count,
        "stages": [(stage, stage.en if english else stage.zh) for stage in side.stages],
        "allowed": sum(stage.allowed for stage in side.stages),
    }
