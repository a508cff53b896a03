"""A release is taken back while the bank has nothing, by finance, with a reason (P3, four eyes)."""

import pytest
from django.db import DatabaseError, transaction

from doudi.accounts.permissions import Role
from doudi.audit.models import Entry
from doudi.benefits import file as files
from doudi.benefits.actions import send_file
from doudi.benefits.actions import withdraw_release as withdrawing
from doudi.benefits.actions.check_roll import check_roll
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.actions.release_roll import release_roll
from doudi.benefits.actions.send_roll import send_roll
from doudi.benefits.actions.withdraw_release import withdraw_release
from doudi.benefits.channels.base import BankAway
from doudi.benefits.models import Award, BankOrder, Payment, Roll
from doudi.clock.time import now
from doudi.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, WrongStage
from doudi.outbox.deliver import deliver_all
from doudi.outbox.models import Event
from tests.factories.awards import in_benefit
from tests.factories.cases import staff

pytestmark = pytest.mark.django_db
COUNTY, MONTH = "610702", "2022-06"
WHY = "有一户换了银行卡"


@pytest.fixture
def hands(city):
    return (
        staff("o", Role.COUNTY_OFFICER, COUNTY),
        staff("c", Role.COUNTY_OFFICER, COUNTY),
        staff("f", Role.COUNTY_FINANCE, COUNTY),
    )


@pytest.fixture
def roll(hands) -> Roll:
    """Released by the third of three people; the bank has nothing yet."""
    in_benefit(0.0005)
    Award.objects.update(county=COUNTY)
    made = prepare_roll(COUNTY, MONTH, by=hands[0], at=now())
    return _signed(made, hands)


def _signed(roll, hands) -> Roll:
    check_roll(roll.pk, version=None, by=hands[1], at=now())
    return release_roll(roll.pk, version=None, by=hands[2], at=now())


def _take_back(roll, by, reason=WHY, version=None) -> Roll:
    return withdraw_release(roll.pk, reason, version=version, by=by, at=now())


def test_an_account_changed_after_the_release_is_taken_back_signed_anew_and_paid(roll, hands):
    award = Award.objects.first()
    award.account = "6210990000000000099"
    award.save()

    _take_back(roll, hands[2])
    prepare_roll(COUNTY, MONTH, by=hands[0], at=now())
    again = _signed(roll, hands)
    deliver_all()

    assert again.file_sha256 != roll.file_sha256
    assert Roll.objects.get().stage == "settled"
    paid = {order.content.open()["account"] for order in BankOrder.objects.all()}
    assert "6210990000000000099" in paid


def test_taken_back_it_is_a_draft_without_hands_and_the_journal_says_why(roll, hands):
    back = _take_back(roll, hands[2])

    assert (back.stage, back.checked_by_id, back.released_by_id, back.file_sha256) == (
        "draft",
        "",
        "",
        "",
    )
    assert (back.withdrawn_by, back.withdrawn_reason) == (hands[2].name, WHY)
    entry = Entry.objects.get(action="benefits.release_withdrawn")
    assert (entry.purpose, entry.actor_id) == (WHY, str(hands[2].pk))
    assert entry.detail == {"fen": roll.total_fen, "sha256": roll.file_sha256[:24]}


def test_the_four_eyes_look_anew(roll, hands):
    _take_back(roll, hands[2])

    with pytest.raises(WrongStage):
        release_roll(roll.pk, version=None, by=hands[2], at=now())
    with pytest.raises(NotAllowed):
        check_roll(roll.pk, version=None, by=hands[0], at=now())
    check_roll(roll.pk, version=None, by=hands[1], at=now())
    with pytest.raises(NotAllowed):
        release_roll(roll.pk, version=None, by=hands[1], at=now())


def test_what_was_taken_back_is_not_sent_by_the_event_of_the_old_release(roll, hands):
    _take_back(roll, hands[2])

    deliver_all()

    assert BankOrder.objects.count() == 0
    assert set(Event.objects.values_list("state", flat=True)) == {"done"}
    assert Roll.objects.get().stage == "draft"


def test_nobody_but_finance_of_the_county_takes_it_back(roll, hands):
    elsewhere = staff("f2", Role.COUNTY_FINANCE, "610722")
    city = staff("m", Role.CITY_OFFICER, "610700")

    for other in (*hands[:2], elsewhere, city):
        with pytest.raises(NotAllowed):
            _take_back(roll, other)

    assert Roll.objects.get().stage == "released"


