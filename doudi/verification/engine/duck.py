"""DuckDB, the engine of one machine: what the comparison asks of any engine, nothing more."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

Row = tuple[object, ...]
THREADS = 1


class Base:
    """A database in memory over Parquet files; spills go to `folder`, which its maker deletes."""

    def __init__(self, folder: Path, large: bool = False) -> None:
        """`large`: everybody's rows at once, in any order, within 3 GB."""
        memory = "3GB" if large else "1200MB"
        # One thread costs less CPU in all, and on a small machine a core stays with the counters.
        self.base = duckdb.connect(config={"threads": THREADS, "memory_limit": memory})
        self.base.execute(f"set temp_directory='{folder}'").fetchall()
        self.base.execute("set enable_progress_bar=false").fetchall()
        if large:
            self.base.execute("set preserve_insertion_order=false").fetchall()

    def file(self, name: str, path: Path) -> None:
        """A Parquet file as a table; names and paths are of our own making."""
        self.base.execute(
            f"create view {name} as select * from read_parquet('{path}')"  # noqa: S608
        ).fetchall()

    def empty(self, name: str, schema: pa.Schema) -> None:
        """A table without rows, for an item of which nothing was delivered."""
        self.base.register(name, schema.empty_table())

    def keep(self, name: str, sql: str) -> None:
        """A query's rows, computed once."""
        self.base.execute(f"create table {name} as {sql}").fetchall()

    def view(self, name: str, sql: str) -> None:
        """A query's rows, computed where they are read."""
        self.base.execute(f"create view {name} as {sql}").fetchall()

    def rows(self, sql: str) -> Sequence[Row]:
        """A query's rows."""
        return self.base.execute(sql).fetchall()

    def write(self, sql: str, out: Path) -> None:
        """A query's rows as one Parquet file."""
        self.base.execute(
            f"copy ({sql}) to '{out}' (format parquet, compression snappy, row_group_size 12288)"
        ).fetchall()

    def close(self) -> None:
        """Lets go of the memory."""
        self.base.close()
