"""One delivery from file to Parquet: validated by columns, streamed, renamed into place at once.

Persons stand in the files under pseudonyms: no ID number is written outside the sealed original.
Nothing is visible until the caller has written the delivery's row in the database.
"""

import datetime as dt
import os
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from doudi.verification.engine import citizens, columns
from doudi.verification.engine.contract import BORN, COUNTY, ID, NAME, Contract
from doudi.verification.engine.loaded import Fault, FileRefused, Loaded, ended
from doudi.verification.engine.reading import batches

KEPT_ERRORS = 10_000  # the error file names this many; the counts name all
GROUP = 12_288  # rows of a Parquet row group: small enough to look up one person
Hide = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Terms:
    """Under which a file is read: the last day it may tell of, pseudonyms, demo numbers or not."""

    last_day: dt.date
    hide: Hide
    demo: bool = False


@dataclass
class _Out:
    """The files being written, and what has come of the file so far."""

    rows: pq.ParquetWriter
    unmatched: pq.ParquetWriter
    loaded: Loaded = field(default_factory=Loaded)


def schema(contract: Contract) -> pa.Schema:
    """The columns of an item's Parquet files."""
    fields = [pa.field("person_key", pa.int64()), pa.field("id_status", pa.string())]
    fields.append(pa.field("row_no", pa.int64()))
    if contract.births:
        fields.append(pa.field("born", pa.date32()))
    fields += [
        pa.field(c.heading, columns.TYPES[c.kind]) for c in contract.columns if c.kind != "id"
    ]
    return pa.schema(fields)


def unmatched_schema(contract: Contract) -> pa.Schema:
    """Rows whose number is wrong: whom it may have meant (pseudonyms), and what else is told."""
    told = [("near", pa.list_(pa.int64())), ("name", pa.string()), ("born", pa.date32())]
    typed = [field for field in schema(contract) if field.name != "born"]
    return pa.schema([*told, ("county", pa.string()), *typed])


def load(path: Path, contract: Contract, terms: Terms, work: Path) -> Loaded:
    """Reads and checks `path`; the good rows then lie in `work`. FileRefused changes nothing."""
    return ended(loading(path, contract, terms, work))


def loading(
    path: Path, contract: Contract, terms: Terms, work: Path
) -> Generator[int, None, Loaded]:
    """load() in pieces: yields how many rows have been read so far."""
    whole = work / "taken.parquet"
    with (
        pq.ParquetWriter(whole, schema(contract), compression="lz4") as rows,
        pq.ParquetWriter(work / "unmatched.parquet", unmatched_schema(contract)) as unmatched,
    ):
        out = _Out(rows, unmatched)
        for batch in batches(path, contract, work):
            _take_batch(batch, contract, terms, out)
            yield out.loaded.rows
    if not out.loaded.rows:
        raise FileRefused("file_no_rows")
    _sort_out(whole, contract, out.loaded)
    out.loaded.path = work / "rows.parquet"
    return out.loaded


def _take_batch(batch: pa.RecordBatch, contract: Contract, terms: Terms, out: _Out) -> None:
    loaded = out.loaded
    first = loaded.rows + 1
    bad = np.zeros(batch.num_rows, dtype=bool)
    typed = _typed(batch, contract, terms, bad, loaded)
    whose = batch.column(ID)
    person_keys, states, wrong = citizens.keys(whose, terms.last_day, terms.demo)
    lost = [place for place in wrong if not bad[place]]
    _note(loaded, bad, ID, wrong, whose)
    typed |= {
        "person_key": pa.array(terms.hide(person_keys)),
        "id_status": pa.array(states),
        "row_no": pa.array(np.arange(first, first + batch.num_rows)),
    }
    if contract.births:
        typed["born"] = citizens.births(person_keys)
    good = pa.RecordBatch.from_pydict(typed, schema=schema(contract))
    _keep_unmatched(batch, good, lost, contract, (terms, out))
    if bad.any():
        good = good.filter(pa.array(~bad))
    out.rows.write_batch(good)
    loaded.rows += batch.num_rows
    loaded.accepted += good.num_rows
    _tally(loaded, contract, good)


def _typed(
    batch: pa.RecordBatch, contract: Contract, terms: Terms, bad: np.ndarray, loaded: Loaded
) -> dict[str, pa.Array]:
    """The columns but the number, each in its type; `bad` marks the rows with a fault."""
    typed: dict[str, pa.Array] = {}
    for column in contract.columns:
        if column.kind == "id":
            continue
        values = batch.column(column.heading)
        typed[column.heading], wrong = columns.take(column, values, terms.last_day)
        _note(loaded, bad, column.heading, wrong, values)
    for small, big in contract.at_most:
        over = pc.fill_null(pc.greater(typed[small], typed[big]), False)
        wrong = dict.fromkeys(np.flatnonzero(over.to_numpy(zero_copy_only=False)), "over_total")
        _note(loaded, bad, small, wrong, batch.column(small))
    return typed


