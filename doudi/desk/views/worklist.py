"""工作台: what waits, the most pressing first."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from doudi.accounts.find import colleagues
from doudi.accounts.queries import covered_by, rights_of, scope
from doudi.cases.flow import STAGE_NAMES, Stage
from doudi.cases.worklist import PAGE, Filters, counters, worklist
from doudi.clock.time import today
from doudi.desk.side import days_left
from doudi.handover.queries import RIGHT, left_behind
from doudi.mandates.queries import waiting_leads
from doudi.referrals.queries import owed
from doudi.regions.queries import villages_of
from doudi.support import queries as support
from doudi.ui.access import officer
from doudi.urgent.queries import waiting_count

LIGHTS = (
    ("late", gettext_lazy("■ 超期")),
    ("soon", gettext_lazy("▲ 临期")),
    ("ok", gettext_lazy("● 正常")),
)
STEPS = {
    "submitted": gettext_lazy("受理"),
    "accepted": gettext_lazy("调查核算"),
    "assessed": gettext_lazy("审核"),
    "reviewed": gettext_lazy("公示"),
    "noticed": gettext_lazy("确认"),
}
TOWN = 9


@officer("case.list")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The list, fifty a page, by last day."""
    staff, on = request.staff, today()
    filters = filters_of(request.GET)
    rows, count = worklist(staff, filters, on)
    pages = Paginator(range(count), PAGE).get_page(filters.page)
    page = {
        "counters": counters(staff, on),
        "urgent_waiting": waiting_count(staff),
        "left_behind": left_behind(staff, on) if RIGHT in rights_of(staff) else 0,
        "leads_waiting": waiting_leads(staff),
        "support_waiting": support.waiting(staff, on),
        "owed": owed(staff, on),
        "rows": [line_of(row) for row in rows],
        "may_print": bool(scope(staff, "case.print")),
        "count": count,
        "page": pages,
        "query": _query(request.GET),
        "filters": filters,
        "stages": [(s.value, name) for s, name in STAGE_NAMES.items()],
        "lights": LIGHTS,
        "villages": _villages(staff),
        "colleagues": colleagues("case.assess", scope(staff, RIGHT), [])
        if RIGHT in rights_of(staff)
        else [],
        "covered": list(covered_by(staff).values()),
        "is_narrowed": bool(_query(request.GET)),
    }
    return render(request, "desk/home.html", page)


def filters_of(asked: QueryDict) -> Filters:
    """What the address asks for; anything unknown is left out."""
    number = asked.get("page", "1")
    stage = asked.get("stage", "")
    light = asked.get("light", "")
    return Filters(
        stage=stage if stage in {s.value for s in Stage} else "",
        village=asked.get("village", "")[:12],
        light=light if light in {key for key, _word in LIGHTS} else "",
        mine=asked.get("mine") == "1",
        open_only=asked.get("all") != "1",
        page=int(number) if number.isdigit() and len(number) < 6 else 1,
    )


def line_of(row: Any) -> dict[str, Any]:
    """One line with the word of what to do."""
    stage = Stage.NOTICED.value if row.case.skips_notice else row.case.stage
    word = STEPS.get(stage, gettext_lazy("查看"))
    return {"row": row, "days": days_left(row.light), "act": word}


def _query(asked: QueryDict) -> str:
    """The filters again for the links to other pages."""
    kept = asked.copy()
    kept.pop("page", None)
    return f"{kept.urlencode()}&" if kept else ""


def _villages(staff: Any) -> list[Any]:
    """The villages to choose from, for those who work in one town."""
    stems = scope(staff, "case.list")
    if len(stems) != 1 or len(stems[0]) != TOWN:
        return []
    return list(villages_of(stems[0]))
