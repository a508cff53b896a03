"""呼叫: asks the next officer of the line; after the last one the county is asked again.

Clause: DOUDI R10 (minutes to answer); SI649 art 48 (help at once)
Move:   none      Right: called by actions and the timetable      Says: OfficerRung
"""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.clock.time import CHINA
from doudi.outbox.announce import announce
from doudi.urgent.events import OfficerRung
from doudi.urgent.models import Advance, HelpCall, Ringing
from doudi.urgent.queries import OnDuty, county_line, line_of, minutes


def ring(call: HelpCall, *, at: dt.datetime) -> Ringing | None:
    """Rings whoever comes next for the call; None when somebody else did so at this moment."""
    asked = list(call.ringings.filter(about="call").order_by("round"))
    line = line_of(call.town, at)
    seen = {r.officer_id for r in asked}
    fresh = [d for d in line if d.officer.pk not in seen]
    county = [d for d in line if d.level == "county"]
    turn = fresh[0] if fresh else _again(county or line, len(asked))
    on = at.astimezone(CHINA).date()
    by = at + minutes("urgent.answer_minutes", on)
    return _ask(call, "call", len(asked) + 1, turn, at, by)


def ring_to_sign(advance: Advance, *, at: dt.datetime) -> Ringing | None:
    """Rings the county's duty for a signature, one after the other, never who proposed it."""
    call = advance.call
    asked = call.ringings.filter(about="sign").count()
    people = [p for p in county_line(call.county, at) if str(p.pk) != advance.by_id]
    turn = _again([OnDuty(p, "county") for p in people], asked)
    by = at + minutes("urgent.answer_minutes", at.astimezone(CHINA).date())
    return _ask(call, "sign", asked + 1, turn, at, by)


def ring_about_visit(call: HelpCall, *, at: dt.datetime) -> Ringing | None:
    """Tells the county's duty that nobody came, or that nothing was decided; holds for a day."""
    asked = call.ringings.filter(about="visit").count()
    people = [OnDuty(p, "county") for p in county_line(call.county, at)]
    return _ask(call, "visit", asked + 1, _again(people, asked), at, at + dt.timedelta(days=1))


def _again(line: list[OnDuty], times: int) -> OnDuty | None:
    """Round and round; nobody only where nobody works at all."""
    return line[times % len(line)] if line else None


def _ask(call: HelpCall, about: str, turn: int, who: Any, at: Any, by: Any) -> Ringing | None:
    try:
        with transaction.atomic():
            made = Ringing.objects.create(
                call=call,
                about=about,
                round=turn,
                level=who.level if who else "county",
                officer=who.officer if who else None,
                officer_name=who.officer.name if who else "",
                asked_at=at,
                answer_by=by,
            )
            write(
                "urgent.rung",
                actor=SYSTEM,
                subject=f"help:{call.pk}",
                chain=call.county,
                detail={"about": about, "round": turn, "level": made.level},
            )
            announce(OfficerRung(made.pk))
    except IntegrityError:
        return None  # another worker rang this round
    return made
