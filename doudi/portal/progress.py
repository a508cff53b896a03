"""A case as a parcel, in the page's language and with its light."""

from typing import Any

from doudi.cases import queries as cases
from doudi.cases.progress import progress as progress_of
from doudi.clock.time import today
from doudi.ui.words import said

Json = dict[str, Any]


def progress(case: Any) -> Json:
    """What the timeline component shows, and the working days left while the clock runs."""
    told = progress_of(case)
    clock = cases.light(case, today(), cases.stopped_since([case]).get(case.pk))
    return {
        "done": [line | {"what": said(line["what"])} for line in told["done"]],
        "now": _translated(told["now"]),
        "next": _translated(told["next"]),
        "days": clock.days if case.due_on and clock.kind != "none" else None,
    }


def _translated(line: Json | None) -> Json | None:
    return line and line | {"what": said(line["what"]), "why": said(line.get("why", ""))}
