"""The month's figures for a place, counted and listed from the same rows."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet, Sum, Value

from doudi.accounts.models import Staff
from doudi.accounts.queries import may, scope
from doudi.kernel.errors import NotFound
from doudi.kernel.periods import Month
from doudi.kernel.region_code import full, stem
from doudi.regions import queries as regions
from doudi.reports.figures import cases, money
from doudi.reports.figures.figure import BEFORE, NOW, Figure, Span, span

RIGHT = "report.view"
VILLAGE = 12
FIGURES = {
    figure.key: figure
    for figure in (
        cases.RECEIVED,
        cases.ACCEPTED,
        cases.ENDED,
        cases.STANDING,
        cases.PASSED,
        cases.GRANTED_MONTHLY,
        cases.GRANTED_ONCE,
        money.PAID_ROLLS,
        money.PAID_LINES,
    )
}
Key = tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """The town, county or city (or village) that a page is about."""

    stem: str
    name: str
    above: str  # the stem one level up, where the reader may look too
    children: tuple[tuple[str, str], ...] = ()  # stem and name of what lies one level down


@dataclass(frozen=True)
class Number:
    """One number of the page: how many rows, what they add up to, and the list behind it."""

    figure: Figure
    count: int
    sum: int
    asked: tuple[tuple[str, str], ...]

    @property
    def query(self) -> str:
        """The address of its list, behind the question mark."""
        return "&".join(_written(*pair) for pair in self.asked)

    @property
    def mean(self) -> float | None:
        """What the rows come to on average."""
        return self.sum / self.count if self.count else None


@lru_cache(maxsize=2_000)
def _written(name: str, word: str) -> str:
    """A page has hundreds of addresses of a few words."""
    return urlencode([(name, word)])


@dataclass
class Reading:
    """A figure counted once by place and every dimension; numbers are sums over what is asked."""

    figure: Figure
    place: Place
    months: dict[str, Month]
    counts: Counter[Key] = field(default_factory=Counter)
    sums: Counter[Key] = field(default_factory=Counter)
    cuts: dict[Any, tuple[Counter[Key], Counter[Key]]] = field(default_factory=dict)

    def number(self, which: str = NOW, inside: str = "", **wanted: Any) -> Number:
        """The number of the rows that fit; a value that is a tuple fits any of its words."""
        kept = {k: v if isinstance(v, tuple) else (v,) for k, v in wanted.items()}
        counts, sums = self._cut(bool(inside), tuple(kept))
        start = (which, inside) if inside else (which,)
        fits = [start + words for words in product(*kept.values())]
        unit = stem(full(inside or self.place.stem))
        asked = (("figure", self.figure.key), ("unit", unit), ("month", str(self.months[which])))
        cut = tuple((name, word) for name, words in sorted(kept.items()) for word in words)
        return Number(
            self.figure,
            sum(counts[key] for key in fits),
            sum(sums[key] for key in fits),
            asked + cut,
        )

    def take(self, key: Key, row: Mapping[str, Any]) -> None:
        """What the database counted of one place and its dimensions, for both months."""
        count, fen = (
            {which: row.get(f"{what}_{self.figure.key}_{which}") or 0 for which in self.months}
            for what in "ns"
        )
        if self.figure.flows:
            count[BEFORE] -= count[NOW]
            fen[BEFORE] -= fen[NOW]
        for which, n in count.items():
            if n:
                self.counts[(which, *key)] += n
                self.sums[(which, *key)] += fen[which]

    def _cut(self, by_place: bool, dims: tuple[str, ...]) -> tuple[Counter[Key], Counter[Key]]:
        """Counts and sums by these dimensions alone, added up once however often they are asked."""
        if (by_place, dims) not in self.cuts:
            names = list(self.figure.by)
            at = [0, *([1] if by_place else []), *(2 + names.index(dim) for dim in dims)]
            counts: Counter[Key] = Counter()
            sums: Counter[Key] = Counter()
            for key, count in self.counts.items():
                kept = tuple(key[n] for n in at)
                counts[kept] += count
                sums[kept] += self.sums[key]
            self.cuts[by_place, dims] = counts, sums
        return self.cuts[by_place, dims]

    def values(self, dim: str) -> list[str]:
        """Every value that a dimension takes in either month, in order."""
        at = 2 + list(self.figure.by).index(dim)
        return sorted({key[at] for key in self.counts})


def place_of(staff: Staff, unit: str) -> Place:
    """The place asked for, or the officer's own widest; NotFound outside his scope."""
    wide = scope(staff, RIGHT)
    code = unit or (wide[0] if wide else "")
    if not (code.isdigit() and len(code) in (4, 6, 9, VILLAGE) and may(staff, RIGHT, code)):
        raise NotFound("没有这个区划")
    above = {6: code[:4], 9: code[:6], VILLAGE: code[:9]}.get(len(code), "")
    if above and not may(staff, RIGHT, above):
        above = ""
    name, inner = regions.with_children(code)
    return Place(code, name, above, tuple((stem(r.code), regions.spoken(r)) for r in inner))


