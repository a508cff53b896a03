"""Fen in, fen out; yuan only as text."""

import pytest

from doudi.kernel.money import (
    MoneyError,
    capital_yuan,
    parse_yuan,
    plain_fen,
    plain_yuan,
    yuan_text,
)


@pytest.mark.parametrize(
    ("text", "fen"),
    [("0", 0), ("0.01", 1), ("0.1", 10), ("1670", 167_000), ("9999999.99", 999_999_999)],
)
def test_a_decimal_text_becomes_fen_and_back(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen
    assert parse_yuan(plain_yuan(fen)) == fen
    assert plain_fen(plain_yuan(fen)) == fen


@pytest.mark.parametrize(
    "text", ["", "-1", "+1", "1.", ".1", "1.001", "1,0", "01", "1e2", "１", "1 ", "10000000"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(MoneyError):
        parse_yuan(text)


def test_screens_show_thousands_and_two_decimals() -> None:
    assert yuan_text(167_000) == "1,670.00"
    assert yuan_text(-5) == "-0.05"
    assert plain_yuan(-123) == "-1.23"


@pytest.mark.parametrize(
    ("fen", "capital"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (10, "壹角整"),
        (105, "壹元零伍分"),
        (110, "壹元壹角整"),
        (76_250, "柒佰陆拾贰元伍角整"),
        (167_000, "壹仟陆佰柒拾元整"),
        (100_001, "壹仟元零壹分"),
        (1_000_000, "壹万元整"),
        (1_010_000, "壹万零壹佰元整"),
        (1_000_500, "壹万零伍元整"),
        (10_020_000, "壹拾万零贰佰元整"),
        (100_000_000, "壹佰万元整"),
        (100_300_405, "壹佰万零叁仟零肆元零伍分"),
        (10_000_000_000, "壹亿元整"),
        (10_000_000_100, "壹亿零壹元整"),
    ],
)
def test_letters_write_amounts_in_capitals(fen: int, capital: str) -> None:
    assert capital_yuan(fen) == capital


def test_capitals_know_no_negative_amounts() -> None:
    with pytest.raises(MoneyError):
        capital_yuan(-1)
