"""用途: what was done with the department's data, in counts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from doudi.agency.words import FEEDS, named
from doudi.departments import queries
from doudi.ui.access import officer
from doudi.verification.dues import answers_by_state, comparisons_with

STATES = ("record", "no_record", "not_returned", "failed")


@officer("delivery.view")
@require_safe
def use(request: HttpRequest) -> HttpResponse:
    """Comparisons of the register and questions about single persons; no names anywhere."""
    mine = queries.items_of(queries.agency_of(request.staff))
    codes = [item.code for item in mine]
    answers = answers_by_state(codes)
    names = {item.code: named(item) for item in mine}
    page = {
        "single": [
            {
                "code": item.code,
                "name": named(item),
                "feeds": FEEDS[item.feeds],
                "counts": [answers.get(item.code, {}).get(state, 0) for state in STATES],
            }
            for item in mine
        ],
        "compared": [
            {"code": code, "name": names[code], "used": used}
            for code, used in comparisons_with(codes)
        ],
    }
    return render(request, "agency/use.html", page)
