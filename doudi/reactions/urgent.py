"""What follows from a call for help at once."""

from doudi.benefits.actions.pay_once import pay_once
from doudi.benefits.actions.tell_at_once import tell_at_once
from doudi.benefits.events import RollSettled
from doudi.clock.time import now
from doudi.urgent import queries as urgent
from doudi.urgent.actions.tell import tell_caller, tell_closed, tell_officer
from doudi.urgent.events import (
    AdvanceSigned,
    HelpClosed,
    HelpRaised,
    HelpTaken,
    OfficerRung,
    PapersMadeUp,
)

ONCE = "once"  # the key of what is told a single time


def tell_help_comes(event: HelpRaised) -> None:
    """The number, by when somebody calls, by when somebody comes."""
    tell_caller(event.call_id, "urgent_raised", ONCE)


def ring_the_officer(event: OfficerRung) -> None:
    """To the officer's own phone, without a name."""
    tell_officer(event.ringing_id)


def tell_who_comes(event: HelpTaken) -> None:
    """The surname of the officer and the day of the visit."""
    tell_caller(event.call_id, "urgent_taken", ONCE)


def pay_the_advance(event: AdvanceSigned) -> None:
    """The money goes first; cash is handed over by the town."""
    pay_once(event.advance_id, at=now())


def tell_advance_signed(event: AdvanceSigned) -> None:
    """Amount, way, and until when the papers may follow."""
    tell_caller(urgent.advance(event.advance_id).call_id, "urgent_signed", event.advance_id)


def tell_advance_paid(event: RollSettled) -> None:
    """To whoever asked for help at once: paid, or returned; then cash takes its place."""
    tell_at_once(event.roll_id, at=now())


def tell_papers_made_up(event: PapersMadeUp) -> None:
    """Thanks, and that a masked notice follows."""
    tell_caller(urgent.advance(event.advance_id).call_id, "urgent_made_up", event.advance_id)


def tell_help_closed(event: HelpClosed) -> None:
    """That they may come again."""
    tell_closed(event.call_id)
