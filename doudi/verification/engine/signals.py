"""The pack's definitions as SQL that DuckDB and Spark read alike: no dialect, dates as literals.

`who` is the register: one row a person with household, home (its number), town, born, paid,
paid_since and paid_month; each item is a table of its rows of these people, with their home.
Thresholds: pack signals/comparison.yaml.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from doudi.kernel.periods import months_before

Json = Mapping[str, Any]
OPERATORS = frozenset({"=", "<>", ">=", ">", "<=", "<"})


@dataclass(frozen=True)
class Conditions:
    """The pack's conditions as SQL; values after @ are counted from the run's day and limits."""

    limits: Json
    on: dt.date

    def all(self, conditions: Sequence[Any], row: str = "r") -> str:
        """All of some conditions about a row."""
        return " and ".join(self._one(c, row) for c in conditions) or "true"

    def _one(self, condition: Any, row: str) -> str:
        if isinstance(condition, Mapping):
            if "all" in condition:
                return f"({self.all(condition['all'], row)})"
            return "(" + " or ".join(self._one(c, row) for c in condition["any"]) + ")"
        column, operator, *value = condition
        name = _column(column, row)
        if operator in ("empty", "filled"):
            return f"{name} is {'' if operator == 'empty' else 'not '}null"
        if operator in ("in", "not_in"):
            among = ", ".join(_literal(v) for v in value[0])
            return f"{name} {operator.replace('_', ' ')} ({among})"
        if operator not in OPERATORS:
            raise ValueError(f"definitions: no operator {operator!r}")
        return f"{name} {operator} {self._value(value[0])}"

    def _value(self, told: Any) -> str:
        if not (isinstance(told, str) and told.startswith("@")):
            return _literal(told)
        kind, _, name = told[1:].partition(":")
        if kind in ("paid_since", "paid_month"):
            return f"w.{kind}"
        if kind == "on":
            return _literal(self.on)
        limit = int(self.limits[name])
        if kind == "limit":
            return str(limit)
        if kind == "days":
            return _literal(self.on - dt.timedelta(limit))
        day = months_before(self.on, limit)
        return _literal(day if kind == "months" else f"{day:%Y-%m}")


@dataclass(frozen=True)
class Definitions:
    """What a run asks, on which day, under which thresholds; `asked` and `limits` are pack data."""

    asked: Json
    limits: Json
    on: dt.date
    rests: Json = field(default_factory=dict)  # signal -> beginnings of region codes

    @cached_property
    def where(self) -> Conditions:
        """Conditions of this run."""
        return Conditions(self.limits, self.on)

    @cached_property
    def stops(self) -> frozenset[str]:
        """The signals that could lead to a change of money."""
        return frozenset(s for s, about in self.asked["signals"].items() if about["stops"])

    @cached_property
    def columns(self) -> dict[str, list[str]]:
        """The columns that the definitions read, by item, in order."""
        read: dict[str, set[str]] = {}
        for rule in [*self.asked["rows"], *self.asked["facts"]]:
            for part in (rule, rule.get("without")):
                if part:
                    names = read.setdefault(part["item"], set())
                    names |= set(named(part["when"]))
                    names |= {part["value"]} if isinstance(part.get("value"), str) else set()
        return {item: sorted(names) for item, names in sorted(read.items())}

    def signals(self) -> str:
        """One query for all signals: signal, person_key, value, item, delivery, row_no."""
        pieces = [self._signal(rule) for rule in self.asked["rows"]]
        pieces.append(_paid_twice(self.asked["paid_twice"]))
        pieces.append(self._turns(self.asked["turns"]))
        return " union all ".join(pieces)

    def awake(self) -> str:
        """What leaves out a rule (`f`) where it rests, by the person's town (`w`)."""
        asleep = [
            f"(f.signal = {_literal(signal)} and w.town like {_literal(place + '%')})"
            for signal, places in sorted(self.rests.items())
            for place in places
        ]
        return f" where not ({' or '.join(asleep)})" if asleep else ""

    def facts(self) -> str:
        """One query for all facts: fact, home, person_key, value, item, delivery, row_no."""
        return " union all ".join(
            f"select '{rule['fact']}' as fact, r.home, r.person_key,"  # noqa: S608
            f" cast({_column(rule['value'])} as bigint) as value, '{rule['item']}' as item,"
            f" r.delivery, r.row_no from {rule['item']} r where {self.where.all(rule['when'])}"
            for rule in self.asked["facts"]
        )

    def _signal(self, rule: Json) -> str:
        item, value = rule["item"], _column(rule["value"])
        source, conditions = f"{item} r", [self.where.all(rule["when"])]
        about = "r.person_key"
        if "sum_over" in rule:
            limit = int(self.limits[rule["sum_over"]])
            source += (
                f" join (select r.person_key as whose, sum({value}) as many from {item} r"  # noqa: S608
                f" where {conditions[0]} group by r.person_key having sum({value}) > {limit}) s"
                " on s.whose = r.person_key"
            )
            value = "s.many"
        if "without" in rule:
            other = rule["without"]
            conditions.append(
                f"not exists (select 1 from {other['item']} o where o.person_key = r.person_key"  # noqa: S608
                f" and {self.where.all(other['when'], 'o')})"
            )
        source += " join who w on w.person_key = r.person_key"
        if rule.get("about") == "children":
            grown = _literal(months_before(self.on, 216))
            source += " join who c on c.household = w.household"
            conditions.append(f"c.born > {grown} and w.born <= {grown}")
            about = "c.person_key"
        if "paid" in rule:
            conditions.append("w.paid" if rule["paid"] else "not w.paid")
        return (
            f"select '{rule['signal']}' as signal, {about} as person_key,"  # noqa: S608
            f" coalesce(cast({value} as string), '') as value, '{item}' as item, r.delivery,"
            f" r.row_no from {source} where {' and '.join(conditions)}"
        )

    def _turns(self, rule: Json) -> str:
        """Birthdays of the month after the run's, which need no delivery."""
        first = months_before(self.on.replace(day=1), -1)
        months = [(years, months_before(first, 12 * years)) for years in rule["years"]]
        born = " or ".join(
            f"w.born >= {_literal(day)} and w.born < {_literal(months_before(day, -1))}"
            for _years, day in months
        )
        age = f"{first.year} - cast(extract(year from w.born) as int)"
        return (
            f"select '{rule['signal']}' as signal, w.person_key, cast({age} as string) as value,"  # noqa: S608
            f" 'M' as item, '' as delivery, 0 as row_no from who w where w.paid and ({born})"
        )


def _paid_twice(signal: str) -> str:
    """In two counties, or under two programmes that exclude each other."""
    return (
        f"select '{signal}' as signal, p.person_key, concat(p.county, ' ', p.programme) as value,"  # noqa: S608
        " 'M' as item, '' as delivery, 0 as row_no from paid p"
        " join (select person_key from paid group by person_key having count(*) > 1) t"
        " on t.person_key = p.person_key"
    )


def named(conditions: Sequence[Any]) -> Iterator[str]:
    """The columns that conditions speak of."""
    for condition in conditions:
        if isinstance(condition, Mapping):
            yield from named(condition.get("all") or condition["any"])
        else:
            yield condition[0]


def _column(told: Any, row: str = "r") -> str:
    if isinstance(told, int):
        return str(told)
    if '"' in told:
        raise ValueError(f"definitions: no column {told!r}")
    return f'{row}."{told}"'


def _literal(value: Any) -> str:
    """A constant as both engines read it; quotes inside a text are doubled."""
    if isinstance(value, dt.date):
        return f"date '{value.isoformat()}'"
    if isinstance(value, int):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"
