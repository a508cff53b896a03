"""The whole register against the lake: facts and signals, each with the rows it comes from.

The engine below (`duck` or `spark`) is given; the questions are the same text for both.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from doudi.verification.engine.columns import TYPES
from doudi.verification.engine.contract import ID, Contract
from doudi.verification.engine.intake import schema
from doudi.verification.engine.signals import Definitions

Parts = Mapping[str, Sequence[tuple[str, Path]]]  # item -> (delivery, Parquet), oldest first
WHO = pa.schema(
    [
        ("person_key", pa.int64()),
        ("household", pa.string()),
        ("home", pa.int32()),  # the household's number in this run: what its facts bear
        ("town", pa.string()),
        ("born", pa.date32()),
        ("paid", pa.bool_()),
        ("paid_since", pa.date32()),
        ("paid_month", pa.string()),
    ]
)
PAID = pa.schema([("person_key", pa.int64()), ("county", pa.string()), ("programme", pa.string())])
MATCHED = pa.schema([("delivery", pa.string()), ("row_no", pa.int64()), ("person_key", pa.int64())])
SQL = {
    pa.date32(): "date",
    pa.string(): "string",
    pa.int32(): "int",
    pa.int64(): "bigint",
    pa.float64(): "double",
}


class Base(Protocol):
    """What an engine offers."""

    def file(self, name: str, path: Path) -> None:
        """A Parquet file as a table."""

    def empty(self, name: str, schema: pa.Schema) -> None:
        """A table without rows."""

    def keep(self, name: str, sql: str) -> None:
        """A query's rows, computed once."""

    def view(self, name: str, sql: str) -> None:
        """A query's rows, computed where they are read."""

    def rows(self, sql: str) -> Sequence[tuple[Any, ...]]:
        """A query's rows."""

    def write(self, sql: str, out: Path) -> None:
        """A query's rows as one Parquet file."""

    def close(self) -> None:
        """Lets go of the memory."""


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
    """One run over the files of `folder`: who, paid and, where there are any, matched."""

    def __init__(
        self,
        base: Base,
        parts: Parts,
        contracts: Mapping[str, Contract],
        folder: Path,
        definitions: Definitions,
    ) -> None:
        self.base, self.definitions = base, definitions
        base.file("who_file", folder / "who.parquet")
        base.keep("who", _people(folder / "who.parquet"))
        base.file("paid", folder / "paid.parquet")
        if (folder / "matched.parquet").exists():
            base.file("matched", folder / "matched.parquet")
        else:
            base.empty("matched", MATCHED)
        for item, names in definitions.columns.items():
            self._take(contracts[item], names, parts.get(item, ()))

    def _take(
        self, contract: Contract, names: list[str], parts: Sequence[tuple[str, Path]]
    ) -> None:
        """The item's rows of people on the register, read once; the newest row of a key counts."""
        if not parts:
            more = [pa.field("home", pa.int32()), pa.field("delivery", pa.string())]
            fields = pa.schema([*_every(contract), *more])
            self.base.empty(contract.item, fields)
            return
        keys = [name for name in contract.key if name != ID]
        wanted = sorted({*names, *(keys if len(parts) > 1 else ())})
        if len(parts) == 1:
            self._part(contract.item, contract, wanted, parts[0])
            return
        for place, part in enumerate(parts):
            self._part(f"{contract.item}_{place}", contract, wanted, part)
        self.base.keep(contract.item, newest(contract, len(parts)))

    def _part(
        self, name: str, contract: Contract, wanted: list[str], part: tuple[str, Path]
    ) -> None:
        """One delivery's rows of people on the register, with those that were matched to them."""
        delivery, path = part
        columns = _read(contract, path, wanted)
        self.base.file(f"{name}_file", path)
        sql = (
            f"select r.person_key, w.home, r.row_no, '{delivery}' as delivery{columns}"  # noqa: S608
            f" from {name}_file r"
            " join who w on w.person_key = r.person_key"
        )
        unmatched = path.with_name("unmatched.parquet")
        if unmatched.exists():
            self.base.file(f"{name}_lost", unmatched)
            sql += (
                f" union all select m.person_key, w.home, r.row_no, m.delivery{columns}"  # noqa: S608
                f" from {name}_lost r join matched m on m.row_no = r.row_no"
                f" and m.delivery = '{delivery}' join who w on w.person_key = m.person_key"
            )
        self.base.keep(name, sql)

    def run(self) -> list[Found]:
        """What was found, by household, in a fixed order."""
        rows = self.base.rows(
            "select w.household, w.town, f.signal, f.person_key, f.value, f.item, f.delivery,"  # noqa: S608
            f" f.row_no from ({self.definitions.signals()}) f"
            f" join who w on w.person_key = f.person_key{self.definitions.awake()}"
        )
        return self._merged(sorted(rows))

    def facts(self, out: Path) -> dict[str, int]:
        """Writes every fact's source rows to `out`; the number of rows by fact.

        A person's fact is the sum over his rows, a household's the sum over the rows of its `home`,
        whose household `who` names.
        """
        # Each fact in the order of its item's file, which is by person: nothing needs sorting.
        self.base.write(self.definitions.facts(), out)
        self.base.file("fact_source", out)
        counted = self.base.rows("select fact, count(*) from fact_source group by fact")
        return dict(sorted(counted))

    def close(self) -> None:
        """Lets go of the memory."""
        self.base.close()

    def _merged(self, rows: Sequence[tuple[Any, ...]]) -> list[Found]:
        sources: dict[tuple[str, str], list[Source]] = defaultdict(list)
        for household, town, *source in rows:
            sources[household, town].append(Source(*source))
        stopping: dict[str, int] = defaultdict(int)
        for (_household, town), found in sources.items():
            stopping[town] += self._stops(found)
        homes = dict(
            self.base.rows(
                "select town, count(distinct household) from who where paid group by town"
            )
        )
        share = self.definitions.limits["hold_share"]
        held = {town for town, many in stopping.items() if many > share * homes.get(town, 0)}
        return [
            Found(household, town, tuple(found), self._stops(found) and town in held)
            for (household, town), found in sorted(sources.items())
        ]

    def _stops(self, found: Sequence[Source]) -> bool:
        return any(source.signal in self.definitions.stops for source in found)