def figures_of(place: Place) -> list[Figure]:
    """The figures of a page: a town counts the lines of a roll, a county the rolls."""
    barred = "paid_rolls" if len(place.stem) > 6 else "paid_lines"
    return [figure for key, figure in FIGURES.items() if key != barred]


def readings(place: Place, month: Month, today: dt.date) -> dict[str, Reading]:
    """Every figure for the month and the one before it; what counts the same rows is one query."""
    now, before = span(month, today), span(month.previous(), today)
    months = {NOW: now, BEFORE: before}
    told = {
        f.key: Reading(f, place, {NOW: now.month, BEFORE: before.month}) for f in figures_of(place)
    }
    alike: dict[Any, list[Reading]] = {}
    for reading in told.values():
        alike.setdefault(reading.figure.rows, []).append(reading)
    for readings_ in alike.values():
        _read(readings_, place, months)
    return told


def _read(alike: list[Reading], place: Place, months: Mapping[str, Span]) -> None:
    """Counts and sums of figures that count the same rows by the same dimensions."""
    figure = alike[0].figure
    by = [figure.child_field(place.stem), *figure.by.values()]
    counted: dict[str, Count | Sum] = {}  # rows, not keys: an index need not hold the key
    for reading, which in product(alike, months):
        # Of what flows the month before is the rest of the two: nothing is compared for it.
        rest = reading.figure.flows and which == BEFORE
        fits = None if rest else reading.figure.in_month(months[which])
        name = f"{reading.figure.key}_{which}"
        counted[f"n_{name}"] = Count(Value(1), filter=fits)
        if reading.figure.adds:
            counted[f"s_{name}"] = Sum(reading.figure.adds, filter=fits)
    for rows in figure.to_count(place.stem, months[BEFORE], months[NOW]):
        for row in rows.order_by().values(*by).annotate(**counted):
            key = tuple(str(row[name]) for name in by)
            for reading in alike:
                reading.take(key, row)


# --- the list behind a number --------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """A list: the figure, place and month, and the values its dimensions are cut by."""

    figure: Figure
    place: Place
    month: Month
    dims: dict[str, list[str]]


def asked_for(staff: Staff, told: Mapping[str, list[str]], today: dt.date) -> Asked:
    """What an address asks for; NotFound for an unknown figure or a place out of scope."""
    figure = FIGURES.get("".join(told.get("figure", [])) or "received")
    if figure is None:
        raise NotFound("没有这个数")
    place = place_of(staff, "".join(told.get("unit", [])))
    dims = {name: told[name] for name in figure.by if name in told}
    return Asked(figure, place, month_of("".join(told.get("month", [])), today), dims)


def month_of(text: str, today: dt.date) -> Month:
    """A month as written; the present one for anything else or for what is yet to come."""
    present = Month.of(today)
    try:
        return min(Month.parse(text), present)
    except ValueError:
        return present


def listed(asked: Asked, today: dt.date) -> QuerySet[Any]:
    """Exactly the rows that the number counts, with their case where they have one."""
    rows = asked.figure.rows_in(asked.place.stem, span(asked.month, today))
    for name, words in asked.dims.items():
        rows = rows.filter(**{f"{asked.figure.by[name]}__in": words})
    return rows


def total(rows: Iterable[Any], figure: Figure) -> int:
    """What the rows of a list add up to."""
    if not figure.adds or not isinstance(rows, QuerySet):
        return 0
    return int(rows.aggregate(s=Sum(figure.adds))["s"] or 0)
