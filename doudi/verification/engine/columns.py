"""One column of text into typed values; what cannot be taken is named by place and reason."""

import datetime as dt
import re
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from doudi.verification.engine.contract import Column

Taken = tuple[pa.Array, dict[int, str]]
LONGEST = 200
FIRST_DAY = dt.date(1905, 1, 1)  # before it lie the zeros of spreadsheets: 1899-12-30, 1900-01-00
DAY = re.compile(r"([0-9]{4})([-/.]?)([0-9]{1,2})\2([0-9]{1,2})")
MONTH = re.compile(r"([0-9]{4})[-/]?([0-9]{2})")
MONEY = r"^-?[0-9]{1,10}(\.[0-9]{1,2})?$"
NUMBER = r"^[0-9]{1,9}(\.[0-9]{1,4})?$"
COUNT = r"^[0-9]{1,6}$"
# Characters that no name has: controls, and what a spreadsheet would run as a formula.
STRANGE = r"^[=+@\t]|[\x00-\x08\x0a-\x1f\x7f]|\x{FFFD}"
TYPES: dict[str, pa.DataType] = {
    "date": pa.date32(),
    "month": pa.string(),
    "year": pa.int32(),
    "money": pa.int64(),  # fen
    "number": pa.float64(),
    "count": pa.int32(),
    "text": pa.string(),
    "code": pa.string(),
}


def take(column: Column, values: pa.StringArray, last_day: dt.date) -> Taken:
    """Typed values (null where empty or refused) and the reasons by place."""
    values = _plain(values)
    reasons: dict[int, str] = {}
    empty = pc.equal(pc.binary_length(values), 0)
    if column.required and pc.any(empty).as_py():
        reasons |= _at(empty, "empty")
    values = pc.if_else(empty, pa.scalar(None, pa.string()), values)
    typed, wrong = _READERS[column.kind](column, values, last_day)
    return typed, wrong | reasons


def wrong_in(column: Column, text: str, last_day: dt.date) -> str:
    """Why one value cannot stand in a column, or nothing."""
    _typed, wrong = take(column, pa.array([text]), last_day)
    return next(iter(wrong.values()), "")


def _plain(values: pa.StringArray) -> pa.StringArray:
    """Without outer blanks; the work is done only where there are any."""
    if pc.any(pc.match_substring_regex(values, r"^\s|\s$|^　|　$")).as_py():
        return pc.utf8_trim_whitespace(values)
    return values


def _at(mask: pa.BooleanArray, reason: str) -> dict[int, str]:
    places = np.flatnonzero(pc.fill_null(mask, False).to_numpy(zero_copy_only=False))
    return dict.fromkeys(places.tolist(), reason)


def _text(column: Column, values: pa.StringArray, last_day: dt.date) -> Taken:
    wrong: dict[int, str] = {}
    longest = pc.max(pc.binary_length(values)).as_py() or 0
    if longest > LONGEST:
        wrong |= _at(pc.greater(pc.utf8_length(values), LONGEST), "text_long")
    strange = pc.match_substring_regex(values, STRANGE)
    if pc.any(strange).as_py():
        wrong |= _at(strange, "text_strange")
    return values, wrong


def _code(column: Column, values: pa.StringArray, last_day: dt.date) -> Taken:
    known = pc.or_(pc.is_in(values, pa.array(column.codes)), pc.is_null(values))
    return values, {} if pc.all(known).as_py() else _at(pc.invert(known), "code_unknown")


def _shaped(pattern: str, reason: str, kind: pa.DataType) -> Callable[..., Taken]:
    """A reader of numbers: the shape is checked before anything is cast."""

    def read(column: Column, values: pa.StringArray, last_day: dt.date) -> Taken:
        fits = pc.fill_null(pc.match_substring_regex(values, pattern), True)
        wrong: dict[int, str] = {}
        if not pc.all(fits).as_py():
            wrong = _at(pc.invert(fits), reason)
            values = pc.if_else(fits, values, pa.scalar(None, pa.string()))
        if column.kind == "money":
            # Ten digits and two decimals lie far below 2^53: the rounding is exact.
            return pc.cast(pc.round(pc.multiply(pc.cast(values, "double"), 100.0)), kind), wrong
        return pc.cast(values, kind), wrong

    return read


def _by_value(
    read_one: Callable[[str, dt.date], object], kind: pa.DataType
) -> Callable[..., Taken]:
    """A reader that looks at each different value once: dates repeat."""

    def read(column: Column, values: pa.StringArray, last_day: dt.date) -> Taken:
        coded = values.dictionary_encode()
        typed: list[object] = []
        bad: dict[int, str] = {}
        for place, value in enumerate(coded.dictionary.to_pylist()):
            found = read_one(value, last_day)
            if isinstance(found, Refused):
                bad[place] = found.reason
            typed.append(None if isinstance(found, Refused) else found)
        wrong: dict[int, str] = {}
        for place, reason in bad.items():
            wrong |= _at(pc.equal(coded.indices, place), reason)
        return pa.array(typed, kind).take(coded.indices), wrong

    return read


class Refused:
    """A value that cannot be taken, with the reason."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


def _day(text: str, last_day: dt.date) -> dt.date | Refused:
    found = DAY.fullmatch(text)
    if found is None:
        return Refused("date_shape")
    try:
        day = dt.date(int(found[1]), int(found[3]), int(found[4]))
    except ValueError:
        return Refused("date_none")
    return day if FIRST_DAY <= day <= last_day else Refused("date_range")


def _month(text: str, last_day: dt.date) -> str | Refused:
    found = MONTH.fullmatch(text)
    if found is None or not 1 <= int(found[2]) <= 12:
        return Refused("month_shape")
    month = f"{found[1]}-{found[2]}"
    return month if "1990-01" <= month <= f"{last_day:%Y-%m}" else Refused("date_range")


def _year(text: str, last_day: dt.date) -> int | Refused:
    if not re.fullmatch(r"[0-9]{4}", text):
        return Refused("year_shape")
    return int(text) if 1990 <= int(text) <= last_day.year + 1 else Refused("date_range")


# A validity may end far ahead; everything else that carries a day has happened.
def _date(column: Column, values: pa.StringArray, last_day: dt.date) -> Taken:
    ahead = column.heading in ("有效期至", "截止日期")
    return _DATES(column, values, dt.date(2099, 12, 31) if ahead else last_day)


_DATES = _by_value(_day, pa.date32())
_READERS: dict[str, Callable[[Column, pa.StringArray, dt.date], Taken]] = {
    "text": _text,
    "code": _code,
    "date": _date,
    "month": _by_value(_month, pa.string()),
    "year": _by_value(_year, pa.int32()),
    "money": _shaped(MONEY, "money_shape", pa.int64()),
    "number": _shaped(NUMBER, "number_shape", pa.float64()),
    "count": _shaped(COUNT, "count_shape", pa.int32()),
}
