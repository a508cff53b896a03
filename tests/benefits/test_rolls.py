"""Nobody twice, four eyes, and nothing changes after release."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from doudi.accounts.permissions import Role
from doudi.benefits.actions.check_roll import check_roll
from doudi.benefits.actions.open_award import open_award
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.actions.release_roll import release_roll
from doudi.benefits.actions.send_roll import send_roll
from doudi.benefits.actions.settle_roll import settle_roll
from doudi.benefits.models import Award, BankOrder, Payment, Roll
from doudi.cases.models import Decision
from doudi.clock.time import now
from doudi.kernel.errors import Conflict, NotAllowed, WrongStage
from doudi.outbox.deliver import deliver_all
from tests.factories.awards import in_benefit
from tests.factories.cases import case_at, staff

pytestmark = pytest.mark.django_db
COUNTY, MONTH = "610702", "2022-06"


@pytest.fixture
def hands():
    return (
        staff("o", Role.COUNTY_OFFICER, COUNTY),
        staff("c", Role.COUNTY_OFFICER, COUNTY),
        staff("f", Role.COUNTY_FINANCE, COUNTY),
    )


@pytest.fixture
def roll(city, hands) -> Roll:
    in_benefit(0.0005)
    Award.objects.update(county=COUNTY)
    return prepare_roll(COUNTY, MONTH, by=hands[0], at=now())


def test_a_roll_holds_every_award_of_the_month_once(roll):
    assert roll.household_count == Award.objects.count() > 20
    assert roll.total_fen == sum(Award.objects.values_list("monthly_fen", flat=True))


def test_prepared_again_while_a_draft_it_is_the_same(roll, hands):
    again = prepare_roll(COUNTY, MONTH, by=hands[0], at=now())

    assert again.pk == roll.pk
    assert (again.household_count, again.total_fen) == (roll.household_count, roll.total_fen)


def test_the_database_refuses_a_second_payment_of_a_person_and_month(roll):
    one = roll.payments.first()

    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.create(
            end_to_end_id="another",
            roll=roll,
            award=one.award,
            person=one.person,
            month=MONTH,
            kind=one.kind,
            amount_fen=1,
        )

    assert roll.payments.filter(person=one.person).count() == 1


def test_who_prepared_cannot_check_and_who_checked_cannot_release(roll, hands):
    officer, checker, finance = hands

    with pytest.raises(NotAllowed):
        check_roll(roll.pk, version=None, by=officer, at=now())
    check_roll(roll.pk, version=None, by=checker, at=now())
    with pytest.raises(NotAllowed):
        release_roll(roll.pk, version=None, by=checker, at=now())
    checker.posts.update(role=Role.COUNTY_FINANCE.value)
    checker.__dict__.pop("_posts", None)
    with pytest.raises(NotAllowed):
        release_roll(roll.pk, version=None, by=checker, at=now())

    assert release_roll(roll.pk, version=None, by=finance, at=now()).stage == "released"


def test_a_draft_cannot_be_released(roll, hands):
    with pytest.raises(WrongStage):
        release_roll(roll.pk, version=None, by=hands[2], at=now())


def _release(roll, hands) -> None:
    check_roll(roll.pk, version=None, by=hands[1], at=now())
    release_roll(roll.pk, version=None, by=hands[2], at=now())


def test_a_released_roll_cannot_be_prepared_again(roll, hands):
    _release(roll, hands)

    with pytest.raises(Conflict):
        prepare_roll(COUNTY, MONTH, by=hands[0], at=now())


def test_an_account_changed_after_the_release_gets_nothing_of_what_was_released(roll, hands):
    _release(roll, hands)
    award = Award.objects.first()
    before = award.account.open()
    award.account = "6210990000000000099"
    award.save()

    deliver_all()

    paid = {order.content.open()["account"] for order in BankOrder.objects.all()}
    assert before in paid
    assert "6210990000000000099" not in paid


def test_the_bank_pays_each_order_once_however_often_it_is_sent(roll, hands):
    _release(roll, hands)

    deliver_all()
    send_roll(roll.pk, at=now())
    settle_roll(roll.pk, at=now())

    paid = BankOrder.objects.filter(status="paid")
    assert BankOrder.objects.count() == roll.household_count
    assert sum(paid.values_list("amount_fen", flat=True)) == roll.total_fen


def test_an_account_that_does_not_exist_comes_back_with_its_reason(roll, hands):
    award = Award.objects.first()
    award.account = "6210990000000000000"
    award.save()
    prepare_roll(COUNTY, MONTH, by=hands[0], at=now())

    _release(roll, hands)
    deliver_all()

    payment = Payment.objects.get(award=award)
    assert (payment.stage, payment.result_reason) == ("returned", "账号不存在")


def test_an_ended_award_and_one_yet_to_begin_are_not_paid(roll, hands):
    one, other = Award.objects.order_by("number")[:2]
    Award.objects.filter(pk=one.pk).update(end_month="2022-05")
    Award.objects.filter(pk=other.pk).update(start_month="2022-07")

    again = prepare_roll(COUNTY, MONTH, by=hands[0], at=now())

    assert again.household_count == Award.objects.count() - 2


def test_a_decision_opens_one_award_however_often_the_event_comes(clock, city):
    case = case_at("confirmed", clock)
    decision = Decision.objects.get(case=case)

    first = open_award(decision.pk, at=now())
    again = open_award(decision.pk, at=now() + dt.timedelta(days=1))

    assert first.pk == again.pk
    assert Award.objects.count() == 1
