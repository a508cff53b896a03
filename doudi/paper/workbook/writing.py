"""LedgerBook: an office's ledger as .xlsx, row after row; only the row at hand is in memory.

A merged title, a line with place, day and unit, headings of two levels, frozen panes, texts that
stay texts (ID numbers, accounts), subtotals, a watermark of who, when and what for on the screen
and on paper, print setup. No cell is a formula, and no text can become one (defuse.py).
"""

import io
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import xlsxwriter

from doudi.paper.workbook.defuse import harmless
from doudi.paper.workbook.watermark import watermark

A3, A4 = 8, 9
WIDE = 14  # columns from which the sheet is A3
FIRST_ROW = 4
NEVER = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
INK, GREY, LINE, TINT = "#1f2329", "#4e5969", "#d5d9e0", "#eef2f8"


@dataclass(frozen=True)
class Heading:
    """One column; neighbours with the same `group` stand under one merged heading."""

    words: str
    kind: str = "text"  # text | count | money (whole fen)
    width: int = 12
    group: str = ""


@dataclass(frozen=True)
class Mark:
    """Who takes it out, when, what for, under which number."""

    who: str
    at: str
    purpose: str
    number: str

    @property
    def lines(self) -> list[str]:
        """As the watermark says it."""
        return [f"{self.who} {self.at}", f"{self.purpose} {self.number}"]


@dataclass(frozen=True)
class Top:
    """What stands above the headings."""

    title: str
    place: str
    note: str  # the unit of the figures, the day on which they stand


class LedgerBook:
    """Written from top to bottom, then closed."""

    def __init__(self, top: Top, headings: Sequence[Heading], mark: Mark, work: Path) -> None:
        work.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.out = tempfile.TemporaryFile(dir=work)  # noqa: SIM115  handed over by close()
        self.book = xlsxwriter.Workbook(self.out, NEVER | {"tmpdir": str(work)})
        self.sheet = self.book.add_worksheet("台账")
        self.headings = list(headings)
        self.row = FIRST_ROW
        self._styles()
        self._page(mark, top)
        self._heading(top)

    def _style(self, **more: Any) -> Any:
        plain = {"font_name": "宋体", "font_size": 10, "font_color": INK, "border": 1}
        return self.book.add_format(plain | {"border_color": LINE, "valign": "vcenter"} | more)

    def _styles(self) -> None:
        title = {"bold": True, "font_size": 16, "align": "center", "border": 0}
        self.title = self._style(**title)
        self.under = self._style(font_color=GREY, border=0)
        head = {"bold": True, "align": "center", "text_wrap": True, "bg_color": TINT}
        self.head = self._style(**head)
        self.styles = {
            "text": self._style(num_format="@"),
            "count": self._style(num_format="0"),
            "money": self._style(num_format="#,##0.00"),
        }
        sums = {"bold": True, "bg_color": TINT}
        self.sums = {
            "text": self._style(num_format="@", **sums),
            "count": self._style(num_format="0", **sums),
            "money": self._style(num_format="#,##0.00", **sums),
        }

    def _page(self, mark: Mark, top: Top) -> None:
        """Paper, repeated headings, and the watermark: behind the cells and on each page."""
        sheet, picture = self.sheet, watermark(mark.lines)
        sheet.set_landscape()
        sheet.set_paper(A3 if len(self.headings) > WIDE else A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, FIRST_ROW - 1)
        sheet.freeze_panes(FIRST_ROW, min(3, len(self.headings)))
        told = "　".join(mark.lines).replace("&", "&&")[:200]
        image = {"image_center": "mark.png", "image_data_center": io.BytesIO(picture)}
        sheet.set_header("&C&G", image)
        sheet.set_footer(f"&L&8{told}&R&8第 &P 页，共 &N 页")
        sheet.set_background(io.BytesIO(picture))
        self.book.set_properties({"title": top.title, "author": mark.who, "comments": mark.number})

    def _heading(self, top: Top) -> None:
        last = len(self.headings) - 1
        for number, heading in enumerate(self.headings):
            self.sheet.set_column(number, number, heading.width)
        self._merged(0, 0, last, harmless(top.title), self.title)
        self._merged(1, 0, last, harmless(f"{top.place}　　{top.note}"), self.under)
        for first, end, group in self._groups():
            self._merged(2, first, end, group or self.headings[first].words, self.head)
        for number, heading in enumerate(self.headings):
            self.sheet.write_string(3, number, heading.words if heading.group else "", self.head)
            if not heading.group:
                # merge_range() would write into the row that has already gone to the file.
                self.sheet.merge.append([2, number, 3, number])

    def _groups(self) -> list[tuple[int, int, str]]:
        """First and last column of each merged heading."""
        found: list[tuple[int, int, str]] = []
        for number, heading in enumerate(self.headings):
            if found and heading.group and found[-1][2] == heading.group:
                found[-1] = (found[-1][0], number, heading.group)
            else:
                found.append((number, number, heading.group))
        return found

    def _merged(self, row: int, first: int, last: int, words: str, style: Any) -> None:
        if first == last:
            self.sheet.write_string(row, first, words, style)
        else:
            self.sheet.merge_range(row, first, row, last, words, style)

    def add(self, values: Sequence[Any]) -> None:
        """One row: a text, a count or whole fen for each heading."""
        self._write(values, self.styles)

    def add_sum(self, words: str, sums: Sequence[Any]) -> None:
        """A subtotal or total: the words in front, a figure or None for each heading."""
        self._write([words, *sums[1:]], self.sums)

    def _write(self, values: Sequence[Any], styles: dict[str, Any]) -> None:
        for number, (heading, value) in enumerate(zip(self.headings, values, strict=True)):
            self._cell(number, heading.kind, value, styles)
        self.row += 1

    def _cell(self, column: int, kind: str, value: Any, styles: dict[str, Any]) -> None:
        if value is None or value == "":
            self.sheet.write_blank(self.row, column, None, styles["text"])
        elif kind == "money" and isinstance(value, int):
            self.sheet.write_number(self.row, column, value / 100, styles["money"])
        elif kind == "count" and isinstance(value, int):
            self.sheet.write_number(self.row, column, value, styles["count"])
        else:
            self.sheet.write_string(self.row, column, harmless(str(value)), styles["text"])

    def close(self) -> IO[bytes]:
        """The finished file, at its beginning; closing it lets it vanish."""
        self.book.close()
        self.out.seek(0)
        return self.out
