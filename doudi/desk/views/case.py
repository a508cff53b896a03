"""办件: facts in tabs on the left; finding, clock, gates and the next step on the right."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from doudi.accounts.queries import actor_of, may
from doudi.audit.journal import write
from doudi.cases.file import CaseFile, case_file
from doudi.clock.time import today
from doudi.desk.forms.reveal import PURPOSES
from doudi.desk.side import days_left, side
from doudi.desk.tabs import TABS, tab_of
from doudi.desk.words import DEEDS
from doudi.ui.access import officer


@officer("case.view")
@require_safe
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One tab of the case; looking at it is journalled."""
    staff = request.staff
    file = case_file(case_id, staff)
    shown = [tab for tab in TABS if may(staff, tab.right, file.case.town)]
    tab = tab_of(request.GET.get("tab", ""))
    tab = tab if tab in shown else shown[0]
    looked(file, staff, tab.key)
    page = frame(file, staff) | tab.read(file, staff)
    page |= {"tab": tab, "tabs": shown, "template": f"desk/tabs/{tab.key}.html"}
    return render(request, "desk/case.html", page)


def looked(file: CaseFile, staff: Any, tab: str) -> None:
    """One journal entry for each look."""
    with transaction.atomic():
        write(
            "case.viewed",
            actor=actor_of(staff),
            subject=f"case:{file.case.pk}",
            chain=file.case.county,
            detail={"tab": tab},
        )


def frame(file: CaseFile, staff: Any) -> dict[str, Any]:
    """What every page of a case shows around its own part."""
    column = side(file, staff, today())
    return {
        "file": file,
        "case": file.case,
        "side": column,
        "days": days_left(column.clock["light"]),
        "may_reveal": may(staff, "person.reveal", file.case.town),
        "may_print": may(staff, "case.print", file.case.town),
        "purposes": PURPOSES,
        "deeds": DEEDS,
    }
