"""open_workbook(): an office's table as rows of values, with every fault named; constant memory.

    TABLE = Table("staff", "工作人员名单", (Column("name", "姓名", "name", required=True), …))
    with open_workbook(file, TABLE, Context(on=today(), demo=is_demo())) as book:
        for row in book.rows():            # a generator: nothing is kept
            row.number, row.values, row.faults
        book.share                         # 0 … 1: how much has been read
        book.notes                         # what was passed over: totals, foot lines, other sheets

WorkbookRefused comes before the first row, save for what only shows while reading (a broken part,
too many rows). Reads .xlsx, the old .xls and .et, and CSV in UTF-8, UTF-16 and GB18030; finds the
heading line by the columns' names in any order; skips blank lines, totals, headings printed again,
notes and examples of our template. `raw_rows()` gives the same sheet as it stands, for the file
with the reasons (returned.py). What a row means beyond its cells, the caller adds by `row.fault`.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from types import TracebackType
from typing import IO

from doudi.kernel.sentences import Sentence
from doudi.paper.workbook.cells import Bad, Cell, CellWrong, Context, text_of, value_of
from doudi.paper.workbook.columns import (
    Column,
    Fault,
    Row,
    Table,
    WorkbookRefused,
    fault,
    letter,
    plain_heading,
)
from doudi.paper.workbook.delimited import Delimited
from doudi.paper.workbook.guard import Limits, kind_of
from doudi.paper.workbook.old import Old
from doudi.paper.workbook.xlsx import Cells, Sheet, Xlsx

Book = Xlsx | Old | Delimited
READERS: dict[str, type[Xlsx] | type[Old] | type[Delimited]] = {
    "xlsx": Xlsx,
    "xls": Old,
    "csv": Delimited,
}
TOP = 30  # the heading line stands among the first rows
LOOKED_AT = 3  # texts of a row that tell a total or a foot
DEPTH = 3  # and may be as many rows high, merged
TOTAL = re.compile(r"(?:本页|本表|本村|本镇|全镇|全县|累计)?(?:小计|合计|总计|累计)(?:[:：].*)?")
FOOT = re.compile(r"(?:制表|审核|复核|填表|填报|经办|负责|分管|单位|备注|说明|注|日期)\S{0,8}[:：]")
OURS = {"说明", "示例", "例"}
REASONS = "错误原因"


def open_workbook(
    file: IO[bytes], table: Table, context: Context, limits: Limits | None = None
) -> "Reading":
    """The sheet that holds the table; WorkbookRefused when the file cannot be taken at all."""
    allowed = limits or Limits()
    book = READERS[kind_of(file, allowed)](file, allowed)
    try:
        return Reading(book, table, context)
    except BaseException:
        book.close()
        raise


class Reading:
    """A table being read; also a context manager."""

    def __init__(self, book: Book, table: Table, context: Context) -> None:
        self.book, self.table, self.context = book, table, context
        self.skipped: Counter[str] = Counter()
        self.known = headings_of(table)
        self.sheet, self.places, self.last_heading = self._find()
        self.letters = {key: letter(place) for key, place in self.places.items()}

    def __enter__(self) -> "Reading":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.book.close()

    @property
    def share(self) -> float:
        """How much of the sheet has been read, 0 to 1."""
        return self.book.share

    def _find(self) -> tuple[Sheet, dict[str, int], int]:
        """The first visible sheet with the headings; else what the best one lacks is said."""
        visible = [sheet for sheet in self.book.sheets if not sheet.hidden]
        if not visible:
            raise WorkbookRefused("no_sheet")
        self.others: list[str] = []
        refused: WorkbookRefused | None = None
        for number, sheet in enumerate(visible):
            self.book.look(sheet)
            try:
                places, last = find_headings(self._top(sheet), self.table)
            except WorkbookRefused as refusal:
                if refused is None or refused.code == "no_headings":
                    refused = refusal
                continue
            self.others = [one.name for one in visible[number + 1 :]]
            return sheet, places, last
        raise refused or WorkbookRefused("no_sheet")

    def _top(self, sheet: Sheet) -> list[tuple[int, Cells]]:
        top: list[tuple[int, Cells]] = []
        for number, cells in self.book.rows(sheet):
            top.append((number, cells))
            if len(top) >= TOP:
                break
        return top

    def raw_rows(self) -> Iterator[tuple[int, Cells]]:
        """Every row of the sheet as it stands, titles and headings too."""
        return self.book.rows(self.sheet)

    def rows(self) -> Iterator[Row]:
        """The rows under the headings; WorkbookRefused("no_rows") when there is none."""
        count = 0
        self.skipped.clear()
        for number, cells in self.book.rows(self.sheet):
            if number <= self.last_heading:
                continue
            why = self._passed_over(cells)
            if why:
                self.skipped[why] += 1
                continue
            count += 1
            if count > self.book.limits.rows:
                raise WorkbookRefused("too_many_rows", most=self.book.limits.rows)
            yield self._row(number, cells)
        if not count:
            raise WorkbookRefused("no_rows")

    @property
    def notes(self) -> list[Sentence]:
        """What was passed over so far, in words."""
        told = [Sentence(NOTES[why], n=count) for why, count in self.skipped.items() if NOTES[why]]
        if self.others:
            told.append(Sentence("没有读的工作表：{names}", names=self.others[:10]))
        return told

    def _passed_over(self, cells: Cells) -> str:
        """Why a row is none of the table's: blank, total, foot, heading again, example."""
        said = (text_of(cells[place]) for place in sorted(cells))
        texts = list(islice((text for text in said if text), LOOKED_AT))
        if not texts or cells.keys().isdisjoint(self.places.values()):
            return "blank" if not texts else "foot" if FOOT.match(texts[0]) else "blank"
        if texts[0] in OURS:
            return "example"
        if any(TOTAL.fullmatch(text.replace(" ", "")) for text in texts):
            return "total"
        if FOOT.match(texts[0]) and not self._has_required(cells):
            return "foot"
        return "again" if self._is_heading(cells) else ""

    def _has_required(self, cells: Cells) -> bool:
        needed = [self.places[c.key] for c in self.table.columns if c.required]
        return all(place in cells for place in needed)

    def _is_heading(self, cells: Cells) -> bool:
        same, other = 0, 0
        for cell in cells.values():
            heading = isinstance(cell, str) and plain_heading(text_of(cell)) in self.known
            same, other = same + heading, other + (not heading)
            if other * 2 > len(cells):
                return False
        return same >= 2

    def _row(self, number: int, cells: Cells) -> Row:
        values: dict[str, object] = {}
        faults: list[Fault] = []
        for column in self.table.columns:
            place = self.places.get(column.key)
            values[column.key] = None
            if place is None:
                continue
            try:
                values[column.key] = value_of(cells.get(place), column, self.context)
            except CellWrong as wrong:
                where = (number, letter(place), column.heading)
                faults.append(fault(*where, wrong.code, **wrong.values))
        return Row(number, values, tuple(faults), self.letters)


