"""The 28 items of the demonstration city, written as the departments would deliver them: in pieces.

Ordinary rows (items.py) with the planted ones (truths.py) behind them; then the late corrections
and one delivery whose columns are shifted, which must stop nobody.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import gcd
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from doudi.demo.items import ITEMS, money, serial, word
from doudi.demo.residents import RESIDENTS, Array, Residents
from doudi.demo.truths import Truths, corrections, rows
from doudi.verification.engine.contract import BORN, COUNTY, ID, NAME, Contract

PIECE = 200_000
STEP = 7919
LATE = 100  # one medical bill in so many comes with the next delivery
NAMED = ("G22", "G24")  # these departments add name and birth date: wrong numbers can be matched


@dataclass(frozen=True)
class File:
    """One delivery as written: item, number in its series, path, rows."""

    item: str
    sequence: int
    path: Path
    rows: int


@dataclass(frozen=True)
class City:
    """What the deliveries are made from and where they go; as CSV or Parquet."""

    folder: Path
    contracts: dict[str, Contract]
    people: Residents
    truths: Truths
    as_csv: bool = False


def write(city: City) -> Iterator[File]:
    """One file an item, one of corrections, one that is shifted; each when it is written."""
    share = len(city.people) / RESIDENTS
    ordinary = np.flatnonzero(~city.truths.silent(city.people))
    yield _write(city, "G01", 1, _hukou(city.people))
    for item, (many, _columns) in ITEMS.items():
        whose = np.arange(len(city.people)) if item == "G09" else ordinary
        yield _write(city, item, 1, _rows(city, item, whose, round(many * share)))
    yield _write(city, "G10", 2, _corrections(city, ordinary, round(ITEMS["G10"][0] * share)))
    yield _write(city, "G07", 2, _shifted(city, ordinary, share))


def _rows(city: City, item: str, whose: Array, many: int) -> Iterator[pa.Table]:
    """Ordinary rows, everybody in turn; wages; then the planted rows."""
    step = STEP if gcd(STEP, len(whose)) == 1 else 1
    for n in _ordinals(many):
        yield _table(city.people, item, whose[n * step % len(whose)], n)
    if item == "G14":
        yield from _wages(city)
    planted = list(rows(city.people, city.truths, item))
    if planted:
        yield pa.Table.from_pylist(planted)


def _corrections(city: City, ordinary: Array, many: int) -> Iterator[pa.Table]:
    """Late bills of ordinary people, and the planted ones again with other sums."""
    late = np.arange(many, many + many // LATE)
    yield _table(city.people, "G10", ordinary[late * STEP % len(ordinary)], late)
    mended = corrections(city.people, city.truths)
    if mended:
        yield pa.Table.from_pylist(mended)


def _ordinals(many: int) -> Iterator[Array]:
    for first in range(0, many, PIECE):
        yield np.arange(first, min(first + PIECE, many))


def _table(people: Residents, item: str, whose: Array, n: Array) -> pa.Table:
    columns = {name: make(n) for name, make in ITEMS[item][1].items()}
    columns[ID] = people.number.take(pa.array(whose))
    if item in NAMED:
        columns |= _named(people, whose)
    return pa.table(columns)


def _named(people: Residents, whose: Array) -> dict[str, pa.Array]:
    number = people.number.take(pa.array(whose))
    return {
        NAME: people.name.take(pa.array(whose)),
        BORN: pa.array(np.datetime_as_string(people.born[whose], "D")),
        COUNTY: pc.utf8_slice_codeunits(number, 0, 6),
    }


def _wages(city: City) -> Iterator[pa.Table]:
    """A year's wage, far above the line, for every household off the register but the planted."""
    people = city.people
    earner = people.first & ~city.truths.silent(people)
    places = np.flatnonzero(earner)
    for n in _ordinals(len(places)):
        yield pa.table(
            {
                ID: people.number.take(pa.array(places[n])),
                "扣缴单位": serial("工厂")(n),
                "所得项目": word("工资薪金")(n),
                "收入额": money(60_000, 120_000)(n),
                "税款": word("0")(n),
                "所属期": word("2022-03")(n),
            }
        )


def _hukou(people: Residents) -> Iterator[pa.Table]:
    """Everybody with household and village: the household number begins with the village's code."""
    for n in _ordinals(len(people)):
        homes = pa.array(people.home[n]).cast(pa.string())
        yield pa.table(
            {
                ID: people.number.take(pa.array(n)),
                "姓名": people.name.take(pa.array(n)),
                "性别": pa.array(["女", "男"]).take(pa.array(people.key[n] % 2)),
                "户籍地址": word("演示住址")(n),
                "户号": pc.binary_join_element_wise(people.village.take(pa.array(n)), homes, "-"),
                "与户主关系": word("")(n),
                "迁入日期": word("")(n),
            }
        )


def _shifted(city: City, ordinary: Array, share: float) -> Iterator[pa.Table]:
    """Unemployment with two columns in each other's place: every value has a possible shape."""
    for n in _ordinals(round(ITEMS["G07"][0] * share)):
        table = _table(city.people, "G07", ordinary[n * STEP % len(ordinary)], n)
        one, other = table.column("月失业金"), table.column("月数")
        yield (
            table.drop_columns(["月失业金", "月数"])
            .append_column("月失业金", other)
            .append_column("月数", one)
        )


def _write(city: City, item: str, sequence: int, pieces: Iterable[pa.Table]) -> File:
    contract = city.contracts[item]
    names = list(contract.headings)
    if item in NAMED:
        names += [NAME, BORN, COUNTY]
    schema = pa.schema([(name, pa.string()) for name in names])
    path = city.folder / f"{item}-{sequence}.{'csv' if city.as_csv else 'parquet'}"
    many = 0
    with _writer(path, schema, city.as_csv) as out:
        for piece in pieces:
            out.write_table(_filled(piece, schema))
            many += piece.num_rows
    return File(item, sequence, path, many)


def _writer(path: Path, schema: pa.Schema, as_csv: bool):  # type: ignore[no-untyped-def]
    if as_csv:
        plain = pyarrow.csv.WriteOptions(quoting_style="none")
        return pyarrow.csv.CSVWriter(path, schema, write_options=plain)
    return pq.ParquetWriter(path, schema, compression="lz4")


def _filled(piece: pa.Table, schema: pa.Schema) -> pa.Table:
    """The piece in the file's columns; what it does not tell stays empty."""
    empty = pa.array([""], pa.string()).take(pa.array(np.zeros(piece.num_rows, dtype=np.int64)))
    columns = [
        piece.column(name).cast(pa.string()).fill_null("") if name in piece.column_names else empty
        for name in schema.names
    ]
    return pa.Table.from_arrays(columns, schema=schema)
