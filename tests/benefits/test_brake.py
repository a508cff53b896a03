"""A roll that differs too much from last month is held until a second person says why (P24)."""

import pytest

from doudi.benefits.actions.check_roll import check_roll
from doudi.benefits.actions.lift_brake import lift_brake
from doudi.benefits.models import Attempt, Award, RollDifference
from doudi.clock.time import now
from doudi.kernel.errors import Conflict, Invalid, NotAllowed
from tests.benefits.month import NEXT, county, hands, prepared, released, to_account

pytestmark = pytest.mark.django_db
WHY = "七月起执行新标准，市里发文"


@pytest.fixture
def by(city):
    county()
    people = hands()
    released(people)
    return people


def shift_a_column() -> None:
    """Every household's account slips to the next one's row, as in a sheet pasted one row off."""
    found = list(Award.objects.order_by("number"))
    accounts = [award.account.open() for award in found]
    for award, account in zip(found, accounts[1:] + accounts[:1], strict=True):
        to_account(award, account)


def test_a_shifted_column_holds_the_run(by):
    shift_a_column()

    roll = prepared(by, NEXT)

    assert roll.held
    with pytest.raises(Conflict, match="已拦下"):
        check_roll(roll.pk, version=None, by=by.checker, at=now())
    kinds = set(RollDifference.objects.filter(roll=roll).values_list("kind", flat=True))
    assert (kinds, roll.changed_share) == ({"account"}, 10_000)


def test_a_second_person_says_why_and_it_goes_on(by):
    Award.objects.update(monthly_fen=70_000, base_fen=70_000, top_up_fen=0)
    roll = prepared(by, NEXT)
    with pytest.raises(NotAllowed):
        lift_brake(roll.pk, WHY, version=None, by=by.officer, at=now())
    with pytest.raises(Invalid):
        lift_brake(roll.pk, "", version=None, by=by.checker, at=now())

    lift_brake(roll.pk, WHY, version=None, by=by.checker, at=now())

    assert check_roll(roll.pk, version=None, by=by.checker, at=now()).stage == "checked"


def test_prepared_anew_it_is_held_anew(by):
    shift_a_column()
    roll = prepared(by, NEXT)
    lift_brake(roll.pk, WHY, version=None, by=by.checker, at=now())

    again = prepared(by, NEXT)

    assert (again.held, again.lifted_by_id) == (True, "")


def test_an_ordinary_month_is_not_held_and_every_difference_has_a_reason(by):
    one, other, third = Award.objects.filter(programme="dibao").order_by("number")[:3]
    Award.objects.filter(pk=one.pk).update(end_month="2022-06")
    Award.objects.filter(pk=other.pk).update(base_fen=50_000, monthly_fen=50_000, top_up_fen=0)
    to_account(third, "6210990000000000777")

    roll = prepared(by, NEXT)

    found = {d.award_id: (d.kind, d.reason) for d in roll.differences.all()}
    assert not roll.held
    assert found[one.pk] == ("ended", "ended")
    assert found[other.pk][1] == "base"
    assert found[third.pk] == ("account", "account")
    assert len(found) == 3


def test_a_line_touched_between_preparing_and_checking_is_noticed(by):
    roll = prepared(by, NEXT)
    one = Attempt.objects.filter(payment__roll=roll).select_related("payment").first()
    type(one.payment).objects.filter(pk=one.payment_id).update(base_fen=1)

    with pytest.raises(Conflict, match="不符"):
        check_roll(roll.pk, version=None, by=by.checker, at=now())
