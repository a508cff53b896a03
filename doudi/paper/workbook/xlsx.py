"""An .xlsx as a stream of rows: nothing is held but the row at hand.

The parts are read by expat in small blocks; any document type is refused, so no entity is ever
expanded. Texts that cells share are put aside in a nameless file. A first pass over the sheet
unpacks it once without keeping anything: it proves that the part is whole, and finds the merged
cells, which stand behind the rows they are about.
"""

import datetime as dt
import posixpath
import re
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from os import pread
from typing import IO, Any
from xml.parsers import expat

from doudi.paper.workbook.cells import EXCEL_DAY, Bad, Cell
from doudi.paper.workbook.columns import WorkbookRefused
from doudi.paper.workbook.guard import Limits

BLOCK = 1 << 16
OFFSET = struct.Struct("<Q")
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError)
MERGE = re.compile(rb'mergeCell\s+ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
LATER_1904 = 1462  # days between the two beginnings of Excel's time

Cells = dict[int, Cell]  # by column, counted from 0
Merge = tuple[int, int, int, int]  # first row, last row, first column, last column


@dataclass
class Sheet:
    """A sheet of the book, and what a first look at it showed."""

    name: str
    part: str
    hidden: bool
    size: int = 0
    merges: list[Merge] = field(default_factory=list)


@lru_cache(maxsize=1_000)
def column_number(letters: str) -> int:
    """A → 0, AA → 26."""
    number = 0
    for character in letters:
        number = number * 26 + ord(character) - 64
    return number - 1


def parse(stream: IO[bytes], start: Any, end: Any = None, data: Any = None) -> Iterator[int]:
    """Feeds one part to the handlers, yielding after each block how many bytes were read."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_entities
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    done = 0
    try:
        while block := stream.read(BLOCK):
            parser.Parse(block, False)
            done += len(block)
            yield done
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, *BROKEN) as error:
        if isinstance(error, WorkbookRefused):
            raise
        raise WorkbookRefused("broken") from None


def _refuse_entities(*_parts: Any) -> None:
    raise WorkbookRefused("entities")


def _run(steps: Iterator[int]) -> None:
    for _done in steps:
        pass


def local(name: str) -> str:
    """An element's name without its prefix."""
    return name.rpartition(":")[2]


class Xlsx:
    """The book: its sheets, then the rows of one of them. Closed by the caller."""

    def __init__(self, file: IO[bytes], limits: Limits) -> None:
        try:
            self.packed = zipfile.ZipFile(file)
        except BROKEN:
            raise WorkbookRefused("broken") from None
        self.limits = limits
        self.is_1904 = False
        self.sheets = self._sheets()
        self.dates = self._date_styles()
        self.texts = SharedTexts(self.packed)
        self.share = 0.0

    def close(self) -> None:
        """Lets go of the files."""
        self.texts.close()
        self.packed.close()

    def _part(self, name: str) -> IO[bytes]:
        try:
            return self.packed.open(name)
        except (KeyError, *BROKEN):
            raise WorkbookRefused("broken") from None

    def _sheets(self) -> list[Sheet]:
        targets: dict[str, str] = {}
        found: list[Sheet] = []

        def relation(name: str, attributes: dict[str, str]) -> None:
            if local(name) == "Relationship":
                targets[attributes.get("Id", "")] = attributes.get("Target", "")

        def sheet(name: str, attributes: dict[str, str]) -> None:
            if local(name) == "workbookPr":
                self.is_1904 = attributes.get("date1904") in ("1", "true")
            if local(name) == "sheet":
                key = next((v for k, v in attributes.items() if local(k) == "id"), "")
                target = targets.get(key, "")
                part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
                hidden = attributes.get("state", "visible") != "visible"
                part = posixpath.normpath(part)
                found.append(Sheet(attributes.get("name", ""), part, hidden))

        _run(parse(self._part("xl/_rels/workbook.xml.rels"), relation))
        _run(parse(self._part("xl/workbook.xml"), sheet))
        names = set(self.packed.namelist())
        return [one for one in found if one.part in names and "chartsheets" not in one.part]

    def _date_styles(self) -> frozenset[str]:
        """The numbers of the cell styles that show a number as a day."""
        if "xl/styles.xml" not in self.packed.namelist():
            return frozenset()
        own: set[int] = set()
        styles: list[int] = []
        inside = [False]

        def start(name: str, attributes: dict[str, str]) -> None:
            plain = local(name)
            if plain == "cellXfs":
                inside[0] = True
            elif plain == "numFmt" and _shows_a_day(attributes.get("formatCode", "")):
                own.add(int(attributes.get("numFmtId", "0")))
            elif plain == "xf" and inside[0]:
                styles.append(int(attributes.get("numFmtId", "0")))

        def end(name: str) -> None:
            if local(name) == "cellXfs":
                inside[0] = False

        _run(parse(self._part("xl/styles.xml"), start, end))
        return frozenset(str(n) for n, f in enumerate(styles) if f in DATE_FORMATS or f in own)

    def look(self, sheet: Sheet) -> None:
        """The first pass: the part is whole and no larger than allowed; where cells are merged."""
        rest = b""
        try:
            with self._part(sheet.part) as stream:
                while block := stream.read(1 << 20):
                    sheet.size += len(block)
                    if sheet.size > self.limits.unpacked:
                        raise WorkbookRefused("unpacked")
                    self._merges(sheet, rest + block)
                    rest = block[-80:].rpartition(b"<")[2][-79:]
        except BROKEN:
            raise WorkbookRefused("broken") from None
        sheet.merges = sorted(set(sheet.merges))

    def _merges(self, sheet: Sheet, block: bytes) -> None:
        for first, top, last, bottom in MERGE.findall(block):
            left, right = column_number(first.decode()), column_number(last.decode())
            sheet.merges.append((int(top), int(bottom), left, right))
            if len(sheet.merges) > self.limits.merges:
                raise WorkbookRefused("too_many_merges")

    def rows(self, sheet: Sheet) -> Iterator[tuple[int, Cells]]:
        """Every row with something in it, with merged cells filled downwards."""
        yield from filled(self._plain_rows(sheet), sheet.merges)

    def _plain_rows(self, sheet: Sheet) -> Iterator[tuple[int, Cells]]:
        reader = _Rows(self.limits, self._value)
        with self._part(sheet.part) as stream:
            for done in parse(stream, reader.start, reader.end, reader.data):
                self.share = done / max(sheet.size, 1)
                yield from reader.take()

    def _value(self, kind: str, style: str, text: str, formula: bool) -> Cell:
        """A cell by its type: shared text, text, number, day, error."""
        if kind == "s":
            return self.texts.get(text)
        if kind in ("inlineStr", "str"):
            return text if text or not formula else Bad("formula_empty")
        if kind == "e":
            return Bad("cell_error")
        if kind == "b":
            return text == "1"
        if not text:
            return Bad("formula_empty") if formula else None
        if kind == "d":
            return text
        return self._number(text, style)

    def _number(self, text: str, style: str) -> Cell:
        try:
            number = float(text)
        except ValueError:
            return Bad("cell_error")
        if style in self.dates:
            later = LATER_1904 if self.is_1904 else 0
            try:
                return EXCEL_DAY + dt.timedelta(days=int(number) + later)
            except OverflowError:
                return Bad("cell_error")
        return number


def _shows_a_day(code: str) -> bool:
    plain = QUOTED.sub("", code).lower()
    return "y" in plain or ("d" in plain and "m" in plain)


class _Rows:
    """Handlers that turn a sheet's elements into rows; take() hands over the finished ones."""

    def __init__(self, limits: Limits, value: Callable[[str, str, str, bool], Cell]) -> None:
        self.limits, self.value = limits, value
        self.ready: list[tuple[int, Cells]] = []
        self.number = self.column = 0
        self.cells: Cells = {}
        self.text: list[str] = []
        self.kind = self.style = ""
        self.formula = self.keeps = self.in_phonetic = False
        self.filled = 0

    def take(self) -> list[tuple[int, Cells]]:
        """The rows finished since the last call."""
        ready, self.ready = self.ready, []
        return ready

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A row, a cell, or what a cell holds."""
        name = local(name)
        if name == "c":
            self._cell(attributes)
        elif name in ("v", "t"):
            self.keeps = not self.in_phonetic
        elif name == "row":
            number = int(attributes.get("r", self.number + 1))
            if number <= self.number:
                raise WorkbookRefused("broken")
            self.number, self.column, self.cells = number, -1, {}
        elif name == "f":
            self.formula = True
        elif name == "rPh":
            self.in_phonetic = True

    def _cell(self, attributes: dict[str, str]) -> None:
        found = REFERENCE.fullmatch(attributes.get("r", ""))
        self.column = column_number(found[1]) if found else self.column + 1
        self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "0")
        self.text, self.formula = [], False

    def data(self, text: str) -> None:
        """What stands in <v> or <t>."""
        if self.keeps:
            self.text.append(text)

    def end(self, name: str) -> None:
        """A finished value, cell or row."""
        name = local(name)
        if name in ("v", "t"):
            self.keeps = False
        elif name == "rPh":
            self.in_phonetic = False
        elif name == "c":
            if self.column < self.limits.columns:
                text = "".join(self.text)[: self.limits.cell]
                value = self.value(self.kind, self.style, text, self.formula)
                if value is not None and value != "":
                    self.cells[self.column] = value
        elif name == "row" and self.cells:
            self._finish()

    def _finish(self) -> None:
        self.ready.append((self.number, self.cells))
        self.filled += 1
        if self.filled > self.limits.rows + 50:
            raise WorkbookRefused("too_many_rows", most=self.limits.rows)


def filled(rows: Iterator[tuple[int, Cells]], merges: list[Merge]) -> Iterator[tuple[int, Cells]]:
    """The rows, with a merged cell's value in the rows below its first, where they have none."""
    waiting = [merge for merge in merges if merge[1] > merge[0]]
    later = 0
    still_open: dict[int, tuple[int, Cell]] = {}  # column → last row, value
    for number, cells in rows:
        for column, (last, value) in list(still_open.items()):
            if number > last:
                del still_open[column]
            else:
                cells.setdefault(column, value)
        while later < len(waiting) and waiting[later][0] <= number:
            top, bottom, left, _right = waiting[later]
            if top == number and left in cells:
                still_open[left] = (bottom, cells[left])
            later += 1
        yield number, cells


class _Texts:
    """Handlers that hand over each shared text, without the reading aids beside it."""

    def __init__(self, add: Callable[[str], None]) -> None:
        self.add = add
        self.parts: list[str] = []
        self.keeps = self.in_phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A text or a reading aid begins."""
        name = local(name)
        if name == "rPh":
            self.in_phonetic = True
        elif name == "t":
            self.keeps = not self.in_phonetic

    def data(self, text: str) -> None:
        """A piece of it."""
        if self.keeps:
            self.parts.append(text)

    def end(self, name: str) -> None:
        """It is whole."""
        name = local(name)
        if name == "t":
            self.keeps = False
        elif name == "rPh":
            self.in_phonetic = False
        elif name == "si":
            self.add("".join(self.parts))
            self.parts = []


class SharedTexts:
    """The texts that cells share, put aside in a nameless file; read one by one."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self.texts = tempfile.TemporaryFile()  # noqa: SIM115  closed by close()
        self.offsets = tempfile.TemporaryFile()  # noqa: SIM115  closed by close()
        self.count = self.size = 0
        self.get = lru_cache(maxsize=4096)(self._get)
        if "xl/sharedStrings.xml" in packed.namelist():
            self._keep(packed)

    def close(self) -> None:
        """Both files vanish."""
        self.texts.close()
        self.offsets.close()

    def _keep(self, packed: zipfile.ZipFile) -> None:
        handlers = _Texts(self._add)
        try:
            with packed.open("xl/sharedStrings.xml") as stream:
                _run(parse(stream, handlers.start, handlers.end, handlers.data))
        except BROKEN:
            raise WorkbookRefused("broken") from None
        self.offsets.write(OFFSET.pack(self.size))
        self.texts.flush()
        self.offsets.flush()

    def _add(self, text: str) -> None:
        self.offsets.write(OFFSET.pack(self.size))
        self.size += self.texts.write(text.encode())
        self.count += 1

    def _get(self, number: str) -> Cell:
        """The text of a number; a number that is not there is a broken cell."""
        if not number.isdigit() or int(number) >= self.count:
            return Bad("cell_error")
        place = pread(self.offsets.fileno(), 16, int(number) * 8)
        first, last = OFFSET.unpack_from(place), OFFSET.unpack_from(place, 8)
        return pread(self.texts.fileno(), last[0] - first[0], first[0]).decode()
