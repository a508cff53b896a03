"""How many of a delivery's rows or people are on the register: for its plausibility.

Where a comparison has read the register, both sides carry the same pseudonyms; a first delivery
comes before any comparison, so some of its people are looked up one by one.
"""

from pathlib import Path

import duckdb


def known_share(rows: Path, who: Path) -> float:
    """Of the rows of a Parquet file the share whose person stands in `who`."""
    with duckdb.connect(config={"threads": 2, "memory_limit": "700MB"}) as base:
        base.execute("set enable_progress_bar=false").fetchall()
        [(every, known)] = base.execute(
            "select count(*), count(*) filter (where person_key in"
            " (select person_key from read_parquet(?))) from read_parquet(?)",
            [str(who), str(rows)],
        ).fetchall()
    return known / every if every else 0.0


def some_people(rows: Path, many: int) -> list[int]:
    """Pseudonyms of so many people of a Parquet file, the same at every call.

    A pseudonym says nothing of its person, so the smallest ones are drawn by chance.
    """
    with duckdb.connect(config={"threads": 2, "memory_limit": "700MB"}) as base:
        base.execute("set enable_progress_bar=false").fetchall()
        found = base.execute(
            "select distinct person_key from read_parquet(?) where person_key <> 0"
            " order by person_key limit ?",
            [str(rows), many],
        ).fetchall()
    return [key for (key,) in found]
