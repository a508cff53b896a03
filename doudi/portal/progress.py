"""A case as a parcel: what is done, who has it now and until when, what comes next."""

from typing import Any

from django.utils.translation import gettext as _

from doudi.accounts.queries import names_of
from doudi.cases.queries import light, timeline
from doudi.clock.time import today
from doudi.regions import queries as regions

Json = dict[str, Any]


def progress(case: Any) -> Json:
    """What the timeline component shows; only the surname of whoever is in charge."""
    town = regions.name_of(case.town)
    marks = timeline(case)
    done = [
        {"at": m.at, "what": _(m.title), "unit": town, "note": m.note}
        for m in marks
        if m.state == "done"
    ]
    here = next((m for m in marks if m.state == "now"), None)
    later = next((m for m in marks if m.state == "next"), None)
    clock = light(case, today())
    return {
        "done": done,
        "now": here and _now(here, case, town),
        "next": later and {"what": _(later.title), "until": None},
        "due": case.due_on if here else None,
        "days": clock.days if clock.kind != "none" else None,
    }


def _now(mark: Any, case: Any, town: str) -> Json:
    names = names_of([case.clerk_id]) if case.clerk_id else {}
    return {
        "what": _(mark.title),
        "unit": town,
        "who": next(iter(names.values()), "")[:1],
        "phone": regions.office_phone(case.town),
    }
