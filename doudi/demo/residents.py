"""Everybody who lives in the demonstration city: the register's people first, then all others.

Columns, not objects: 3.2 million residents fit into some hundred megabytes and are made in seconds.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from doudi.demo.dice import FEMALE, MALE, SURNAMES
from doudi.kernel.resident_id import CHECK, WEIGHTS

Array = np.ndarray[Any, np.dtype[Any]]
RESIDENTS = 3_200_000
ON = np.datetime64("2022-06-01")
_PREFIX = 610799 * 10**11
_POWERS = 10 ** np.arange(16, -1, -1, dtype=np.int64)
_PIECE = 200_000


@dataclass(frozen=True)
class Listed:
    """A person of the register, as the city must know him."""

    number: str
    name: str
    household: str
    village: str
    paid: bool


@dataclass(frozen=True)
class Residents:
    """One row a person. `home` numbers the households, the register's from 0 to `homes_listed`."""

    key: Array
    number: pa.StringArray
    name: pa.StringArray
    home: Array
    village: pa.StringArray  # of the household
    first: Array  # whether he stands first in his household
    listed: int  # so many people are on the register
    homes_listed: int
    paid: Array  # of those on the register

    @cached_property
    def born(self) -> Array:
        """Birth dates as days."""
        return days(self.key)

    def __len__(self) -> int:
        return len(self.key)


def days(key: Array) -> Array:
    """The birth dates in numbers, as datetime64."""
    day = key // 1000 % 10**8
    months = (day // 10000 - 1970) * 12 + day // 100 % 100 - 1
    return months.astype("M8[M]").astype("M8[D]") + (day % 100 - 1)


def build(
    listed: Sequence[Listed], villages: Sequence[str], total: int, dice: np.random.Generator
) -> Residents:
    """The register's people, and so many others that there are `total`."""
    others = max(0, total - len(listed))
    sizes = dice.choice([1, 2, 3, 4, 5], others, p=[0.25, 0.3, 0.25, 0.15, 0.05])
    homes = int(np.searchsorted(np.cumsum(sizes), others)) + 1 if others else 0
    home = np.repeat(np.arange(homes), sizes[:homes])[:others]
    place = np.arange(others) - np.searchsorted(home, home)
    key = _keys(_births(place, dice), dice)
    known = {name: n for n, name in enumerate(dict.fromkeys(p.household for p in listed))}
    own = np.array([known[p.household] for p in listed], dtype=np.int64)
    lived = {p.household: p.village for p in listed}
    where = pa.array([*lived.values()], pa.string())
    drawn = pa.array(list(villages)).take(pa.array(dice.integers(0, len(villages), homes)))
    mine = np.array([int(p.number[:17]) for p in listed], dtype=np.int64)
    places = pa.array(np.concatenate([own, home + len(known)]))
    return Residents(
        key=np.concatenate([mine, key]),
        number=pa.concat_arrays([pa.array([p.number for p in listed], pa.string()), numbers(key)]),
        name=pa.concat_arrays([pa.array([p.name for p in listed], pa.string()), _names(key, dice)]),
        home=places.to_numpy(),
        village=pa.concat_arrays([where, drawn]).take(places),
        first=np.concatenate([np.zeros(len(listed), dtype=bool), place == 0]),
        listed=len(listed),
        homes_listed=len(known),
        paid=np.array([p.paid for p in listed], dtype=bool),
    )


def _births(place: Array, dice: np.random.Generator) -> Array:
    """The first two of a household are grown, the others children or young people."""
    grown = dice.integers(26 * 365, 78 * 365, len(place))
    young = dice.integers(30, 24 * 365, len(place))
    return ON - np.where(place < 2, grown, young)


def _keys(born: Array, dice: np.random.Generator) -> Array:
    """17 digits each, no two alike: the order within a day falls from 999."""
    order = np.argsort(born, kind="stable")
    sorted_days = born[order]
    rank = np.arange(len(born)) - np.searchsorted(sorted_days, sorted_days)
    if len(rank) and rank.max() > 850:
        raise ValueError("more births on one day than the demonstration has numbers for")
    written = np.char.replace(np.datetime_as_string(sorted_days, "D"), "-", "").astype(np.int64)
    key = np.empty(len(born), dtype=np.int64)
    key[order] = _PREFIX + written * 1000 + 999 - rank
    return key


def numbers(key: Array) -> pa.StringArray:
    """18 characters each, with the check digit."""
    pieces = []
    for first in range(0, len(key), _PIECE):
        digits = (key[first : first + _PIECE, None] // _POWERS % 10).astype(np.uint8)
        last = np.frombuffer(CHECK.encode(), np.uint8)[digits @ np.array(WEIGHTS) % 11]
        pieces.append(np.concatenate([digits + 48, last[:, None]], axis=1).astype(np.uint8))
    data = np.concatenate(pieces) if pieces else np.zeros((0, 18), np.uint8)
    ends = np.arange(0, 18 * len(key) + 1, 18, dtype=np.int32)
    return pa.StringArray.from_buffers(
        len(key), pa.py_buffer(ends.tobytes()), pa.py_buffer(data.tobytes())
    )


def _names(key: Array, dice: np.random.Generator) -> pa.StringArray:
    """Two or three characters that fit the sex; 11,000 different ones."""
    sets = [
        [s + a + b for s in SURNAMES for a in given[:7] for b in given[7:16]]
        for given in (FEMALE, MALE)
    ]
    words = pa.array(sets[0] + sets[1])
    drawn = dice.integers(0, len(sets[0]), len(key)) + len(sets[0]) * (key % 2)
    return words.take(pa.array(drawn))


def as_day(day: Any) -> dt.date:
    """A datetime64 as a date."""
    return dt.date.fromisoformat(str(day)[:10])
