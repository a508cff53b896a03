"""After two people stand behind a roll, neither an action nor the database changes it (P2, P3)."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from doudi.accounts.permissions import Role
from doudi.benefits.actions.check_roll import check_roll
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.actions.release_roll import release_roll
from doudi.benefits.actions.settle_roll import settle_roll
from doudi.benefits.figures import due_for
from doudi.benefits.models import Award, Payment, Roll
from doudi.benefits.reconciliation import three_ways
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
    "base_fen": 0,
    "covered": 99,
}
HEADS = {
    "total_fen": 1,
    "month": "2022-05",
    "kind": "once",
    "stage": "draft",
    "file_sha256": "0" * 64,
    "lines_sha256": "0" * 64,
    "document": "别的文号",
    "prepared_by": "别人",
    "checked_by": "别人",
    "released_by": "别人",
    "released_at": None,
    "withdrawn_reason": "没有的事",
}


def refused(query: str, *values: object) -> bool:
    """By hand, with the whole power of the account that the house itself uses."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(query, values)
    except DatabaseError:
        return True
    return False


def every_line() -> list[tuple[object, ...]]:
    """All that a roll, its lines and their accounts say, as it stands in the tables."""
    found: list[tuple[object, ...]] = []
    with connection.cursor() as cursor:
        for table in ("benefits_roll", "benefits_payment", "benefits_attempt"):
            cursor.execute(f"select * from {table} order by id")  # noqa: S608  three names
            found += cursor.fetchall()
    return found


BY_HAND = {
    "another sum": "update benefits_payment set amount_fen = 1",
    "another payee": "update benefits_payment set person_id = award_id",
    "another account": "update benefits_attempt set account = 'x'",
    "another holder": "update benefits_attempt set holder = '别人'",
    "out of its file": "update benefits_attempt set file_id = null",
    "back a step": "update benefits_roll set stage = 'checked'",
    "past the bank": "update benefits_roll set stage = 'settled'",
    "lines away": "delete from benefits_payment",
    "tries away": "delete from benefits_attempt",
    "the roll away": "delete from benefits_roll",
    "the file away": "delete from benefits_bankfile",
    "another signature": "update benefits_bankfile set signature = 'x'",
}
SQLITE = {
    "the roll over itself": """insert or replace into benefits_roll
        select * from benefits_roll""",
    "its line into another roll": """insert or replace into benefits_payment
        (id, end_to_end_id, roll_id, award_id, person_id, month, kind, amount_fen, base_fen,
        top_up_fen, size, covered, stage, result_reason)
        select id, end_to_end_id, '{draft}', award_id, person_id, month, kind, 1, 0, 0, 1, 1,
        'due', '' from benefits_payment where roll_id <> '{draft}'""",
    "another line upon its own": """update or replace benefits_payment
        set end_to_end_id = '{one}' where roll_id = '{draft}'""",
    "the try over itself": """insert or replace into benefits_attempt
        select * from benefits_attempt where file_id is not null""",
}
POSTGRESQL = {
    "all lines at once": "truncate benefits_payment cascade",
    "all rolls at once": "truncate benefits_roll cascade",
    "the ledger at once": "truncate ledger_movement",
}


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


@pytest.mark.parametrize("how", BY_HAND)
def test_no_sentence_of_sql_changes_a_released_roll(how, roll):
    before = every_line()

    assert refused(BY_HAND[how])

    assert every_line() == before


def test_no_row_of_a_draft_pushes_a_released_one_out(roll):
    draft = prepare_roll(COUNTY, "2022-07", by=staff("o4", Role.COUNTY_OFFICER, COUNTY), at=now())
    one = roll.payments.order_by("pk").first()
    sqlite = connection.vendor == "sqlite"
    before = every_line()

    names = {"draft": draft.pk.hex, "one": one.end_to_end_id}
    ways = {how: query.format(**names) for how, query in (SQLITE if sqlite else POSTGRESQL).items()}
    passed = [how for how, query in ways.items() if not refused(query)]

    assert passed == []
    assert every_line() == before


def test_who_takes_the_refusal_away_is_found_by_the_digest(roll):
    untouched = three_ways(COUNTY, MONTH, now(), dt.timedelta(hours=24)).gaps
    of = "" if connection.vendor == "sqlite" else " ON benefits_payment"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER benefits_payment_frozen_update{of}")
        cursor.execute("update benefits_payment set covered = covered + 1")

    found = three_ways(COUNTY, MONTH, now(), dt.timedelta(hours=24)).gaps

    assert untouched == []
    assert [(gap.kind, gap.reference) for gap in found] == [("touched", roll.number)]


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
