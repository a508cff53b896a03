"""Households as the law's columns: from adopted facts, or from what the departments delivered.

The second kind is of families who are on no register: a lead to knock at a door, never a decision.
What no department tells is taken as nothing there, but for supporters, who are taken to be able.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from doudi.policy.book import Book
from doudi.policy.graph import HOUSEHOLD_INPUTS, MEMBER_INPUTS
from doudi.policy.runners.arrays import RESULTS, Columns, needed
from doudi.policy.runners.columns import KINDS, TRUTHS, tables
from doudi.verification.engine.compare import Base, Parts, current
from doudi.verification.engine.contract import Contract
from doudi.verification.engine.unregistered import Unregistered

MEMBER_PLAIN = tuple(name for name in MEMBER_INPUTS if name != "income_by_kind")
GROUP = 61_440


def _type(name: str) -> pa.DataType:
    return pa.bool_() if name in TRUTHS else pa.int64()


HOMES = pa.schema(
    [("home", pa.int64()), ("book", pa.int64()), *((n, _type(n)) for n in HOUSEHOLD_INPUTS)]
)
MEMBERS = pa.schema(
    [
        ("home", pa.int64()),
        *((n, _type(n)) for n in MEMBER_PLAIN),
        *((kind, pa.int64()) for kind in KINDS),
    ]
)


class Writer:
    """Writes households as columns, in pieces: household.parquet and member.parquet."""

    def __init__(self, folder: Path) -> None:
        # Read at once and thrown away: plain values cost less than dictionaries, both ways.
        self.homes = pq.ParquetWriter(
            folder / "household.parquet", HOMES, compression="lz4", use_dictionary=False
        )
        self.members = pq.ParquetWriter(
            folder / "member.parquet", MEMBERS, compression="lz4", use_dictionary=False
        )
        self.many = 0

    def add(self, columns: Columns, book_of: Sequence[int]) -> None:
        """Some households; each is numbered by its place among all that were written."""
        first, size = self.many, len(columns.sizes)
        home = np.arange(first, first + size)
        own = {"home": home, "book": np.asarray(book_of), **columns.household}
        self.homes.write_table(_table(own, size, HOMES), row_group_size=GROUP)
        people = int(columns.sizes.sum())
        kinds = dict(zip(KINDS, columns.member["income_by_kind"], strict=True))
        theirs = {"home": np.repeat(home, columns.sizes), **columns.member, **kinds}
        self.members.write_table(_table(theirs, people, MEMBERS), row_group_size=GROUP)
        self.many += size

    def close(self) -> None:
        """The files are whole."""
        self.homes.close()
        self.members.close()


def _table(values: Mapping[str, Any], size: int, schema: pa.Schema) -> pa.Table:
    arrays = [
        pa.array(np.broadcast_to(np.asarray(values[field.name]), size)).cast(field.type)
        for field in schema
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def read(base: Base, folder: Path) -> None:
    """The tables `household` and `member` from a writer's files."""
    base.file("household", folder / "household.parquet")
    base.file("member", folder / "member.parquet")


def assess(base: Base, books: Sequence[Book], keep: Sequence[str] = RESULTS) -> None:
    """Runs the law over `household` and `member`; the results are the table `found`."""
    for table in tables(books, keep):
        (base.keep if table.kept else base.view)(table.name, table.sql)


def never_applied(
    base: Base,
    parts: Parts,
    contracts: Mapping[str, Contract],
    definitions: Unregistered,
    books: Mapping[str, int],
) -> None:
    """`household` and `member` of all families by hukou of whom nobody is in `who`.

    `books` is each village's place among the books; `homes` keeps the household numbers as told.
    """
    for item, names in definitions.columns.items():
        current(base, contracts[item], names, parts.get(item, ()))
    villages = ", ".join(f"('{village}', {book})" for village, book in books.items())
    base.keep(
        "villages",
        f"select * from (values {villages}) as v(village, book)",  # noqa: S608
    )
    for name, sql in definitions.steps():
        base.keep(name, sql)


PROGRAMMES = {
    "tekun": ("tekun_outcome", "tekun_total"),
    "dibao": ("dibao_outcome", "dibao_amount"),
    "single_person": ("single_outcome", "single_total"),
    "borderline": ("borderline_outcome", ""),
    "expense_hardship": ("expense_hardship_outcome", ""),
    "temporary_aid": ("temporary_outcome", "temporary_amount"),
    "orphan": ("orphan_outcome", "orphan_total"),
    "unsupported_child": ("unsupported_child_outcome", "unsupported_child_total"),
    "railway_militia": ("railway_militia_outcome", "railway_militia_total"),
}


def results(books: Sequence[Book], keep: Sequence[str] = RESULTS) -> list[str]:
    """The quantities that exist under the books, in order."""
    names = {formula.name for formula in needed(books, keep)}
    return [name for name in keep if name in names]


def summary(base: Base, books: Sequence[Book]) -> dict[str, dict[str, int]]:
    """Households that a programme fits or that need a review, and the fen of those it fits."""
    there, told = set(results(books)), {}
    for programme, (outcome, amount) in PROGRAMMES.items():
        if outcome in there:
            paid = f"case when {outcome} = 2 then {amount} else 0 end" if amount else "0"
            row = base.rows(
                f"select count(case when {outcome} = 2 then 1 end),"  # noqa: S608
                f" count(case when {outcome} = 1 then 1 end), coalesce(sum({paid}), 0) from found"
            )[0]
            eligible, review, fen = (int(value) for value in row)
            told[programme] = {"eligible": eligible, "review": review, "fen": fen}
    return told


def by_book(base: Base, books: Sequence[Book]) -> dict[int, dict[str, int]]:
    """Households that each programme fits, by the place of their book."""
    there = set(results(books))
    names = {p: o for p, (o, _amount) in PROGRAMMES.items() if o in there}
    counts = ", ".join(f"count(case when {outcome} = 2 then 1 end)" for outcome in names.values())
    rows = base.rows(f"select book, {counts} from found group by book")  # noqa: S608
    return {
        int(book): dict(zip(names, (int(n) for n in many), strict=True)) for book, *many in rows
    }
