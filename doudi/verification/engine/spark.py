"""Spark, for a register that one machine no longer holds: the same questions in the same words.

An extra: `uv pip install --require-hashes -r requirements/spark.txt`, and Java 17.
DOUDI_SPARK_MASTER names the cluster (default: this machine alone).
"""

import os
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import SparkSession

Row = tuple[object, ...]


def session() -> SparkSession:
    """The session of this process."""
    master = os.environ.get("DOUDI_SPARK_MASTER", "local[2]")
    maker = SparkSession.builder.master(master).appName("doudi")
    for name, value in {
        "spark.sql.ansi.enabled": "true",
        "spark.sql.ansi.doubleQuotedIdentifiers": "true",
        "spark.sql.session.timeZone": "Asia/Shanghai",
        "spark.sql.shuffle.partitions": "4",
        "spark.ui.enabled": "false",
        # The law is one long plan: its description alone would fill the driver's memory.
        "spark.sql.maxPlanStringLength": "10000",
        "spark.driver.memory": "2g",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.execution.arrow.pyspark.enabled": "false",
    }.items():
        maker = maker.config(name, value)
    return maker.getOrCreate()


class Base:
    """The same few verbs as DuckDB's base."""

    def __init__(self, folder: Path, large: bool = False) -> None:
        self.folder = folder
        self.spark = session()

    def file(self, name: str, path: Path) -> None:
        """A Parquet file as a table."""
        self.spark.read.parquet(f"file://{path.resolve()}").createOrReplaceTempView(name)

    def empty(self, name: str, schema: pa.Schema) -> None:
        """A table without rows."""
        path = self.folder / f"empty-{name}.parquet"
        pq.write_table(schema.empty_table(), path)
        self.file(name, path)

    def keep(self, name: str, sql: str) -> None:
        """A query's rows, computed once and kept in memory."""
        self.spark.sql(sql).cache().createOrReplaceTempView(name)

    def view(self, name: str, sql: str) -> None:
        """A query's rows, computed where they are read."""
        self.spark.sql(sql).createOrReplaceTempView(name)

    def rows(self, sql: str) -> Sequence[Row]:
        """A query's rows."""
        return [tuple(row) for row in self.spark.sql(sql).collect()]

    def write(self, sql: str, out: Path) -> None:
        """A query's rows as one Parquet file, through this process."""
        table = self.spark.sql(sql).toArrow()
        pq.write_table(table, out, compression="zstd")

    def close(self) -> None:
        """Lets go of the memory; the session stays for the next run of this process."""
        self.spark.catalog.clearCache()
