"""How many rows of a delivery tell of somebody on the register: for the plausibility of the next.

The register is the one that the newest comparison read; both sides carry the same pseudonyms.
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
