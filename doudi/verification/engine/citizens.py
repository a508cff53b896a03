"""Citizen numbers by the column: clean ones through arithmetic, the others one by one.

Key of a person: the first 17 digits as BIGINT; it also joins upgraded 15-digit numbers.
"""

import datetime as dt

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from doudi.kernel.resident_id import (
    CHECK,
    DEMO_PREFIX,
    WEIGHTS,
    ResidentIdError,
    birth_date,
    check_digit,
    normalise,
    parse,
)

CLEAN = "ok"
OLD = "from_15"  # the century 19 is assumed, and said so
MENDED = "mended"  # full-width digits, blanks or a small x
_WEIGHTS = np.array(WEIGHTS, dtype=np.int64)
_POWERS = 10 ** np.arange(16, -1, -1, dtype=np.int64)
_CHECK = np.frombuffer(CHECK.encode(), dtype=np.uint8)
_MONTH_DAYS = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


def keys(
    numbers: pa.StringArray, on: dt.date, demo: bool
) -> tuple[np.ndarray, list[str], dict[int, str]]:
    """Key, status and, by place, reason of each number; the key of a refused one is 0.

    The demonstration's numbers (610799…) are taken in a demonstration only.
    """
    size = len(numbers)
    found = np.zeros(size, dtype=np.int64)
    states = [CLEAN] * size
    reasons: dict[int, str] = {}
    lengths = pc.binary_length(numbers).to_numpy(zero_copy_only=False)
    full = np.flatnonzero(lengths == 18)
    if len(full):
        chosen = numbers if len(full) == size else numbers.take(pa.array(full))
        found[full] = _arithmetic(chosen, on)
    if not demo:
        found[found // 10**11 == int(DEMO_PREFIX)] = 0
    for place in np.flatnonzero(found == 0).tolist():
        found[place], states[place], reason = _one(numbers[place].as_py(), on, demo)
        if reason:
            reasons[place] = reason
    return found, states, reasons


def _arithmetic(numbers: pa.StringArray, on: dt.date) -> np.ndarray:
    """Keys of numbers of 18 bytes; 0 where anything at all is wrong."""
    start = numbers.offset
    offsets = np.frombuffer(numbers.buffers()[1], dtype=np.int32)[start:]
    data = np.frombuffer(numbers.buffers()[2], dtype=np.uint8)
    text = data[offsets[0] : offsets[0] + 18 * len(numbers)].reshape(-1, 18)
    digits = text[:, :17].astype(np.int64) - 48
    good = ((digits >= 0) & (digits <= 9)).all(axis=1) & (digits[:, 0] > 0)
    good &= _CHECK[(digits @ _WEIGHTS) % 11] == text[:, 17]
    key = digits @ _POWERS
    good &= _born(key, on)
    return np.where(good, key, 0)


def _born(key: np.ndarray, on: dt.date) -> np.ndarray:
    day = key // 1000 % 10**8
    year, month, dom = day // 10000, day // 100 % 100, day % 100
    real = (month >= 1) & (month <= 12)
    real &= (dom >= 1) & (dom <= _MONTH_DAYS[np.where(real, month, 0)])
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    real &= ~((month == 2) & (dom == 29) & ~leap)
    return real & (year >= 1880) & (day <= on.year * 10000 + on.month * 100 + on.day)


def births(key: np.ndarray) -> pa.Array:
    """The birth dates in keys; 1970-01-01 for a refused number, whose row does not count."""
    day = np.where(key == 0, 19700101, key // 1000 % 10**8)
    months = (day // 10000 - 1970) * 12 + day // 100 % 100 - 1
    return pa.array((months.astype("M8[M]").astype("M8[D]") + (day % 100 - 1)), pa.date32())


def _one(text: str | None, on: dt.date, demo: bool) -> tuple[int, str, str]:
    """Key, status and reason of one number that is not plainly clean."""
    if not text or not text.strip():
        return 0, "bad", "id_missing"
    if "E+" in text.upper() or text.endswith(".0"):
        return 0, "bad", "id_excel"  # destroyed by a spreadsheet: 6.10799E+17
    try:
        number = parse(text, on=on, demo=demo)
    except ResidentIdError:
        return 0, "bad", _reason(normalise(text), demo)
    old = sum(not c.isspace() for c in text) == 15
    return int(number[:17]), OLD if old else MENDED, ""


def _reason(number: str, demo: bool) -> str:
    body = number[:17]
    if len(number) != 18 or not (body.isascii() and body.isdigit()) or number[17] not in CHECK:
        return "id_shape"
    if check_digit(body) != number[17]:
        return "id_check"
    foreign = number.startswith(DEMO_PREFIX) and not demo
    return "id_demo" if foreign else "id_birth"


def _is_birth(number: str) -> bool:
    try:
        return birth_date(number).year >= 1880
    except ResidentIdError:
        return False


def near(text: str | None) -> list[int]:
    """Keys of the numbers that one slip would have made into this wrong one: all that check out.

    A slip: one digit typed wrong, two neighbours swapped, one left out or doubled, the check
    digit lost or wrong.
    """
    number = normalise(text or "")
    if not (16 <= len(number) <= 19) or not set(number) <= set("0123456789X"):
        return []
    found = {number[:17]} if number[:17].isdigit() else set()
    meant = {word for word in _slips(number) if len(word) == 18 and word[:17].isdigit()}
    found |= {word[:17] for word in meant if check_digit(word[:17]) == word[17]}
    return sorted(int(body) for body in found if len(body) == 17 and _is_birth(body))


def _slips(number: str) -> set[str]:
    places = range(len(number))
    digits = "0123456789X"
    if len(number) == 17:
        return {number[:n] + d + number[n:] for n in range(18) for d in digits}
    if len(number) == 19:
        return {number[:n] + number[n + 1 :] for n in places}
    changed = {number[:n] + d + number[n + 1 :] for n in places for d in digits}
    swapped = {number[:n] + number[n + 1] + number[n] + number[n + 2 :] for n in places[:-1]}
    return changed | swapped