def _people(path: Path) -> str:
    """The register as a table; a run of before households had numbers is given them now."""
    if "home" in pq.read_schema(path).names:
        return "select * from who_file"
    return "select *, cast(dense_rank() over (order by household) as int) as home from who_file"


def newest(contract: Contract, many: int) -> str:
    """Of the tables ITEM_0, ITEM_1 … the rows that no later table has again under their key."""
    keys = [name for name in contract.key if name != ID]
    same = "".join(f' and l."{key}" is not distinct from r."{key}"' for key in keys)
    pieces = []
    for place in range(many):
        later = " union all ".join(
            f"select * from {contract.item}_{n}"  # noqa: S608
            for n in range(place + 1, many)
        )
        newer = f" where not exists (select 1 from ({later}) l where l.person_key = r.person_key"  # noqa: S608
        pieces.append(
            f"select * from {contract.item}_{place} r{newer + same + ')' if later else ''}"  # noqa: S608
        )
    return " union all ".join(pieces)


def _every(contract: Contract) -> pa.Schema:
    """Every column that a row of the item may have, those of earlier versions too."""
    former = [pa.field(column.heading, TYPES[column.kind]) for column in contract.former]
    return pa.schema([*schema(contract), *former])


def _read(contract: Contract, path: Path, names: Iterable[str], table: str = "r") -> str:
    """The columns of a file as text; nothing where its version had no such column."""
    there, kinds = set(pq.read_schema(path).names), _every(contract)
    return "".join(
        f', {table}."{name}"'
        if name in there
        else f', cast(null as {SQL[kinds.field(name).type]}) as "{name}"'
        for name in names
    )


def current(
    base: Base, contract: Contract, names: Sequence[str], files: Sequence[tuple[str, Path]]
) -> None:
    """An item's rows that count, of everybody, as a table; only some columns."""
    if not files:
        base.empty(contract.item, _every(contract))
        return
    keys = [name for name in contract.key if name != ID] if len(files) > 1 else []
    wanted = sorted({*names, *keys})
    for place, (_delivery, path) in enumerate(files):
        columns = _read(contract, path, wanted)
        base.file(f"{contract.item}_{place}_file", path)
        base.view(
            f"{contract.item}_{place}",
            f"select r.person_key{columns} from {contract.item}_{place}_file r",  # noqa: S608
        )
    base.view(contract.item, newest(contract, len(files)))


def answer_hash(found: Sequence[Found]) -> str:
    """The fingerprint of an answer: the same deliveries must give the same again."""
    return hashlib.sha256(repr(found).encode()).hexdigest()


class Tables:
    """The register's files for a run, written in pieces."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.homes: dict[str, int] = {}
        self.files = {
            name: pq.ParquetWriter(folder / f"{name}.parquet", fields)
            for name, fields in (("who", WHO), ("paid", PAID), ("matched", MATCHED))
        }

    def who(self, rows: Iterable[dict[str, Any]]) -> None:
        """Persons with household, town and since when they are paid; the household is numbered."""
        homes = self.homes
        told = [row | {"home": homes.setdefault(row["household"], len(homes))} for row in rows]
        self.files["who"].write_table(pa.Table.from_pylist(told, schema=WHO))

    def paid(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Living benefits."""
        self.files["paid"].write_table(pa.Table.from_pylist(list(rows), schema=PAID))

    def matched(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Rows with a wrong number, and whose they are."""
        self.files["matched"].write_table(pa.Table.from_pylist(list(rows), schema=MATCHED))

    def close(self) -> None:
        """The files are whole."""
        for file in self.files.values():
            file.close()


tables = Tables
