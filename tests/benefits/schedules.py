"""One month under one seed: what a bank can do wrong, and what the books say at the end."""

import datetime as dt
import random
from dataclasses import dataclass
from typing import Any

from doudi.benefits.actions.book_results import book_results
from doudi.benefits.actions.check_roll import check_roll
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.actions.propose_reissue import WRONG_ACCOUNT, propose_reissue
from doudi.benefits.actions.release_reissue import release_reissue
from doudi.benefits.actions.release_roll import release_roll
from doudi.benefits.actions.send_file import send_file
from doudi.benefits.actions.send_roll import send_roll
from doudi.benefits.actions.settle_file import settle_file
from doudi.benefits.actions.settle_roll import settle_roll
from doudi.benefits.channels.base import BankAway
from doudi.benefits.models import Attempt, Award, BankFile, Payment, Roll
from doudi.benefits.reconciliation import Gap, three_ways
from doudi.demo.bank import NONE, FaultyBank
from doudi.kernel.errors import Conflict

COUNTY, MONTH = "610702", "2022-06"
STEP = dt.timedelta(minutes=7)
ROUNDS, BAD_ROUNDS = 200, 14


@dataclass
class Clock:
    """The schedule's own time."""

    at: dt.datetime

    def __call__(self) -> dt.datetime:
        return self.at


@dataclass(frozen=True)
class End:
    """What a schedule came to."""

    twice: int
    missing: int
    difference_fen: int
    gaps: list[Gap]
    rounds: int
    tries: int


def released(hands: tuple[Any, Any, Any], at: dt.datetime) -> Roll:
    """The month's roll, released by the third of three people."""
    roll = prepare_roll(COUNTY, MONTH, by=hands[0], at=at)
    check_roll(roll.pk, version=None, by=hands[1], at=at)
    return release_roll(roll.pk, version=None, by=hands[2], at=at)


def play(bank: FaultyBank, clock: Clock, hands: tuple[Any, Any, Any], seed: int) -> End:
    """Follows a released month until everybody has the money, then closes the books.

    Accounts that came back as wrong are corrected; what came back otherwise is simply tried again.
    """
    dice = random.Random(seed)
    roll = Roll.objects.get(month=MONTH)
    rounds = 0
    while _open(roll) and rounds < ROUNDS:
        rounds += 1
        clock.at += STEP * dice.uniform(0.2, 2)
        if rounds == BAD_ROUNDS:
            bank.faults = NONE  # the bad day is over; what hangs still hangs
        _step(bank, roll, clock, dice)
        if dice.random() < 0.3:
            _pay_again(hands, clock)
    _last_word(bank, clock)
    return _judge(bank, roll, clock, rounds)


def _open(roll: Roll) -> bool:
    return roll.payments.exclude(stage="paid").exists()


def _step(bank: FaultyBank, roll: Roll, clock: Clock, dice: random.Random) -> None:
    """Whatever a worker, the sweep, or a file of the bank may do next; in any order."""
    sent = Roll.objects.filter(pk=roll.pk).exclude(stage="released").exists()
    what = dice.choice(("settle", "again", "file", "later") if sent else ("send", "later"))
    try:
        if what == "send":
            send_roll(roll.pk, at=clock())
        elif what == "settle":
            settle_roll(roll.pk, at=clock())
        elif what == "again":
            for file in BankFile.objects.filter(roll=None, stage__in=("released", "sent")):
                (send_file if file.stage == "released" else settle_file)(file.pk, at=clock())
        elif what == "file":
            lines = bank.statement()
            dice.shuffle(lines)
            book_results(lines[: dice.randint(0, len(lines))], at=clock())
        elif what == "later":
            bank.later()
    except BankAway:
        return


def _pay_again(hands: tuple[Any, Any, Any], clock: Clock) -> None:
    back = Payment.objects.filter(stage="returned").exclude(attempts__stage="due")
    for payment in back:
        if payment.result_reason in WRONG_ACCOUNT:
            award = Award.objects.get(pk=payment.award_id)
            award.account = f"62109900000000{payment.attempts.count():05d}"
            award.save()
    if back:
        try:
            file = propose_reissue([p.pk for p in back], by=hands[0], at=clock())
        except Conflict:
            return
        release_reissue(file.pk, by=hands[2], at=clock())


def _last_word(bank: FaultyBank, clock: Clock) -> None:
    """The bank's whole statement, twice, whatever was told before."""
    for _ in range(2):
        book_results(bank.statement(), at=clock())


def _judge(bank: FaultyBank, roll: Roll, clock: Clock, rounds: int) -> End:
    """The bank's own book against what every household was to get."""
    held = bank.with_households()
    tries = dict(Attempt.objects.values_list("end_to_end_id", "payment_id"))
    got: dict[Any, int] = {}
    for reference, fen in held.items():
        got[tries[reference]] = got.get(tries[reference], 0) + fen
    lines = dict(roll.payments.values_list("pk", "amount_fen"))
    paid = {p.pk for p in roll.payments.filter(stage="paid")}
    patience = dt.timedelta(hours=24)
    ways = three_ways(COUNTY, MONTH, clock(), patience)
    return End(
        twice=sum(got.get(pk, 0) > fen for pk, fen in lines.items()),
        missing=sum(got.get(pk, 0) < fen for pk, fen in lines.items() if pk in paid),
        difference_fen=abs(sum(got.values()) - ways.ledger.paid),
        gaps=ways.gaps,
        rounds=rounds,
        tries=len(tries),
    )
