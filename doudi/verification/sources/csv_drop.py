"""Files that a department puts into a folder: `<lake>/drop/<item>/<as-of>.csv`, hostile until read.

The newest file counts. UTF-8 or GB18030, a heading line with 证件号码, the catalogue's columns.
"""

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from doudi.kernel.resident_id import normalise
from doudi.verification.sources.base import Returned, SourceDown

ID = "证件号码"
MOST_BYTES = 50_000_000


class CsvDrop:
    """Reads the newest file of an item's folder."""

    name = "文件交换"

    def __init__(self, folder: Path, headings: Sequence[str]) -> None:
        self.folder = folder
        self.headings = headings

    def ask(self, item: str, id_numbers: Sequence[str]) -> dict[str, Returned]:
        """Everybody asked about is answered by a readable file; SourceDown otherwise."""
        path = self._newest(item)
        as_of = dt.date.fromisoformat(path.stem)
        wanted = {normalise(number): number for number in id_numbers}
        found: dict[str, list[Mapping[str, Any]]] = {number: [] for number in id_numbers}
        for row in self._rows(path):
            number = wanted.get(normalise(row.pop(ID)))
            if number is not None:
                found[number].append(row)
        return {number: Returned(tuple(rows), as_of) for number, rows in found.items()}

    def _newest(self, item: str) -> Path:
        paths = sorted((self.folder / item).glob("[0-9]*-[0-9]*-[0-9]*.csv"))
        if not paths:
            raise SourceDown("没有交换文件")
        return paths[-1]

    def _rows(self, path: Path) -> list[dict[str, str]]:
        if path.stat().st_size > MOST_BYTES:
            raise SourceDown("交换文件过大")
        raw = path.read_bytes()
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("gb18030", "strict")
        if "\0" in text:
            raise SourceDown("交换文件含有非法字符")
        reader = csv.DictReader(io.StringIO(text), strict=True)
        if set(reader.fieldnames or ()) != set(self.headings):
            raise SourceDown("交换文件的列与目录不符")
        rows = list(reader)
        if any(None in row or None in row.values() for row in rows):
            raise SourceDown("交换文件有缺列或多列的行")
        return rows