def _note(loaded: Loaded, bad: np.ndarray, heading: str, wrong: dict, values: pa.Array) -> None:
    first = loaded.rows + 1
    for place, reason in wrong.items():
        bad[place] = True
        loaded.reasons[f"{heading}:{reason}"] += 1
        if len(loaded.faults) < KEPT_ERRORS:
            masked = mask(values[int(place)].as_py() or "")
            loaded.faults.append(Fault(first + int(place), heading, reason, masked))


def _keep_unmatched(
    batch: pa.RecordBatch,
    typed: pa.RecordBatch,
    lost: list[int],
    contract: Contract,
    where: tuple[Terms, _Out],
) -> None:
    """Rows refused for their number alone wait for a match: the name or the slip may tell."""
    terms, out = where
    told: dict[str, list[Any]] = {"near": [], "name": [], "born": [], "county": []}
    kept = []
    for place in lost:
        number = batch.column(ID)[place].as_py() or ""
        near = citizens.near(number)
        name, born, county = (_told(batch, heading, place) for heading in (NAME, BORN, COUNTY))
        if not near and not name:
            continue
        kept.append(place)
        told["near"].append(terms.hide(np.array(near, dtype=np.int64)).tolist() if near else [])
        told["name"].append(name)
        told["born"].append(_birth(born, number))
        told["county"].append(county or (number[:6] if number[:6].isdigit() else ""))
    if kept:
        rows = typed.take(pa.array(kept)).to_pydict()
        out.unmatched.write_table(pa.table(told | rows, schema=unmatched_schema(contract)))
        out.loaded.unmatched += len(kept)


def _told(batch: pa.RecordBatch, heading: str, place: int) -> str:
    if heading not in batch.schema.names:
        return ""
    return (batch.column(heading)[place].as_py() or "").strip()


def _birth(told: str, number: str) -> dt.date | None:
    """The day that is told, else the one in the wrong number, if it is a day."""
    for text in (told, f"{number[6:10]}-{number[10:12]}-{number[12:14]}"):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            continue
    return None


def mask(text: str) -> str:
    """First two and last character, of a short text the first; an error file may travel."""
    if len(text) <= 4:
        return text[:1] + "*" * (len(text) - 1)
    return text if len(text) <= 1 else f"{text[:2]}{'*' * max(1, min(len(text), 20) - 3)}{text[-1]}"


def _tally(loaded: Loaded, contract: Contract, good: pa.RecordBatch) -> None:
    for column in contract.columns:
        if column.kind == "id":
            continue
        values = good.column(column.heading)
        loaded.filled[column.heading] += len(values) - values.null_count
        if column.kind in ("money", "number", "count"):
            loaded.sums[column.heading] += pc.sum(values).as_py() or 0


def _sort_out(whole: Path, contract: Contract, loaded: Loaded) -> None:
    """Rows by person, of the same key the first: the later ones are quarantined."""
    key = ["person_key", *(f'"{name}"' for name in contract.key if name != ID)]
    with duckdb.connect(config={"threads": 2, "memory_limit": "700MB"}) as base:
        base.execute(f"set temp_directory='{whole.parent}'").fetchall()
        base.execute("set enable_progress_bar=false").fetchall()
        doubled = _doubled(base, whole, key)
        base.execute("create temp table doubled(row_no bigint)").fetchall()
        if doubled:
            base.register("found", pa.table({"row_no": doubled}))
            base.execute("insert into doubled select row_no from found").fetchall()
        without = " where row_no not in (from doubled)" if doubled else ""
        base.execute(
            f"copy (select * from read_parquet('{whole}'){without} order by person_key, row_no)"  # noqa: S608
            f" to '{whole.with_name('rows.parquet')}'"
            f" (format parquet, compression zstd, row_group_size {GROUP})"
        ).fetchall()
    whole.unlink()
    if doubled:
        loaded.accepted -= len(doubled)
        loaded.reasons["key_doubled"] += len(doubled)
        room = KEPT_ERRORS - len(loaded.faults)
        loaded.faults += [Fault(row, ID, "key_doubled", "") for row in doubled[:room]]


def _doubled(base: duckdb.DuckDBPyConnection, whole: Path, key: list[str]) -> list[int]:
    names = ", ".join(key)
    many = f"select {names}, min(row_no) as first from read_parquet(?) group by {names}"  # noqa: S608
    many += " having count(*) > 1"
    same = " and ".join(f"a.{name} is not distinct from b.{name}" for name in key)
    rows = base.execute(
        f"select a.row_no from read_parquet(?) a join ({many}) b on {same}"  # noqa: S608
        " where a.row_no <> b.first order by 1",
        [str(whole), str(whole)],
    ).fetchall()
    return [row for (row,) in rows]


def put_away(work: Path, target: Path) -> None:
    """Renames the finished Parquet into the lake: whole or not at all, and on the disk."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for name in ("unmatched.parquet", "rows.parquet"):
        source = work / name
        sync(source)
        source.replace(target.with_name(name))
    sync(target.parent)


def sync(path: Path) -> None:
    """On the disk, not only in the machine's memory."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
