"""All rows of all items about a person: at once for a household of a run, soon for anybody else.

The rows of a run's people lie together, sorted by person; anybody else is looked up in the sorted
files of the lake. Either way each row keeps its delivery and row number.
"""

import bisect
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from doudi.verification.engine.compare import Base, Parts
from doudi.verification.engine.contract import ID, Contract

FILES_OPEN = 256


def write(base: Base, parts: Parts, contracts: Mapping[str, Contract], out: Path) -> None:
    """Every row of the people in `who` (a table of `base`), as JSON, sorted by person."""
    pieces = []
    for item, deliveries in parts.items():
        every = [c.heading for c in contracts[item].told if c.heading != ID]
        for place, (delivery, path) in enumerate(deliveries):
            there = set(pq.read_schema(path).names)
            names = [name for name in every if name in there]
            told = ", ".join(f"'{name}', r.\"{name}\"" for name in names)
            base.file(f"evidence_{item}_{place}", path)
            pieces.append(
                f"select r.person_key, '{item}' as item, '{delivery}' as delivery, r.row_no,"  # noqa: S608
                f" cast(json_object({told}) as string) as told from evidence_{item}_{place} r"
                " where r.person_key in (select person_key from who)"
            )
    sql = " union all ".join(pieces) if pieces else _NOTHING
    order = "order by person_key, item, delivery, row_no"
    base.write(f"select * from ({sql}) e {order}", out)  # noqa: S608


_NOTHING = (
    "select cast(0 as bigint) as person_key, '' as item, '' as delivery,"
    " cast(0 as bigint) as row_no, '' as told where false"
)


class Sorted:
    """A Parquet file sorted by person: the groups that may hold somebody are read, no more."""

    def __init__(self, path: Path) -> None:
        self.file = pq.ParquetFile(path)
        about = self.file.metadata
        place = self.file.schema_arrow.names.index("person_key")
        limits = [about.row_group(n).column(place).statistics for n in range(about.num_row_groups)]
        self.last = [limit.max for limit in limits]
        self.first = [limit.min for limit in limits]

    def rows(self, person_keys: Sequence[int]) -> pa.Table:
        """All rows of these people."""
        groups: set[int] = set()
        for key in person_keys:
            place = bisect.bisect_left(self.last, key)
            while place < len(self.first) and self.first[place] <= key:
                groups.add(place)
                place += 1
        if not groups:
            return self.file.schema_arrow.empty_table()
        keys = pa.array(person_keys, pa.int64())
        found = []
        for group in sorted(groups):
            whose = self.file.read_row_group(group, columns=["person_key"])
            wanted = pc.indices_nonzero(pc.is_in(whose.column(0), keys))
            if len(wanted):
                found.append(self.file.read_row_group(group).take(wanted))
        return pa.concat_tables(found) if found else self.file.schema_arrow.empty_table()


@lru_cache(maxsize=FILES_OPEN)
def _open(path: Path, written: int) -> Sorted:
    return Sorted(path)


def opened(path: Path) -> Sorted:
    """A file with its index, kept open; the files of the lake never change."""
    return _open(path, path.stat().st_mtime_ns)


def of_run(path: Path, person_keys: Sequence[int]) -> list[dict[str, Any]]:
    """Rows of a run's evidence about these people."""
    rows = opened(path).rows(person_keys).to_pylist()
    return [row | {"told": json.loads(row["told"])} for row in rows]


def of_lake(
    parts: Parts, contracts: Mapping[str, Contract], person_keys: Sequence[int]
) -> list[dict[str, Any]]:
    """Rows of the lake about these people; of rows with the same key the newest."""
    found: list[dict[str, Any]] = []
    for item, deliveries in parts.items():
        newest: dict[tuple[Any, ...], dict[str, Any]] = {}
        key = [name for name in contracts[item].key if name != ID]
        for delivery, path in deliveries:
            for row in opened(path).rows(person_keys).to_pylist():
                which = (row["person_key"], *(row[name] for name in key))
                told = {n: v for n, v in row.items() if n not in ("id_status", "row_no")}
                newest[which] = {
                    "person_key": told.pop("person_key"),
                    "item": item,
                    "delivery": delivery,
                    "row_no": row["row_no"],
                    "told": told,
                }
        found += newest.values()
    return found
