"""Citizen numbers and region codes."""

import datetime as dt

import pytest

from doudi.kernel import resident_id
from doudi.kernel.region_code import (
    RegionCodeError,
    full,
    level,
    lineage,
    parent,
    stem,
)
from doudi.kernel.resident_id import ResidentIdError, birth_date, check_digit, parse, sex

BODY = "61079919740211001"
NUMBER = BODY + check_digit(BODY)


def test_a_known_number_has_its_known_check_digit() -> None:
    assert check_digit("11010519491231002") == "X"
    assert parse("11010519491231002x") == "11010519491231002X"


def test_a_number_tells_birth_and_sex() -> None:
    assert birth_date(NUMBER) == dt.date(1974, 2, 11)
    assert sex(NUMBER) == "male"
    assert sex("110105194912310021") == "female"


def test_full_width_blanks_and_old_numbers_are_put_right() -> None:
    assert parse("1101 0519 4912 3100 2x") == "11010519491231002X"
    assert parse("１１０１０５１９４９１２３１００２Ｘ") == "11010519491231002X"
    assert parse("110105491231002") == "11010519491231002X"


def test_a_demo_number_is_valid_only_when_asked() -> None:
    assert parse(NUMBER, demo=True) == NUMBER
    with pytest.raises(ResidentIdError, match="演示"):
        parse(NUMBER)


def test_every_other_last_character_is_refused() -> None:
    wrong = set(resident_id.CHECK) - {NUMBER[-1]}
    assert len(wrong) == 10

    for last in wrong:
        with pytest.raises(ResidentIdError, match="校验位"):
            parse(BODY + last, demo=True)


@pytest.mark.parametrize("body", ["61079919740230001", "61079918790211001"])
def test_an_impossible_birth_is_refused(body: str) -> None:
    with pytest.raises(ResidentIdError, match="出生日期"):
        parse(body + check_digit(body), demo=True)


@pytest.mark.parametrize("text", ["", "1", "6107", "X" * 18, "0" * 18, "6107991974021100"])
def test_what_has_no_shape_is_refused(text: str) -> None:
    with pytest.raises(ResidentIdError, match="18位"):
        parse(text)


def test_a_birth_after_the_day_is_refused() -> None:
    with pytest.raises(ResidentIdError, match="出生日期"):
        parse(NUMBER, on=dt.date(1974, 2, 10), demo=True)
    assert parse(NUMBER, on=dt.date(1974, 2, 11), demo=True)


def test_a_region_code_knows_its_level_and_parent() -> None:
    village = "610702008001"

    assert [level(full(village[:n])) for n in (2, 4, 6, 9, 12)] == [
        "province",
        "city",
        "county",
        "town",
        "village",
    ]
    assert parent(village) == "610702008000"
    assert parent("610702000000") == "610700000000"
    assert parent("610000000000") == "610000000000"
    assert stem("610702000000") == "610702"


def test_a_place_of_any_length_lies_in_its_town_county_city_and_province() -> None:
    above = ["610000000000", "610700000000", "610702000000"]
    assert lineage("610702") == above
    assert lineage("610702008001") == [*above, "610702008000", "610702008001"]


@pytest.mark.parametrize("code", ["", "x", "61070200800", "6107020080011", "６１0702008001"])
def test_what_is_no_region_code_is_refused(code: str) -> None:
    with pytest.raises(RegionCodeError):
        level(code)


def test_only_digits_fill_up_to_a_code() -> None:
    with pytest.raises(RegionCodeError):
        full("61a")
