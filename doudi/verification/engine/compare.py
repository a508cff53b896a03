"""The whole register against the lake: facts and signals, each with the rows it comes from."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from doudi.verification.engine.contract import ID, Contract
from doudi.verification.engine.intake import schema
from doudi.verification.engine.signals import FACTS, INTERNAL, ROWS, STOPS, SUMMED

Parts = Mapping[str, Sequence[tuple[str, Path]]]  # item -> (delivery, Parquet), oldest first


@dataclass(frozen=True)
class Source:
    """One source row of a signal."""

    signal: str
    person_key: int
    value: str
    item: str
    delivery: str
    row_no: int


@dataclass(frozen=True)
class Found:
    """A household's signals, merged; `held`: too much of its town would change in this run."""

    household: str
    town: str
    sources: tuple[Source, ...]
    held: bool

    @property
    def signals(self) -> list[str]:
        """The signals, each once, in order."""
        return sorted({source.signal for source in self.sources})


class Comparison:
    """One run: register and paid are Parquet files that the caller makes and deletes."""

    def __init__(
        self, parts: Parts, contracts: Mapping[str, Contract], register: Path, paid: Path
    ) -> None:
        self.base = duckdb.connect(config={"threads": 2, "memory_limit": "1200MB"})
        self.base.execute(f"set temp_directory='{register.parent}'")
        self.base.execute("create table who as from read_parquet(?)", [str(register)]).fetchall()
        self.base.execute("create table paid as from read_parquet(?)", [str(paid)]).fetchall()
        for item, contract in contracts.items():
            self._view(contract, parts.get(item, ()))

    def _view(self, contract: Contract, parts: Sequence[tuple[str, Path]]) -> None:
        """The item's rows that count, of people on the register; the newest row of a key."""
        if not parts:
            fields = self.base.from_arrow(schema(contract).empty_table())
            fields.create(contract.item)
            self.base.execute(f"alter table {contract.item} add column delivery varchar").fetchall()
            return
        pieces = [
            f"select *, '{delivery}' as delivery, {place} as place"  # noqa: S608
            f" from read_parquet('{path}') where person_key in (select person_key from who)"
            for place, (delivery, path) in enumerate(parts)
        ]
        key = ", ".join(f'"{name}"' for name in contract.key if name != ID)
        newest = (
            f" qualify row_number() over (partition by person_key, {key} order by place desc) = 1"
            if len(parts) > 1
            else ""
        )
        # read_parquet takes files by name: names of our own making, checked by no user
        self.base.execute(
            f"create view {contract.item} as select * exclude (place)"  # noqa: S608
            f" from ({' union all '.join(pieces)}){newest}"
        ).fetchall()

    def run(self, on: dt.date, limits: Mapping[str, Any]) -> list[Found]:
        """What was found, by household, in a fixed order."""
        pieces = [
            f"select '{signal}' as signal, r.person_key, ({value})::varchar as value,"  # noqa: S608
            f" '{item}' as item, r.delivery, r.row_no from {item} r join who w using (person_key)"
            f" where {condition}"
            for signal, item, value, condition in ROWS
        ]
        pieces += [*SUMMED.values(), *INTERNAL.values()]
        sql = " union all ".join(f"({piece})" for piece in pieces)
        rows = self.base.execute(
            "select w.household, w.town, f.* from (" + sql + ") f"  # noqa: S608
            " join who w using (person_key) order by all",
            self._named(sql, on, limits),
        ).fetchall()
        return self._merged(rows, limits["hold_share"])

    def facts(self, on: dt.date, out: Path) -> dict[str, int]:
        """Writes every fact's source rows to `out`; the number of rows by fact.

        A person's fact is the sum over his rows, a household's the sum over its persons'.
        """
        pieces = [
            f"select w.household, r.person_key, '{fact}' as fact, ({value})::bigint as value,"  # noqa: S608
            f" '{item}' as item, r.delivery, r.row_no from {item} r join who w using (person_key)"
            f" where {condition}"
            for fact, item, value, condition in FACTS
        ]
        sql = " union all ".join(f"({piece})" for piece in pieces)
        self.base.execute(
            f"create or replace table fact_source as {sql}", self._named(sql, on, {})
        ).fetchall()
        self.base.execute(
            f"copy (from fact_source order by all) to '{out}' (format parquet)"
        ).fetchall()
        counted = "select fact, count(*) from fact_source group by fact order by fact"
        return dict(self.base.execute(counted).fetchall())

    def close(self) -> None:
        """Lets go of the memory."""
        self.base.close()

    def _named(self, sql: str, on: dt.date, limits: Mapping[str, Any]) -> dict[str, Any]:
        known = {"on": on, "year_ago": f"{on.year - 1}-{on.month:02d}", **limits}
        return {name: value for name, value in known.items() if f"${name}" in sql}

    def _merged(self, rows: Sequence[tuple], hold_share: float) -> list[Found]:
        sources: dict[tuple[str, str], list[Source]] = defaultdict(list)
        for household, town, *source in rows:
            sources[household, town].append(Source(*source))
        stopping: dict[str, int] = defaultdict(int)
        for (_household, town), found in sources.items():
            stopping[town] += any(source.signal in STOPS for source in found)
        homes = dict(
            self.base.execute(
                "select town, count(distinct household) from who where paid group by town"
            ).fetchall()
        )
        held = {town for town, many in stopping.items() if many > hold_share * homes.get(town, 0)}
        return [
            Found(household, town, tuple(found), _stops(found) and town in held)
            for (household, town), found in sorted(sources.items())
        ]


def _stops(found: Sequence[Source]) -> bool:
    return any(source.signal in STOPS for source in found)


def answer_hash(found: Sequence[Found]) -> str:
    """The fingerprint of an answer: the same deliveries must give the same again."""
    return hashlib.sha256(repr(found).encode()).hexdigest()
