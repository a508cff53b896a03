"""The pack's reading of a family that is on no register, as SQL for DuckDB and Spark alike."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from doudi.policy import codes
from doudi.policy.graph import HOUSEHOLD_INPUTS, MEMBER_INPUTS
from doudi.policy.runners.columns import KINDS, TRUTHS
from doudi.verification.engine.signals import Conditions, Json, named

OF_HOME = ("money_assets", "vehicles_counted", "homes_counted", "companies_count", "machines_count")
ABLE = codes.SUPPORTERS.index("able")
IMPRISONED = codes.EXCLUSIONS.index("imprisoned")


@dataclass(frozen=True)
class Unregistered:
    """Pack data with its thresholds and the day."""

    asked: Json
    limits: Json
    on: dt.date

    @cached_property
    def columns(self) -> dict[str, list[str]]:
        """The columns that are read, by item."""
        read: dict[str, set[str]] = {self.asked["household"]["item"]: {"born"}}
        read[self.asked["household"]["item"]].add(self.asked["household"]["number"])
        for rule in (*self.asked["fields"], self.asked["disability"], self.asked["gone"]):
            names = read.setdefault(rule["item"], set())
            names |= set(named(rule["when"]))
            told = (rule.get(part) for part in ("value", "less", "times", "kind", "grade"))
            names |= {name for name in told if isinstance(name, str)}
        return {item: sorted(names) for item, names in sorted(read.items())}

    def steps(self) -> Iterator[tuple[str, str]]:
        """Tables in order; the last two are `household` and `member`."""
        hukou, number = self.asked["household"]["item"], self.asked["household"]["number"]
        where = Conditions(self.limits, self.on)
        gone = self.asked["gone"]
        yield (
            "known_homes",
            (
                f'select distinct r."{number}" as number from {hukou} r'  # noqa: S608
                " join who w on w.person_key = r.person_key"
            ),
        )
        yield (
            "persons",
            (
                f'select r.person_key, r.born, r."{number}" as number, v.book from {hukou} r'  # noqa: S608
                f' join villages v on v.village = substring(r."{number}", 1, 12)'
                f' where not exists (select 1 from known_homes k where k.number = r."{number}")'
                f" and not exists (select 1 from {gone['item']} o where o.person_key = r.person_key"
                f" and {where.all(gone['when'], 'o')})"
            ),
        )
        yield (
            "homes",
            (
                "select number, min(book) as book, row_number() over (order by number) - 1 as home"
                " from persons group by number"
            ),
        )
        yield "told", self._told(where)
        yield "member_rows", self._members()
        yield "member", f"select home, {', '.join(_MEMBER)} from member_rows"  # noqa: S608
        sums = ", ".join(f"cast(sum({name}) as bigint) as {name}" for name in OF_HOME)
        yield (
            "household",
            (
                f"select h.home, h.book, {self._home_inputs()} from homes h"  # noqa: S608
                f" join (select home, {sums} from member_rows group by home) s on s.home = h.home"
            ),
        )

    def _told(self, where: Conditions) -> str:
        """One row a person: each field summed over his rows."""
        fields = {rule["to"]: None for rule in self.asked["fields"]}
        places = {field: n for n, field in enumerate(fields)}
        pieces = [
            f"select r.person_key, {places[rule['to']]} as field, {_amount(rule)} as value"  # noqa: S608
            f" from {rule['item']} r where {where.all(rule['when'])}"
            for rule in self.asked["fields"]
        ]
        about = self.asked["disability"]
        kinds = " ".join(
            f"when '{zh}' then {codes.DISABILITIES.index(kind)}"
            for zh, kind in about["kinds"].items()
        )
        pieces.append(
            f'select r.person_key, -1 as field, 10 * cast(case r."{about["kind"]}"'  # noqa: S608
            f" {kinds} end as bigint)"
            f' + cast(r."{about["grade"]}" as bigint) as value'
            f" from {about['item']} r where {where.all(about['when'])}"
        )
        summed = "".join(
            f", cast(sum(case when field = {n} then value else 0 end) as bigint) as {field}"
            for field, n in places.items()
        )
        return (
            f"select person_key{summed},"  # noqa: S608
            " cast(max(case when field = -1 then value else 0 end) as bigint) as disability"
            f" from ({' union all '.join(pieces)}) u group by person_key"
        )

    def _members(self) -> str:
        """Members with the inputs of the law, and what they own for the household."""
        inputs: dict[str, str] = dict.fromkeys(MEMBER_INPUTS, "0")
        fields = {rule["to"] for rule in self.asked["fields"]}
        for field in fields & set(MEMBER_INPUTS):
            value = f"coalesce(t.{field}, 0)"
            inputs[field] = f"({value} > 0)" if field in TRUTHS else value
        inputs |= {
            "age": self._age(),
            "excluded": f"case when coalesce(t.imprisoned, 0) > 0 then {IMPRISONED} else 0 end",
            "disability_kind": "cast(floor(coalesce(t.disability, 0) / 10) as bigint)",
            "disability_grade": "coalesce(t.disability, 0) % 10",
            "supporter": str(ABLE),
            "income_wage": "coalesce(t.wage, 0)",
        }
        del inputs["income_by_kind"]
        for kind, word in zip(KINDS, codes.INCOMES, strict=True):
            inputs[kind] = f"coalesce(t.{word}, 0)" if word in fields else "0"
        for name in OF_HOME:
            inputs[name] = f"coalesce(t.{name}, 0)" if name in fields else "0"
        columns = ", ".join(f"{_typed(name, value)} as {name}" for name, value in inputs.items())
        return (
            f"select h.home, {columns} from persons p join homes h on h.number = p.number"  # noqa: S608
            " left join told t on t.person_key = p.person_key"
        )

    def _age(self) -> str:
        """Full years on the day."""
        day = self.on.month * 100 + self.on.day
        months = "extract(month from p.born) * 100 + extract(day from p.born)"
        younger = f"case when {months} > {day} then 1 else 0 end"
        return f"{self.on.year} - extract(year from p.born) - {younger}"

    def _home_inputs(self) -> str:
        told = {name: f"s.{name}" for name in OF_HOME} | {"deduct": "1"}
        urban = "h.book % 2 = 0"  # books stand in pairs: urban, rural (register.py)
        values = {n: told.get(n, "0") for n in HOUSEHOLD_INPUTS} | {"area_urban": urban}
        return ", ".join(f"{_typed(name, value)} as {name}" for name, value in values.items())


_MEMBER = (*(n for n in MEMBER_INPUTS if n != "income_by_kind"), *KINDS)


def _typed(name: str, value: str) -> str:
    if name in TRUTHS:
        return {"0": "false", "1": "true"}.get(value, value)
    return f"cast({value} as bigint)"


def _amount(rule: Json) -> str:
    def column(told: Any) -> str:
        return str(told) if isinstance(told, int) else f'coalesce(r."{told}", 0)'

    value = column(rule["value"])
    if "less" in rule:
        value = f"({value} - {column(rule['less'])})"
    return f"cast({value} * {column(rule.get('times', 1))} as bigint)"
