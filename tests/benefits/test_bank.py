"""The bank loses answers: an outcome is asked for, never guessed; nothing is sent again (P3)."""

import datetime as dt

import pytest

from doudi.accounts.permissions import Role
from doudi.benefits import file as files
from doudi.benefits.actions import send_file, settle_file
from doudi.benefits.actions import send_roll as sending
from doudi.benefits.actions import settle_roll as settling
from doudi.benefits.actions.check_roll import check_roll
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.actions.release_roll import release_roll
from doudi.benefits.actions.sweep_rolls import sweep_rolls
from doudi.benefits.channels.base import BankAway, Result
from doudi.benefits.models import Award, Payment, Roll
from doudi.clock.time import now
from tests.factories.awards import in_benefit
from tests.factories.cases import staff

pytestmark = pytest.mark.django_db
COUNTY, MONTH = "610702", "2022-06"


class LosesAnswers:
    """A bank whose own book is outside the house; it pays every file it is handed."""

    def __init__(self) -> None:
        self.paid: list[str] = []
        self.lost_answers = 1
        self.silent_about = 0

    def send(self, number, file, orders) -> None:
        """Pays, and the first answer never arrives."""
        self.paid += [order.end_to_end_id for order in orders]
        if self.lost_answers:
            self.lost_answers -= 1
            raise BankAway("no answer")

    def received(self, number) -> bool:
        """Whether a file came."""
        return bool(self.paid)

    def results(self, end_to_end_ids) -> list[Result]:
        """What it paid, except what it is silent about for now."""
        known = [i for i in end_to_end_ids if i in self.paid]
        return [Result(i, paid=True) for i in known[self.silent_about :]]


@pytest.fixture
def bank(monkeypatch) -> LosesAnswers:
    way = LosesAnswers()
    for room in (files, send_file, settle_file):
        monkeypatch.setattr(room, "bank", lambda: way)
    return way


@pytest.fixture
def roll(city) -> Roll:
    in_benefit(0.0005)
    Award.objects.update(county=COUNTY)
    officer, checker = (staff(name, Role.COUNTY_OFFICER, COUNTY) for name in "oc")
    made = prepare_roll(COUNTY, MONTH, by=officer, at=now())
    check_roll(made.pk, version=None, by=checker, at=now())
    finance = staff("f", Role.COUNTY_FINANCE, COUNTY)
    return release_roll(made.pk, version=None, by=finance, at=now())


def test_after_a_lost_answer_the_bank_is_asked_and_pays_once(bank, roll):
    with pytest.raises(BankAway):
        sending.send_roll(roll.pk, at=now())

    sending.send_roll(roll.pk, at=now())
    settling.settle_roll(roll.pk, at=now())

    assert len(bank.paid) == len(set(bank.paid)) == roll.household_count
    assert Roll.objects.get().stage == "settled"


def test_while_one_outcome_is_unknown_the_roll_stays_open_and_that_order_on_its_way(bank, roll):
    bank.lost_answers, bank.silent_about = 0, 1
    sending.send_roll(roll.pk, at=now())

    with pytest.raises(BankAway):
        settling.settle_roll(roll.pk, at=now())

    unknown = Payment.objects.filter(stage="sent")
    assert [p.end_to_end_id for p in unknown] == [sorted(bank.paid)[0]]
    assert set(Payment.objects.exclude(stage="sent").values_list("stage", flat=True)) == {"paid"}
    assert Roll.objects.get().stage == "sent"


def test_the_sweep_takes_up_what_hangs_and_leaves_what_is_fresh(bank, roll, clock):
    bank.lost_answers = 0
    assert sweep_rolls(at=now()) == 0
    clock.shift(dt.timedelta(minutes=11))

    sweep_rolls(at=now())
    clock.shift(dt.timedelta(minutes=11))
    sweep_rolls(at=now())

    assert Roll.objects.get().stage == "settled"
    assert len(bank.paid) == roll.household_count


def test_a_bank_that_is_away_stops_the_sweep_of_no_other_roll(bank, roll, clock):
    bank.lost_answers = 5
    clock.shift(dt.timedelta(minutes=11))

    assert sweep_rolls(at=now()) == 0

    assert Roll.objects.get().stage == "released"