NOTES = {
    "blank": "",
    "total": "跳过合计行{n}行",
    "foot": "跳过表尾{n}行",
    "again": "跳过重复的表头{n}行",
    "example": "",
}


def headings_of(table: Table) -> dict[str, Column]:
    """Every plain heading, synonyms too, with its column; a heading goes before a synonym."""
    known = {plain_heading(word): c for c in table.columns for word in c.synonyms}
    return known | {plain_heading(c.heading): c for c in table.columns}


def find_headings(top: list[tuple[int, Cells]], table: Table) -> tuple[dict[str, int], int]:
    """Where each column stands, and the last row of the headings; WorkbookRefused when not."""
    required = {c.key for c in table.columns if c.required}
    known = headings_of(table)
    best: dict[str, list[int]] = {}
    for depth in range(1, DEPTH + 1):
        for start in range(len(top)):
            block = top[start : start + depth]
            if block[-1][0] - block[0][0] >= DEPTH:
                continue
            found = _matches(block, known)
            if required <= set(found):
                return _places(found, table), block[-1][0]
            best = max(best, found, key=len)
    missing = [c.heading for c in table.columns if c.required and c.key not in best]
    if len(best) < 2:
        raise WorkbookRefused("no_headings", names=missing)
    raise WorkbookRefused("heading_missing", names=missing)


def _matches(block: list[tuple[int, Cells]], known: dict[str, Column]) -> dict[str, list[int]]:
    """Columns named in a block of rows, with their places: by the heading itself if it is there."""
    named: dict[str, dict[str, list[int]]] = {}
    for _number, cells in block:
        for place, cell in cells.items():
            plain = plain_heading(text_of(cell)) if isinstance(cell, str) else ""
            column = known.get(plain)
            if column is not None:
                words = named.setdefault(column.key, {}).setdefault(plain, [])
                words += [] if place in words else [place]
    own = {column.key: plain_heading(column.heading) for column in known.values()}
    return {
        key: words.get(own[key]) or [place for places in words.values() for place in places]
        for key, words in named.items()
    }


def _places(found: dict[str, list[int]], table: Table) -> dict[str, int]:
    doubled = [table.column(key).heading for key, places in found.items() if len(set(places)) > 1]
    if doubled:
        raise WorkbookRefused("heading_doubled", names=doubled)
    return {key: places[0] for key, places in found.items()}


def shown(cell: Cell) -> str:
    """A raw cell for the file with the reasons: a number too long to be whole is left out."""
    if isinstance(cell, Bad):
        return ""
    if isinstance(cell, float | int) and not isinstance(cell, bool) and abs(cell) >= 10**15:
        return ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return text_of(cell)
