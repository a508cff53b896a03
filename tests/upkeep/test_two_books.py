"""F14, F17: a household under the rule book of both dates, beside what is found now."""

import datetime as dt

import pytest

from doudi.accounts.permissions import Role
from doudi.benefits.models import Award
from doudi.cases.models import Assessment
from doudi.clock.time import now
from doudi.filing.letters.upkeep import change_letter, recheck_sheet
from doudi.upkeep.actions.propose import Why, propose
from doudi.upkeep.file import two_books
from doudi.upkeep.models import Recheck
from doudi.upkeep.parts import Asked, plan_of
from tests.benefits.running import award
from tests.factories.cases import case_at, staff

pytestmark = pytest.mark.django_db
LATER = dt.date(2025, 11, 3)  # the standard rose on 2025-10-01; the daughter is of age
TOTALS = {"people": 3, "income_fen": 2_782_800, "expenses_fen": 1_800_000}


@pytest.fixture
def ren(clock, city) -> Award:
    """The Ren family: 1,670.00 a month since June 2022."""
    case = case_at("confirmed", clock)
    return Award.objects.get(case_id=case.pk)


def test_the_book_of_then_gives_what_was_decided_and_todays_what_it_would_be(ren):
    books = two_books(ren, TOTALS, LATER)

    assert (books.then.fen, books.holds) == (167_000, True)
    # 3 × 675 − 819, and only the father's 50 %: the daughter is 20 by then.
    assert books.then_today.fen == 3 * 67_500 - 81_900 + 33_750
    assert books.now.fen == books.then_today.fen
    moved = {m.label: (m.before, m.after, m.since) for m in books.moved}
    assert moved["低保标准"] == ("655.00", "675.00", "2025-10-01")


def test_what_is_found_now_moves_only_its_own_side(ren):
    richer = TOTALS | {"income_fen": 2_782_800 + 120_000}

    books = two_books(ren, richer, LATER)

    assert books.then_today.fen - books.now.fen == 10_000


@pytest.mark.parametrize("seen", [{}, TOTALS | {"people": 4}])
def test_where_totals_do_not_say_enough_a_person_assesses(ren, seen):
    assert two_books(ren, seen, LATER).now is None


def test_on_the_same_day_nothing_has_moved(ren, clock):
    books = two_books(ren, {}, now().date())

    assert (books.moved, books.then.fen) == ((), books.then_today.fen)


def test_a_changed_decision_is_named(ren):
    Assessment.objects.update(monthly_fen=166_999)

    assert not two_books(ren, {}, LATER).holds


def test_what_was_taken_over_has_no_facts_here(city):
    assert two_books(award(), {}, LATER) is None


def test_both_papers_carry_both_books(ren, clock):
    clock.move_to(dt.datetime(2025, 11, 3, 1, 0, tzinfo=dt.UTC))
    clerk = staff("two.clerk", Role.TOWN_CLERK, ren.town)
    asked = Asked("2025-12", 120_600, 33_750)
    why = Why("means", "演示：已入户核实情况")
    made = propose(ren.pk, "adjust", plan_of(ren, "adjust", asked, now()), why, by=clerk, at=now())
    values = {"town": ren.town, "county": ren.county, "call": "plan", "klass": "a"}
    found = Recheck.objects.create(award=ren, due_on=LATER, opened_at=now(), **values)

    letter, sheet = change_letter(made), recheck_sheet(found, {"people": 3})

    assert "按2022-05" in letter["formula"][0]
    assert "每月1,543.50元" in letter["formula"][0]
    assert sheet["recomputed"][-1]["then"] == "1,670.00"
    assert sheet["recomputed"][-1]["then_today"] == "1,543.50"
    assert "低保标准：655.00→675.00" in sheet["moved"]
