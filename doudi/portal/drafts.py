"""The draft of the phone at hand, and where it goes next."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from doudi.cases.actions.save_draft import save_draft
from doudi.cases.actions.start_draft import start_draft
from doudi.cases.queries import draft_of
from doudi.clock.time import now
from doudi.kernel.errors import NotFound
from doudi.portal import declaration as shape
from doudi.regions import queries as regions
from doudi.ui.access import Window

Json = dict[str, Any]
STEPS = 7
PLACE_COOKIE = "place"


def mine(request: Any) -> tuple[Any, Json]:
    """The open draft of the proven phone (begun now if there is none) and its declaration.

    At a window the draft that the officer began there.
    """
    at_window = isinstance(request.resident, Window)
    draft = at_the_window(request) if at_window else start_draft(request.resident.phone, at=now())
    kept = draft.declaration.open()
    return draft, kept or shape.blank(draft.phone.open() or "", *preset(request))


def at_the_window(request: Any) -> Any:
    """The window's draft while it is open; NotFound when it is another's or was handed in."""
    draft = draft_of(UUID(request.resident.draft))
    if draft.staff_id != str(request.resident.staff.pk) or draft.submitted_at:
        raise NotFound("没有这份申请")
    return draft


def keep(draft: Any, declaration: Json, step: int) -> None:
    """Saves; what lives in two places stays the same: the applicant, and how many people."""
    applicant, first = declaration["applicant"], declaration["members"][0]
    first |= {k: applicant[k] for k in ("name", "id_number", "phone")}
    if declaration["event"]:
        declaration["event"]["persons"] = len(declaration["members"])
    save_draft(draft, declaration, step, at=now())


def preset(request: HttpRequest) -> tuple[str, str]:
    """Village and area of the poster that was scanned; both empty without one."""
    code = request.COOKIES.get(PLACE_COOKIE, "")
    if not (code.isascii() and code.isdigit() and len(code) == 12):
        return "", ""
    try:
        return code, regions.area_of(code)
    except NotFound:
        return "", ""