def test_once_sent_it_stays_sent(roll, hands):
    send_roll(roll.pk, at=now())

    with pytest.raises(WrongStage):
        _take_back(roll, hands[2])
    deliver_all()
    with pytest.raises(WrongStage):
        _take_back(roll, hands[2])

    assert Roll.objects.get().stage == "settled"


class TookItSilently:
    """A bank that has the file although no answer came back."""

    def __init__(self) -> None:
        self.orders: list = []
        self.away = False

    def send(self, number, file, orders) -> None:
        """Pays; the answer is lost."""
        self.orders = orders
        raise BankAway("no answer")

    def received(self, number) -> bool:
        """Whether it came."""
        return bool(self.results([]))

    def results(self, end_to_end_ids) -> list:
        """What it has."""
        if self.away:
            raise BankAway("no line")
        return self.orders


def test_a_file_whose_answer_was_lost_is_not_taken_back(roll, hands, monkeypatch):
    way = TookItSilently()
    for room in (files, send_file, withdrawing):
        monkeypatch.setattr(room, "bank", lambda: way)
    with pytest.raises(BankAway):
        send_roll(roll.pk, at=now())

    with pytest.raises(Conflict, match="已经收到"):
        _take_back(roll, hands[2])
    way.away = True
    with pytest.raises(Conflict, match="联系不上银行"):
        _take_back(roll, hands[2])

    assert Roll.objects.get().stage == "released"


@pytest.mark.parametrize("reason", ["", " ", "错", "多" * 101, "账号6210990000000000099错了"])
def test_a_reason_is_needed_and_holds_no_number_of_a_person(reason, roll, hands):
    with pytest.raises(Invalid):
        _take_back(roll, hands[2], reason)

    assert Roll.objects.get().stage == "released"


def test_an_old_page_takes_nothing_back(roll, hands):
    with pytest.raises(Conflict):
        _take_back(roll, hands[2], version=roll.version - 1)

    assert Roll.objects.get().stage == "released"


def test_a_roll_that_is_none_and_a_draft_are_refused(roll, hands):
    draft = prepare_roll(COUNTY, "2022-07", by=hands[0], at=now())

    with pytest.raises(WrongStage):
        _take_back(draft, hands[2])
    with pytest.raises(NotFound):
        withdraw_release(draft.payments.first().pk, WHY, version=None, by=hands[2], at=now())


def test_an_advance_signed_by_one_hand_is_not_taken_back(roll, hands):
    once = Roll.objects.create(
        number="R1", county=COUNTY, month=MONTH, kind="once", stage="released", prepared_at=now()
    )

    with pytest.raises(Conflict, match="先行救助"):
        _take_back(once, hands[2])


WHOLE = {"stage": "draft", "checked_by_id": "", "released_by_id": "", "file_sha256": ""}
WHOLE |= {"document": ""}
TORN = {
    "a hand stays": {"released_by_id": "x"},
    "the hash stays": {"file_sha256": "0" * 64},
    "the sum changes": {"total_fen": 1},
    "the month changes": {"month": "2022-05"},
}


@pytest.mark.parametrize("how", TORN)
def test_the_database_takes_back_nothing_by_halves(how, roll):
    with pytest.raises(DatabaseError), transaction.atomic():
        Roll.objects.filter(pk=roll.pk).update(**(WHOLE | TORN[how]))

    assert Roll.objects.get().stage == "released"


def test_a_checked_roll_comes_back_only_without_the_hand_that_checked_it(roll):
    mine = Roll.objects.filter(pk=roll.pk)
    mine.update(**WHOLE)
    mine.update(stage="checked", checked_by_id="x")

    with pytest.raises(DatabaseError), transaction.atomic():
        mine.update(stage="draft")

    assert mine.update(stage="draft", checked_by_id="") == 1


@pytest.mark.parametrize("stages", [["sent"], ["sent", "settled"]])
def test_the_database_knows_no_other_way_back_to_a_draft(stages, roll):
    for stage in stages:
        Roll.objects.filter(pk=roll.pk).update(stage=stage)

    with pytest.raises(DatabaseError), transaction.atomic():
        Roll.objects.filter(pk=roll.pk).update(**WHOLE)

    assert Payment.objects.count() == roll.household_count


def test_the_number_of_a_list_is_never_one_that_another_has(roll, hands):
    july = _signed(prepare_roll(COUNTY, "2022-07", by=hands[0], at=now()), hands)
    _take_back(roll, hands[2])

    again = _signed(Roll.objects.get(pk=roll.pk), hands)

    assert (july.document, again.document) == ("兜发〔2022〕2号", "兜发〔2022〕3号")
