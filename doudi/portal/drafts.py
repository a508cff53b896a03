"""The draft of the phone at hand, and where it goes next."""

from typing import Any

from django.http import HttpRequest

from doudi.cases.actions.save_draft import save_draft
from doudi.cases.actions.start_draft import start_draft
from doudi.clock.time import now
from doudi.kernel.errors import NotFound
from doudi.portal import declaration as shape
from doudi.regions import queries as regions

Json = dict[str, Any]
STEPS = 7
PLACE_COOKIE = "place"


def mine(request: Any) -> tuple[Any, Json]:
    """The open draft of the proven phone (begun now if there is none) and its declaration."""
    draft = start_draft(request.resident.phone, at=now())
    kept = draft.declaration.open()
    return draft, kept or shape.blank(request.resident.phone, *preset(request))


def keep(draft: Any, declaration: Json, step: int) -> None:
    """Saves; the applicant's name and number live in two places and stay the same."""
    applicant, first = declaration["applicant"], declaration["members"][0]
    first |= {k: applicant[k] for k in ("name", "id_number", "phone")}
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
