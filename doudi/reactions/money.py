"""What follows from an award, a roll and the bank's answers."""

from doudi.benefits import events as money
from doudi.benefits import queries as benefits
from doudi.benefits.actions import tell_paid as telling
from doudi.benefits.actions.send_file import send_file
from doudi.benefits.actions.send_roll import send_roll
from doudi.benefits.actions.settle_file import settle_file
from doudi.benefits.actions.settle_roll import settle_roll
from doudi.benefits.actions.tell_at_once import tell_at_once
from doudi.benefits.events import AwardOpened, RollReleased, RollSent, RollSettled
from doudi.clock.time import now
from doudi.people.actions.mark_benefit import mark_benefit
from doudi.redress.events import (
    ChangeAppealDismissed,
    ChangeAppealFiled,
    ChangeAppealUpheld,
)
from doudi.upkeep.actions.take_up_appeal import follow_dismissed, follow_upheld, propose_hold


def mark_the_persons(event: AwardOpened) -> None:
    """One person, one benefit: every county sees it from now on."""
    award = benefits.award(event.award_id)
    mark_benefit(
        benefits.persons_of(award),
        programme=award.programme,
        county=award.county,
        award_ref=award.pk,
        from_month=award.start_month,
    )


def send_to_bank(event: RollReleased) -> None:
    """The released file; nothing where the release was taken back in between."""
    if not benefits.was_taken_back(event.roll_id):
        send_roll(event.roll_id, at=now())


def ask_the_bank(event: RollSent) -> None:
    """What became of each order."""
    settle_roll(event.roll_id, at=now())


def tell_paid(event: RollSettled) -> None:
    """To those who applied here: paid, or returned with the reason."""
    telling.tell_roll(event.roll_id)


def tell_it_came_back(event: money.PaymentCameBack) -> None:
    """What was told as paid is not there: the reason, and that it will be paid again."""
    telling.tell_came_back(event.payment_id)
    tell_at_once(benefits.payment(event.payment_id).roll_id, at=now())


def send_again(event: money.ReissueReleased) -> None:
    """The second try of what came back, to the corrected account."""
    send_file(event.file_id, at=now())


def ask_again(event: money.ReissueSent) -> None:
    """What became of each second try."""
    settle_file(event.file_id, at=now())


def tell_paid_again(event: money.ReissueSettled) -> None:
    """To those who applied here: it has come now, or came back once more."""
    telling.tell_reissue(event.file_id)


def propose_to_hold(event: ChangeAppealFiled) -> None:
    """Whoever asked to be paid as before until the answer: a person decides."""
    propose_hold(event.appeal_id, at=now())


def propose_to_give_back(event: ChangeAppealUpheld) -> None:
    """What was taken, from the month in which it was taken."""
    follow_upheld(event.appeal_id, at=now())


def settle_what_was_held(event: ChangeAppealDismissed) -> None:
    """Where it was paid as before meanwhile, a person looks."""
    follow_dismissed(event.appeal_id, at=now())
