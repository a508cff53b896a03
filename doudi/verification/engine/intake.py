"""One delivery from file to Parquet: validated by columns, streamed, renamed into place at once.

Nothing is visible until the caller has written the delivery's row in the database.
"""

import datetime as dt
import os
import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from doudi.kernel.resident_id import normalise
from doudi.verification.engine import citizens, columns
from doudi.verification.engine.contract import ID, Contract
from doudi.verification.engine.reading import FileRefused, batches

KEPT_ERRORS = 10_000  # the error file names this many; the counts name all


@dataclass(frozen=True)
class Fault:
    """One value that cannot be taken: data row (the first below the headings is 1)."""

    row: int
    heading: str
    reason: str
    masked: str


@dataclass
class Loaded:
    """What came of a file: rows, refused rows, faults, sums and people for plausibility."""

    rows: int = 0
    accepted: int = 0
    faults: list[Fault] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    sums: Counter[str] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=Counter)
    path: Path | None = None

    @property
    def refused(self) -> int:
        """Rows that were quarantined."""
        return self.rows - self.accepted


def schema(contract: Contract) -> pa.Schema:
    """The columns of an item's Parquet files."""
    fields = [pa.field("person_key", pa.int64()), pa.field("id_number", pa.string())]
    fields += [pa.field("id_status", pa.string()), pa.field("row_no", pa.int64())]
    fields += [
        pa.field(c.heading, columns.TYPES[c.kind]) for c in contract.columns if c.kind != "id"
    ]
    return pa.schema(fields)


def load(path: Path, contract: Contract, last_day: dt.date, work: Path) -> Loaded:
    """Reads and checks `path`; the good rows then lie in `work`. FileRefused changes nothing."""
    loaded = Loaded()
    out = work / "rows.parquet"
    with pq.ParquetWriter(out, schema(contract), compression="zstd") as writer:
        for batch in batches(path, contract, work):
            _take_batch(batch, contract, last_day, loaded, writer)
    if not loaded.rows:
        raise FileRefused("file_no_rows")
    _drop_doubled(out, contract, loaded)
    loaded.path = out
    return loaded


def _take_batch(
    batch: pa.RecordBatch,
    contract: Contract,
    last_day: dt.date,
    loaded: Loaded,
    writer: pq.ParquetWriter,
) -> None:
    first = loaded.rows + 1
    bad = np.zeros(batch.num_rows, dtype=bool)
    numbers = batch.column(ID)
    person_keys, states, wrong = citizens.keys(numbers, last_day)
    _note(loaded, bad, first, ID, wrong, numbers)
    typed: dict[str, pa.Array] = {
        "person_key": pa.array(person_keys),
        "id_number": _spelled(numbers, states, person_keys),
        "id_status": pa.array(states),
        "row_no": pa.array(np.arange(first, first + batch.num_rows)),
    }
    for column in contract.columns:
        if column.kind == "id":
            continue
        values = batch.column(column.heading)
        typed[column.heading], wrong = columns.take(column, values, last_day)
        _note(loaded, bad, first, column.heading, wrong, values)
    for small, big in contract.at_most:
        over = pc.fill_null(pc.greater(typed[small], typed[big]), False)
        wrong = dict.fromkeys(np.flatnonzero(over.to_numpy(zero_copy_only=False)), "over_total")
        _note(loaded, bad, first, small, wrong, batch.column(small))
    good = pa.RecordBatch.from_pydict(typed, schema=schema(contract))
    if bad.any():
        good = good.filter(pa.array(~bad))
    writer.write_batch(good)
    loaded.rows += batch.num_rows
    loaded.accepted += good.num_rows
    _tally(loaded, contract, good)


def _spelled(numbers: pa.Array, states: list[str], person_keys: np.ndarray) -> pa.Array:
    """The numbers as they are; the mended ones in their one spelling."""
    odd = [place for place, state in enumerate(states) if state != citizens.CLEAN]
    if not odd:
        return numbers
    spelled = numbers.to_pylist()
    for place in odd:
        spelled[place] = normalise(spelled[place] or "")
    return pa.array(spelled, pa.string())


def _note(
    loaded: Loaded, bad: np.ndarray, first: int, heading: str, wrong: dict, values: pa.Array
) -> None:
    for place, reason in wrong.items():
        bad[place] = True
        loaded.reasons[f"{heading}:{reason}"] += 1
        if len(loaded.faults) < KEPT_ERRORS:
            masked = mask(values[int(place)].as_py() or "")
            loaded.faults.append(Fault(first + int(place), heading, reason, masked))


def mask(text: str) -> str:
    """First two and last character; an error file may travel."""
    return text if len(text) <= 1 else f"{text[:2]}{'*' * max(1, min(len(text), 20) - 3)}{text[-1]}"


def _tally(loaded: Loaded, contract: Contract, good: pa.RecordBatch) -> None:
    for column in contract.columns:
        if column.kind == "id":
            continue
        values = good.column(column.heading)
        loaded.filled[column.heading] += len(values) - values.null_count
        if column.kind in ("money", "number", "count"):
            loaded.sums[column.heading] += pc.sum(values).as_py() or 0


def _drop_doubled(out: Path, contract: Contract, loaded: Loaded) -> None:
    """Of rows with the same key the first counts; the later ones are quarantined."""
    key = ", ".join(["person_key", *(f'"{name}"' for name in contract.key if name != ID)])
    with duckdb.connect(config={"threads": 2, "memory_limit": "700MB"}) as base:
        base.execute(f"set temp_directory='{out.parent}'")
        many = f"select {key}, min(row_no) as first from read_parquet(?) group by {key}"  # noqa: S608
        many += " having count(*) > 1"
        same = " and ".join(f"a.{name} is not distinct from b.{name}" for name in key.split(", "))
        doubled = base.execute(
            f"select a.row_no from read_parquet(?) a join ({many}) b on {same}"  # noqa: S608
            " where a.row_no <> b.first order by 1",
            [str(out), str(out)],
        ).fetchall()
        if not doubled:
            return
        base.execute("create temp table doubled(row_no bigint)")
        base.register("found", pa.table({"row_no": [row for (row,) in doubled]}))
        base.execute("insert into doubled select row_no from found")
        clean = out.with_name("clean.parquet")
        base.execute(
            "copy (select * from read_parquet(?) where row_no not in (from doubled)"  # noqa: S608
            f" order by row_no) to '{clean}' (format parquet, compression zstd)",
            [str(out)],
        ).fetchall()
    clean.replace(out)
    loaded.accepted -= len(doubled)
    loaded.reasons["key_doubled"] += len(doubled)
    room = KEPT_ERRORS - len(loaded.faults)
    loaded.faults += [Fault(row, ID, "key_doubled", "") for (row,) in doubled[:room]]


def put_away(work: Path, target: Path) -> None:
    """Renames the finished Parquet into the lake: whole or not at all, and on the disk."""
    target.parent.mkdir(parents=True, exist_ok=True)
    source = work / "rows.parquet"
    _sync(source)
    source.replace(target)
    _sync(target.parent)


def keep_original(path: Path, target: Path) -> None:
    """The unchanged file under its hash, written once."""
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(target.name + ".half")
    shutil.copyfile(path, half)
    _sync(half)
    half.replace(target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
