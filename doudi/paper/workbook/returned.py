"""The file with the reasons: the sender's own rows, bad cells red, a column of reasons behind.

Row numbers stay as they were. A number that Excel had spoilt is left out, so that it cannot come
back as a text. Nothing in it is a formula.
"""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO

import xlsxwriter

from doudi.paper.workbook.columns import Fault
from doudi.paper.workbook.defuse import harmless
from doudi.paper.workbook.reading import REASONS, Reading, shown
from doudi.paper.workbook.writing import NEVER
from doudi.paper.workbook.xlsx import Cells, column_number

PIECE = 500

Faults = Callable[[int, int], Mapping[int, list[Fault]]]  # from row, to row -> faults by row


class Returned:
    """Written piece by piece from a reading and the faults that were found."""

    def __init__(self, reading: Reading, faults: Faults, work: Path) -> None:
        work.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.out = tempfile.TemporaryFile(dir=work)  # noqa: SIM115  handed over by close()
        self.book = xlsxwriter.Workbook(self.out, NEVER | {"tmpdir": str(work)})
        self.sheet = self.book.add_worksheet("错误文件")
        self.plain = self.book.add_format({"num_format": "@"})
        self.red = self.book.add_format({"num_format": "@", "bg_color": "#f7d7d4"})
        self.why = self.book.add_format({"font_color": "#b3261e", "num_format": "@"})
        self.reading, self.faults = reading, faults
        self.place = max(reading.places.values()) + 1
        self.sheet.set_column(0, self.place - 1, 14, self.plain)
        self.sheet.set_column(self.place, self.place, 60, self.why)

    def write(self) -> Iterator[None]:
        """Writes everything, yielding after each piece."""
        piece: list[tuple[int, Cells]] = []
        for row in self.reading.raw_rows():
            piece.append(row)
            if len(piece) >= PIECE:
                self._piece(piece)
                piece = []
                yield
        self._piece(piece)
        yield

    def _piece(self, piece: list[tuple[int, Cells]]) -> None:
        if not piece:
            return
        faults = self.faults(piece[0][0], piece[-1][0])
        for number, cells in piece:
            self._row(number, cells, faults.get(number, []))

    def _row(self, number: int, cells: Cells, faults: list[Fault]) -> None:
        bad = {column_number(fault.column) for fault in faults if fault.column}
        for place in sorted({*cells, *bad}):
            if place < self.place:
                style = self.red if place in bad else self.plain
                self.sheet.write_string(number - 1, place, harmless(shown(cells.get(place))), style)
        if number == self.reading.last_heading:
            self.sheet.write_string(number - 1, self.place, REASONS, self.why)
        elif faults:
            self.sheet.write_string(number - 1, self.place, told(faults), self.why)

    def close(self) -> IO[bytes]:
        """The finished file, at its beginning."""
        self.book.close()
        self.out.seek(0)
        return self.out


def told(faults: list[Fault]) -> str:
    """All reasons of a row in one line, with the advice."""
    lines = [
        f"{fault.heading}：{fault.reason}，{fault.advice}"
        if fault.heading
        else f"{fault.reason}，{fault.advice}"
        for fault in faults
    ]
    return harmless("；".join(lines))
