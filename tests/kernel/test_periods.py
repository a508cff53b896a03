"""Months, spans and ages."""

import datetime as dt

import pytest

from doudi.kernel.periods import Month, full_years, months_before


def test_a_month_knows_its_neighbours_and_its_days() -> None:
    month = Month.parse("2023-12")

    assert str(month.next()) == "2024-01"
    assert str(month.previous()) == "2023-11"
    assert month.plus(2).last_day == dt.date(2024, 2, 29)
    assert month.first_day == dt.date(2023, 12, 1)
    assert Month.of(dt.date(2023, 12, 31)) == month
    assert month < month.next()


@pytest.mark.parametrize("text", ["2022-13", "2022-00", "2022-6", "22-06", "2022-06-01", ""])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no month"):
        Month.parse(text)


def test_a_year_of_age_counts_from_the_birthday() -> None:
    born = dt.date(2004, 2, 29)

    assert full_years(born, dt.date(2022, 2, 28)) == 17
    assert full_years(born, dt.date(2022, 3, 1)) == 18
    assert full_years(born, born) == 0


def test_months_before_stays_within_a_shorter_month() -> None:
    assert months_before(dt.date(2022, 3, 31), 1) == dt.date(2022, 2, 28)
    assert months_before(dt.date(2022, 6, 1), 12) == dt.date(2021, 6, 1)
