"""A CSV as a stream of rows: UTF-8 with or without mark, UTF-16, GB18030; decoded strictly."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import IO

from doudi.paper.workbook.columns import WorkbookRefused
from doudi.paper.workbook.guard import Limits
from doudi.paper.workbook.xlsx import Cells, Sheet

BLOCK = 1 << 20
DELIMITERS = ",\t;"
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Delimited:
    """The file as a book with one sheet."""

    def __init__(self, file: IO[bytes], limits: Limits) -> None:
        self.file, self.limits = file, limits
        self.share = 0.0
        self.size = max(file.seek(0, 2), 1)
        self.encoding = self._encoding()
        self.sheets = [Sheet("CSV", "", hidden=False)]

    def close(self) -> None:
        """The file belongs to the caller."""

    def look(self, sheet: Sheet) -> None:
        """The encoding was the look."""

    def _encoding(self) -> str:
        self.file.seek(0)
        if self.file.read(2) in UTF16:
            return "utf-16"
        if b"\0" in self._head():
            raise WorkbookRefused("zero_bytes")
        for encoding in ("utf-8-sig", "gb18030"):
            if self._decodes(encoding):
                return encoding
        raise WorkbookRefused("encoding")

    def _head(self) -> bytes:
        self.file.seek(0)
        return self.file.read(BLOCK)

    def _decodes(self, encoding: str) -> bool:
        decoder = codecs.getincrementaldecoder(encoding)("strict")
        self.file.seek(0)
        try:
            while block := self.file.read(BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
        return True

    def rows(self, sheet: Sheet) -> Iterator[tuple[int, Cells]]:
        """Every line with something in it; the number is that of the line where it begins."""
        self.file.seek(0)
        text = io.TextIOWrapper(
            io.BufferedReader(_Lent(self.file)), encoding=self.encoding, newline=""
        )
        lines = self._lines(text)
        first = next(lines, "")
        split = max(DELIMITERS, key=first.count)
        reader = csv.reader(_again(first, lines), delimiter=split, strict=True)
        filled, number = 0, 1
        try:
            for row in reader:
                cells = {n: c for n, c in enumerate(row[: self.limits.columns]) if c.strip()}
                if cells:
                    filled += 1
                    yield number, cells
                if filled > self.limits.rows + 50:
                    raise WorkbookRefused("too_many_rows", most=self.limits.rows)
                number = reader.line_num + 1
        except csv.Error:
            raise WorkbookRefused("quotes") from None
        except UnicodeError:
            raise WorkbookRefused("encoding") from None

    def _lines(self, text: io.TextIOWrapper) -> Iterator[str]:
        """Lines that are no longer than a table's can be."""
        longest = self.limits.columns * self.limits.cell
        while line := text.readline(longest):
            if "\0" in line:
                raise WorkbookRefused("zero_bytes")
            self.share = min(self.file.tell() / self.size, 1.0)
            yield line


def _again(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines


class _Lent(io.RawIOBase):
    """Reads another's file without closing it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        block = self.file.read(len(view))
        view[: len(block)] = block
        return len(block)
