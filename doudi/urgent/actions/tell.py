"""告知: the messages about a call, to whoever asked for help and to the officer who is rung.

Clause: OP18 四; PIPL art 6 (no name and no number of the caller goes to anybody else)
Move:   none      Right: called by reactions      Says: nothing
"""

from uuid import UUID

from doudi.clock.time import CHINA
from doudi.kernel.money import yuan_text
from doudi.notices.send import send
from doudi.regions.queries import office_phone, path_name
from doudi.urgent.models import HelpCall
from doudi.urgent.queries import call_by_id, living_advance, minutes, ringing


def tell_caller(call_id: UUID, template: str, **more: object) -> None:
    """One message to whoever asked for help, with what is known of the call."""
    call = call_by_id(call_id)
    send(template, to=call.phone.open(), values=_known(call) | more, subject=f"help:{call_id}")


def tell_officer(ringing_id: UUID) -> None:
    """To the officer's own phone: what, where, by when."""
    rung = ringing(ringing_id)
    if rung.officer is None:
        return
    wait = (rung.answer_by - rung.asked_at).total_seconds()
    values = _known(rung.call) | {"minutes": int(wait // 60)}
    template = "urgent_sign" if rung.about == "sign" else "urgent_ring"
    subject = f"help:{rung.call_id}"
    send(template, to=rung.officer.phone.open() or "", values=values, subject=subject)


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
