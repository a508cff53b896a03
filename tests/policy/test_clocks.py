"""Deadlines, residence permits and gradual exit: dated rules outside the formulas."""

import datetime as dt

import pytest

from doudi.kernel.periods import Month
from doudi.policy.facts import Permit
from doudi.policy.rules.deadlines import due_on, national, notice_until, working_days_after
from doudi.policy.rules.residence import residence
from doudi.policy.rules.taper import taper
from doudi.policy.wording import SENTENCES
from tests.policy.build import PACK

BOOK, CALENDAR = PACK.book, PACK.calendar


def test_a_case_of_2022_is_due_after_fifteen_working_days() -> None:
    due = due_on(BOOK, CALENDAR, dt.date(2022, 5, 10))

    assert due.on == dt.date(2022, 5, 31)
    assert not due.provisional


def test_the_nation_counts_its_own_days_from_acceptance() -> None:
    old = national(BOOK, CALENDAR, dt.date(2022, 5, 10))
    new = national(BOOK, CALENDAR, dt.date(2022, 10, 20))

    assert (old.investigate_by, old.verify_by) == (dt.date(2022, 5, 13), dt.date(2022, 5, 13))
    assert CALENDAR.workdays_between(dt.date(2022, 5, 10), old.decide_by) == 30
    assert CALENDAR.workdays_between(dt.date(2022, 10, 20), new.decide_by) == 20
    assert CALENDAR.workdays_between(dt.date(2022, 5, 10), old.hard_by) == old.hard_days == 45


def test_the_last_case_of_2021_still_has_forty() -> None:
    old, new = dt.date(2021, 12, 31), dt.date(2022, 1, 1)

    assert CALENDAR.workdays_between(old, due_on(BOOK, CALENDAR, old).on) == 40
    assert CALENDAR.workdays_between(new, due_on(BOOK, CALENDAR, new).on) == 15
    assert len(PACK.process_at(old).stages) == 7
    assert len(PACK.process_at(new).stages) == 3


def test_paused_working_days_push_the_last_day_back() -> None:
    assert due_on(BOOK, CALENDAR, dt.date(2022, 5, 10), paused=2).on == dt.date(2022, 6, 2)


def test_a_notice_lasts_seven_days_after_that_of_publication() -> None:
    assert notice_until(BOOK, dt.date(2022, 5, 20)) == dt.date(2022, 5, 27)


def test_a_letter_of_refusal_leaves_within_three_working_days() -> None:
    due = working_days_after(BOOK, CALENDAR, "process.letter_days", dt.date(2022, 4, 29))

    assert due.on == dt.date(2022, 5, 7)


def test_the_stages_of_each_process_share_out_its_days() -> None:
    for process in PACK.processes:
        days = BOOK.general("process.total_days", process.since.replace(year=2021, month=12, day=1))
        if process.key == "delegated-2022":
            days = BOOK.general("process.total_days", process.since)
        assert sum(stage["days"] for stage in process.stages) == days
        assert process.document in PACK.documents


@pytest.mark.parametrize(
    ("endorsed", "fits"), [("2021-06-01", True), ("2021-05-31", False), ("2022-06-01", True)]
)
def test_a_permit_must_be_endorsed_within_twelve_months(endorsed: str, fits: bool) -> None:
    permit = Permit(dt.date(2019, 8, 1), dt.date.fromisoformat(endorsed), "610727105")

    answer = residence(BOOK, permit, "610727105", "610702", dt.date(2022, 6, 1))

    assert answer.fits is fits
    assert answer.code in SENTENCES


def test_local_hukou_needs_no_permit_and_foreign_hukou_does() -> None:
    on = dt.date(2022, 6, 1)

    assert residence(BOOK, None, "610702008001", "610702", on).code == "local_hukou"
    assert residence(BOOK, None, "610727105", "610702", on).code == "permit_missing"


def test_gradual_exit_grew_from_three_to_six_months_on_2022_10_20() -> None:
    start = Month.parse("2022-11")

    before = taper(BOOK, 100_001, start, dt.date(2022, 10, 19))
    after = taper(BOOK, 100_001, start, dt.date(2022, 10, 20))

    assert list(before.values()) == [100_001] * 3
    assert list(after.values()) == [100_001] * 3 + [50_000] * 3
    assert list(map(str, after))[-1] == "2023-04"
