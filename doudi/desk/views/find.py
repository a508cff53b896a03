"""查找: the one box of every desk page; what was looked for is journalled, never in an address."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from doudi.accounts.queries import actor_of, chain_of
from doudi.audit.journal import write
from doudi.cases.find import SHOWN, Found, find
from doudi.clock.time import today
from doudi.desk.views.worklist import line_of
from doudi.ui.access import officer
from doudi.vault.index import find_key

LONGEST = 60


@officer("case.list")
@require_http_methods(["GET", "POST"])
def find_page(request: HttpRequest) -> HttpResponse:
    """GET says what the box takes; the words come by POST, so that no name stands in an address."""
    words = request.POST.get("q", "").strip()[:LONGEST]
    if not words:
        return render(request, "desk/find.html", {"words": ""})
    found = find(request.staff, words, today())
    _journalled(request.staff, found)
    shown = {row.case.pk for row in found.rows}
    page = {
        "words": words,
        "found": found,
        "rows": [line_of(row) for row in found.rows],
        "people": [(p, case) for p, case in found.people if case not in shown],
        "most": SHOWN,
    }
    return render(request, "desk/find.html", page)


def _journalled(staff: Any, found: Found) -> None:
    """Who looked, how, and how much came; the words only as a keyed index.

    An auditor who asks whether anybody looked for somebody computes the same index.
    """
    asked = found.asked
    with transaction.atomic():
        write(
            "desk.searched",
            actor=actor_of(staff),
            subject="search",
            chain=chain_of(staff),
            detail={
                "by": asked.kind,
                "cases": found.count,
                "people": len(found.people),
                "key": f"{find_key(asked.kind, asked.text) & (1 << 64) - 1:016x}",
            },
        )
