"""数据目录: what each item agrees to, and its empty table; a clerk sees his department's."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from doudi.agency.words import FEEDS, KINDS, MODES, english, named
from doudi.departments import queries
from doudi.departments.catalog import cycle
from doudi.departments.letters import table_csv, table_xlsx
from doudi.kernel.errors import NotFound
from doudi.ui.access import officer
from doudi.verification.catalog.items import agencies
from doudi.verification.file import contract, signals_reading

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
            "about": contract(item.code),
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
    """What the page of a contract shows."""
    about = contract(item.code)
    return {
        "item": item,
        "name": named(item),
        "agency": named(agencies()[item.agency]),
        "cycle": named(cycle(item.cycle)),
        "feeds": FEEDS[item.feeds],
        "mode": MODES[about.mode],
        "about": about,
        "share": f"{about.bad_share:.0%}",
        "columns": [(column, KINDS[column.kind]) for column in about.columns],
        "optional": [(column, KINDS[column.kind]) for column in about.optional],
        "signals": [(code, en if english() else zh) for code, zh, en in signals_reading(item.code)],
    }


@officer("catalogue.view")
@require_safe
def template(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The empty table, as a workbook or as CSV."""
    item = _item(request, code)
    about = contract(code)
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
