"""告知: the messages about a call, to whoever asked for help and to the officer who is rung.

Clause: OP18 四; PIPL art 6 (no name and no number of the caller goes to anybody else)
Move:   none      Right: called by reactions      Says: nothing
"""

from uuid import UUID

from doudi.accounts.queries import staff_by_id
from doudi.clock.time import CHINA
from doudi.kernel.money import yuan_text
from doudi.notices.send import send
from doudi.regions.queries import office_phone, path_name
from doudi.urgent.models import Advance, HelpCall
from doudi.urgent.queries import call_by_id, living_advance, minutes, ringing

RUNG = {"call": "urgent_ring", "sign": "urgent_sign", "visit": "urgent_lying"}
ONCE = "once"  # the key of what a call tells a single time


def tell_caller(call_id: UUID, template: str, key: object, **more: object) -> None:
    """One message to whoever asked for help; `key` names what is told, so it is told once."""
    call = call_by_id(call_id)
    values = _known(call) | more
    send(template, to=call.phone.open(), values=values, subject=f"help:{call_id}", key=str(key))


def tell_closed(call_id: UUID) -> None:
    """Once for each time the call is closed; nothing where it is open again."""
    ended = call_by_id(call_id).ended_at
    if ended:
        tell_caller(call_id, "urgent_closed", ended.isoformat())


def tell_officer(ringing_id: UUID) -> None:
    """To the officer's own phone: what, where, by when."""
    rung = ringing(ringing_id)
    if rung.officer is None:
        return
    wait = (rung.answer_by - rung.asked_at).total_seconds()
    values = _known(rung.call) | {"minutes": int(wait // 60)}
    template = RUNG[rung.about]
    subject = f"help:{rung.call_id}"
    to = rung.officer.phone.open() or ""
    send(template, to=to, values=values, subject=subject, key=str(rung.pk))


def tell_taker(advance: Advance) -> None:
    """To the officer who has the call: the bank sent the money back."""
    call = advance.call
    to = staff_by_id(call.taken_by_id).phone.open() or "" if call.taken_by_id else ""
    values = _known(call) | {"reason": advance.returned_why}
    subject = f"help:{call.pk}"
    send("urgent_back", to=to, values=values, subject=subject, key=str(advance.pk))


def _known(call: HelpCall) -> dict[str, object]:
    """Everything a text may name; of officers the surname only."""
    wait = minutes("urgent.answer_minutes", call.raised_at.astimezone(CHINA).date())
    values: dict[str, object] = {
        "number": call.number,
        "town": path_name(call.town),
        "place": path_name(call.region),
        "phone": office_phone(call.town),
        "kind": call.kind_name,
        "persons": call.persons,
        "visit": call.visit_due_on,
        "minutes": int(wait.total_seconds() // 60),
        "officer": call.taken_by[:1],
    }
    advance = living_advance(call)
    if advance:
        sign_by = f"{advance.sign_by.astimezone(CHINA):%H:%M}"
        values |= {
            "amount": yuan_text(advance.amount_fen),
            "manner": advance.manner_name,
            "until": advance.papers_due_on or sign_by,
        }
    return values
