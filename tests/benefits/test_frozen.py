"""After two people stand behind a roll, neither an action nor the database changes it (P2, P3)."""

import pytest
from django.db import DatabaseError, transaction

from doudi.accounts.permissions import Role
from doudi.benefits.actions.check_roll import check_roll
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.actions.release_roll import release_roll
from doudi.benefits.actions.settle_roll import settle_roll
from doudi.benefits.figures import due_for
from doudi.benefits.models import Award, Payment, Roll
from doudi.clock.time import now
from doudi.kernel.errors import Conflict, Invalid, WrongStage
from tests.factories.awards import in_benefit
from tests.factories.cases import staff

pytestmark = pytest.mark.django_db
COUNTY, MONTH = "610702", "2022-06"


@pytest.fixture
def roll(city) -> Roll:
    """Released by the third of three people."""
    in_benefit(0.0005)
    Award.objects.update(county=COUNTY)
    officer, checker = (staff(name, Role.COUNTY_OFFICER, COUNTY) for name in "oc")
    made = prepare_roll(COUNTY, MONTH, by=officer, at=now())
    check_roll(made.pk, version=None, by=checker, at=now())
    finance = staff("f", Role.COUNTY_FINANCE, COUNTY)
    return release_roll(made.pk, version=None, by=finance, at=now())


LINES = {
    "amount_fen": 999_999,
    "month": "2022-05",
    "kind": "another",
    "end_to_end_id": "another",
}
HEADS = {"total_fen": 1, "month": "2022-05", "stage": "draft", "file_sha256": "0" * 64}


@pytest.mark.parametrize("field", LINES)
def test_the_database_refuses_another_line(field, roll):
    one = roll.payments.order_by("pk").first()

    with pytest.raises(DatabaseError), transaction.atomic():
        Payment.objects.filter(pk=one.pk).update(**{field: LINES[field]})

    assert Payment.objects.get(pk=one.pk).amount_fen == one.amount_fen


@pytest.mark.parametrize("field", HEADS)
def test_the_database_refuses_another_head(field, roll):
    with pytest.raises(DatabaseError), transaction.atomic():
        Roll.objects.filter(pk=roll.pk).update(**{field: HEADS[field]})

    assert Roll.objects.get().total_fen == roll.total_fen


def test_the_database_refuses_a_line_more_or_less(roll):
    one = roll.payments.order_by("pk").first()
    more = Payment(
        end_to_end_id="x", roll=roll, award=one.award, person=one.person, month="2022-07"
    )
    more.kind, more.amount_fen = one.kind, 1

    with pytest.raises(DatabaseError), transaction.atomic():
        more.save(force_insert=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        roll.payments.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Roll.objects.filter(pk=roll.pk)._raw_delete("default")

    assert roll.payments.count() == roll.household_count


def test_no_action_takes_a_released_roll_back(roll):
    desk = staff("o2", Role.COUNTY_OFFICER, COUNTY)

    with pytest.raises(Conflict):
        prepare_roll(COUNTY, MONTH, by=desk, at=now())
    with pytest.raises(WrongStage):
        check_roll(roll.pk, version=None, by=desk, at=now())
    with pytest.raises(WrongStage):
        settle_roll(roll.pk, at=now())

    assert Roll.objects.get().file_sha256 == roll.file_sha256


def test_a_draft_may_still_be_prepared_anew(roll):
    officer = staff("o3", Role.COUNTY_OFFICER, COUNTY)
    first = prepare_roll(COUNTY, "2022-07", by=officer, at=now())

    again = prepare_roll(COUNTY, "2022-07", by=officer, at=now())

    assert again.version == first.version + 1
    assert again.payments.count() == again.household_count


def test_what_is_ordered_is_what_every_award_entitles_to(roll):
    ordered = dict(roll.payments.values_list("award_id", "amount_fen"))

    entitled = {a.pk: due_for(a, MONTH) for a in Award.objects.all()}

    assert ordered == entitled
    assert sum(entitled.values()) == roll.total_fen


@pytest.mark.parametrize(
    ("start", "end", "month", "fen"),
    [
        ("2022-06", "", "2022-05", 0),
        ("2022-06", "", "2022-06", 167_000),
        ("2021-12", "2022-06", "2022-06", 167_000),
        ("2021-12", "2022-06", "2022-07", 0),
        ("2021-12", "", "2030-01", 167_000),
    ],
)
def test_a_month_is_due_from_the_first_to_the_last(start, end, month, fen):
    award = Award(monthly_fen=167_000, start_month=start, end_month=end)

    assert due_for(award, month) == fen


def test_two_awards_of_one_person_stop_the_roll_with_their_numbers(city):
    in_benefit(0.0005)
    Award.objects.update(county=COUNTY)
    one, other = Award.objects.filter(programme="dibao").order_by("number")[:2]
    Award.objects.filter(pk=other.pk).update(payee=one.payee)

    with pytest.raises(Conflict) as refusal:
        prepare_roll(COUNTY, MONTH, by=staff("o", Role.COUNTY_OFFICER, COUNTY), at=now())

    assert {one.number, other.number} == set(refusal.value.sentence.split("：")[1].split("、"))
    assert Payment.objects.count() == 0


@pytest.mark.parametrize("month", ["2022-13", "2022-6", "", "２０２２-06", "2022-06-01"])
def test_a_month_that_is_none_is_refused(month, city):
    with pytest.raises(Invalid):
        prepare_roll(COUNTY, month, by=staff("o", Role.COUNTY_OFFICER, COUNTY), at=now())


def test_only_covered_persons_are_counted(city):
    in_benefit(0.0005)
    Award.objects.update(county=COUNTY)
    big = Award.objects.filter(household_size__gt=1).first()
    big.persons.exclude(person=big.payee).delete()

    made = prepare_roll(COUNTY, MONTH, by=staff("o", Role.COUNTY_OFFICER, COUNTY), at=now())

    everybody = sum(Award.objects.values_list("household_size", flat=True))
    assert made.person_count == everybody - (big.household_size - 1)
