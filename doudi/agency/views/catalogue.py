"""数据目录: what each item agrees to, and its empty table; a clerk sees his department's."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from doudi.agency.words import FEEDS, KINDS, MODES, english, named
from doudi.clock.time import today
from doudi.departments import queries
from doudi.departments.catalog import cycle
from doudi.departments.letters import table_csv, table_xlsx
from doudi.kernel.errors import NotFound
from doudi.ui.access import officer
from doudi.verification.catalog.items import agencies
from doudi.verification.file import contract, contracts_of, signals_reading

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@officer("catalogue.view")
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """The items by department."""
    names = agencies()
    lines = [
        {
            "item": item,
            "name": named(item),
            "agency": named(names[item.agency]),
            "cycle": named(cycle(item.cycle)),
            "feeds": FEEDS[item.feeds],
            "about": contract(item.code, today()),
        }
        for item in queries.catalogue_for(request.staff)
    ]
    return render(request, "agency/catalogue.html", {"lines": lines})


@officer("catalogue.view")
@require_safe
def contract_page(request: HttpRequest, code: str) -> HttpResponse:
    """One item's contract: columns, types, code lists, key, cycle, and what reads it."""
    return render(request, "agency/contract.html", contract_of(_item(request, code)))


def contract_of(item: Any) -> dict[str, Any]:
    """What the page of a contract shows: the version in force, and what changes or has changed."""
    about = contract(item.code, today())
    return {
        "item": item,
        "name": named(item),
        "agency": named(agencies()[item.agency]),
        "cycle": named(cycle(item.cycle)),
        "feeds": FEEDS[item.feeds],
        "mode": MODES[about.mode],
        "about": about,
        "share": f"{about.bad_share:.0%}",
        "first": f"{about.known_share:.1%}",
        "columns": [(column, KINDS[column.kind]) for column in about.columns],
        "optional": [(column, KINDS[column.kind]) for column in about.optional],
        "versions": _versions(item.code, about),
        "signals": [(code, en if english() else zh) for code, zh, en in signals_reading(item.code)],
    }


def _versions(code: str, now_in_force: Any) -> list[dict[str, Any]]:
    """Every version, the newest first, with the columns that it added, changed and dropped."""
    known = contracts_of(code)
    told = []
    for place, one in enumerate(known):
        before = {c.heading: c for c in known[place - 1].columns} if place else {}
        told.append(
            {
                "about": one,
                "is_in_force": one == now_in_force,
                "is_to_come": one.effective_from > today(),
                "added": [c.heading for c in one.columns if place and c.heading not in before],
                "changed": [c.heading for c in one.columns if c != before.get(c.heading, c)],
                "dropped": [heading for heading in before if heading not in one.headings],
            }
        )
    return told[::-1]


@officer("catalogue.view")
@require_safe
def template(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The empty table, as a workbook or as CSV."""
    item = _item(request, code)
    asked = request.GET.get("version", "")
    about = next(
        (c for c in contracts_of(code) if str(c.version) == asked), contract(code, today())
    )
    if form == "xlsx":
        answer = HttpResponse(table_xlsx(item, about), content_type=EXCEL)
    elif form == "csv":
        answer = HttpResponse(table_csv(about), content_type="text/csv; charset=utf-8")
    else:
        raise NotFound
    answer["Content-Disposition"] = f'attachment; filename="{code}-v{about.version}.{form}"'
    return answer


def _item(request: HttpRequest, code: str) -> Any:
    for item in queries.catalogue_for(request.staff):
        if item.code == code:
            return item
    raise NotFound(queries.NONE)
