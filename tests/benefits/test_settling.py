"""What became of ten thousand orders is booked in sets, and never more than the bank has said."""

import datetime as dt

import pytest
from django.db import connection

from doudi.accounts.permissions import Role
from doudi.audit.models import Entry
from doudi.benefits import file as files
from doudi.benefits.actions import send_file
from doudi.benefits.actions import send_roll as sending
from doudi.benefits.actions import settle_file as settling
from doudi.benefits.actions.check_roll import check_roll
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.actions.release_roll import release_roll
from doudi.benefits.actions.settle_roll import settle_roll
from doudi.benefits.channels.base import BankAway, Result
from doudi.benefits.models import Award, Payment, Roll
from doudi.clock.time import now
from doudi.outbox.models import Event
from tests.factories.awards import in_benefit
from tests.factories.cases import staff

pytestmark = pytest.mark.django_db
COUNTY, MONTH = "610702", "2022-06"
REASONS = {1: "账号不存在", 2: "户名不符"}


class Says:
    """A bank outside the house: every fifth order each comes back for one of two reasons."""

    def __init__(self) -> None:
        self.orders: list[str] = []
        self.silent: set[str] = set()
        self.asked: list[list[str]] = []

    def send(self, number, file, orders) -> None:
        """Takes the file."""
        self.orders = [o.end_to_end_id for o in orders]

    def received(self, number) -> bool:
        """Whether a file came."""
        return bool(self.orders)

    def results(self, end_to_end_ids) -> list[Result]:
        """What it knows, in its own order."""
        self.asked.append(list(end_to_end_ids))
        known = [i for i in end_to_end_ids if i in self.orders and i not in self.silent]
        return [self.outcome(i) for i in reversed(known)]

    def outcome(self, order: str) -> Result:
        """The rule that the books are held against, one order at a time."""
        reason = REASONS.get(self.orders.index(order) % 5, "")
        return Result(order, not reason, reason)


@pytest.fixture
def bank(monkeypatch) -> Says:
    way = Says()
    for room in (files, send_file, settling):
        monkeypatch.setattr(room, "bank", lambda: way)
    monkeypatch.setattr(settling, "BATCH", 10)
    return way


@pytest.fixture
def roll(city, bank) -> Roll:
    """Sent, with more lines than four batches hold."""
    in_benefit(0.0005)
    Award.objects.update(county=COUNTY)
    officer, checker = (staff(name, Role.COUNTY_OFFICER, COUNTY) for name in "oc")
    made = prepare_roll(COUNTY, MONTH, by=officer, at=now())
    check_roll(made.pk, version=None, by=checker, at=now())
    release_roll(made.pk, version=None, by=staff("f", Role.COUNTY_FINANCE, COUNTY), at=now())
    sending.send_roll(made.pk, at=now())
    bank.asked.clear()
    assert made.household_count > 40
    return made


def _books() -> dict[str, tuple[str, str]]:
    rows = Payment.objects.values_list("end_to_end_id", "stage", "result_reason")
    return {order: (stage, reason) for order, stage, reason in rows}


def _rule(bank: Says) -> dict[str, tuple[str, str]]:
    """What every line must be, each worked out by itself."""
    lines = {}
    for order in bank.orders:
        result = bank.outcome(order)
        known = ("paid", "") if result.paid else ("returned", result.reason)
        lines[order] = ("sent", "") if order in bank.silent else known
    return lines


def test_the_sets_book_what_the_rule_says_of_every_single_order(roll, bank):
    settle_roll(roll.pk, at=now())

    assert _books() == _rule(bank)
    assert {stage for stage, _reason in _books().values()} == {"paid", "returned"}
    assert set(Payment.objects.values_list("result_at", flat=True)) == {now()}
    assert Roll.objects.get().stage == "settled"


def test_what_the_bank_is_silent_about_stays_on_its_way_and_is_asked_again(roll, bank):
    bank.silent = {bank.orders[3], bank.orders[25]}
    with pytest.raises(BankAway, match="2 outcomes"):
        settle_roll(roll.pk, at=now())
    assert _books() == _rule(bank)
    assert Roll.objects.get().stage == "sent"
    still_open, bank.silent = bank.silent, set()
    bank.asked.clear()

    settle_roll(roll.pk, at=now())

    assert bank.asked == [sorted(still_open)]
    assert _books() == _rule(bank)
    assert Roll.objects.get().stage == "settled"


def test_settled_twice_it_is_booked_journalled_and_announced_once(roll, bank):
    settle_roll(roll.pk, at=now())
    before = (_books(), Roll.objects.get().version, len(bank.asked))

    settle_roll(roll.pk, at=now() + dt.timedelta(hours=1))

    assert (_books(), Roll.objects.get().version, len(bank.asked)) == before
    assert Entry.objects.filter(action="benefits.roll_settled").count() == 1
    assert Event.objects.filter(kind="RollSettled").count() == 1
    assert set(Payment.objects.values_list("result_at", flat=True)) == {now()}


class PowerCut(Exception):
    """The machine goes dark."""


class _CutAt:
    """Lets `left` updates of payments through and then goes dark."""

    def __init__(self, left: int) -> None:
        self.left = left

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith('UPDATE "benefits_payment"'):
            if not self.left:
                raise PowerCut
            self.left -= 1
        return execute(sql, params, many, context)


def test_a_crash_leaves_every_batch_whole_or_untouched_and_the_next_call_finishes(roll, bank):
    # Three groups a batch: two batches are whole, the third is cut after its second update.
    with pytest.raises(PowerCut), connection.execute_wrapper(_CutAt(3 + 3 + 2)):
        settle_roll(roll.pk, at=now())
    booked = sorted(order for order, (stage, _reason) in _books().items() if stage != "sent")
    assert booked == sorted(bank.orders)[:20]
    assert Roll.objects.get().stage == "sent"
    bank.asked.clear()

    settle_roll(roll.pk, at=now())

    assert sorted(sum(bank.asked, [])) == sorted(bank.orders)[20:]
    assert _books() == _rule(bank)
    assert Roll.objects.get().stage == "settled"


def test_the_bank_is_asked_about_no_more_than_a_batch_at_once(roll, bank):
    settle_roll(roll.pk, at=now())

    assert max(len(asked) for asked in bank.asked) == settling.BATCH
    assert sum(len(asked) for asked in bank.asked) == roll.household_count


def test_ten_times_the_lines_are_booked_with_the_same_number_of_updates(
    roll, bank, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(settling, "BATCH", 5_000)

    with django_assert_max_num_queries(48):
        settle_roll(roll.pk, at=now())

    assert _books() == _rule(bank)


def test_what_the_bank_is_to_get_is_read_in_one_query(roll, django_assert_num_queries):
    with django_assert_num_queries(1):
        orders = files.orders_of(files.first_tries(roll))

    assert len(orders) == roll.household_count
    assert sum(order.amount_fen for order in orders) == roll.total_fen
