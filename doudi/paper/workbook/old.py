"""An old .xls (and WPS .et): read by a process of its own, which may fall without hurting us.

Such a file can claim sixteen million cells or make its reader stumble, so the reader gets little
memory, little time and nothing but the file; it answers with one line of JSON for each row.
"""

import datetime as dt
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from typing import IO, Any

from doudi.paper.workbook.cells import Bad, Cell
from doudi.paper.workbook.columns import WorkbookRefused
from doudi.paper.workbook.guard import Limits
from doudi.paper.workbook.xlsx import Cells, Merge, Sheet, filled

MEMORY = 700_000_000
LOCKED = 3
READER = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
import datetime as dt, json
from python_calamine import CalamineWorkbook, PasswordError
def plain(cell):
    if isinstance(cell, (dt.datetime, dt.date)):
        return {"day": str(cell)[:10]}
    return cell if isinstance(cell, (str, int, float, bool)) else str(cell)
try:
    book = CalamineWorkbook.from_filelike(sys.stdin.buffer)
except PasswordError:
    sys.exit(3)
for sheet_seen in book.sheets_metadata:
    if not str(sheet_seen.visible).endswith(".Visible"):
        continue
    sheet = book.get_sheet_by_name(sheet_seen.name)
    left = (sheet.start or (0, 0))[1]
    print(json.dumps({"name": sheet_seen.name, "merges": sheet.merged_cell_ranges or []}))
    for number, row in enumerate(sheet.iter_rows()):
        cells = {n + left: plain(cell) for n, cell in enumerate(row) if cell != ""}
        if cells:
            print(json.dumps([number + 1, cells]))
""".replace("MEMORY", str(MEMORY))


class Old:
    """The book as its reader told it; the answer lies in a nameless file."""

    def __init__(self, file: IO[bytes], limits: Limits) -> None:
        self.limits = limits
        self.share = 0.0
        self.told = tempfile.TemporaryFile()  # noqa: SIM115  closed by close()
        file.seek(0)
        self._tell(file.read(limits.old_size + 1))
        self.size = max(self.told.seek(0, 2), 1)
        self.begins: dict[str, int] = {}
        self.sheets = list(self._sheets())

    def close(self) -> None:
        """The answer vanishes."""
        self.told.close()

    def _tell(self, content: bytes) -> None:
        try:
            done = subprocess.run(  # noqa: S603  our own lines, nothing of the file among them
                [sys.executable, "-I", "-c", READER],
                input=content,
                stdout=self.told,
                stderr=subprocess.DEVNULL,
                timeout=self.limits.old_seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise WorkbookRefused("too_slow") from None
        if done.returncode == LOCKED:
            raise WorkbookRefused("password")
        if done.returncode < 0:
            raise WorkbookRefused("unpacked")
        if done.returncode:
            raise WorkbookRefused("broken")

    def _sheets(self) -> Iterator[Sheet]:
        self.told.seek(0)
        while line := self.told.readline():
            if not line.startswith(b"{"):
                continue
            told = json.loads(line)
            sheet = Sheet(told["name"], told["name"], hidden=False)
            sheet.merges = sorted(_merge(*pair) for pair in told["merges"])
            self.begins[sheet.part] = self.told.tell()
            yield sheet

    def look(self, sheet: Sheet) -> None:
        """The reader has looked."""
        if len(sheet.merges) > self.limits.merges:
            raise WorkbookRefused("too_many_merges")

    def rows(self, sheet: Sheet) -> Iterator[tuple[int, Cells]]:
        """Every row with something in it, with merged cells filled downwards."""
        yield from filled(self._plain_rows(self.begins[sheet.part]), sheet.merges)

    def _plain_rows(self, begin: int) -> Iterator[tuple[int, Cells]]:
        self.told.seek(begin)
        count = 0
        while (line := self.told.readline()).startswith(b"["):
            number, cells = json.loads(line)
            count += 1
            if count > self.limits.rows + 50:
                raise WorkbookRefused("too_many_rows", most=self.limits.rows)
            self.share = self.told.tell() / self.size
            yield number, {int(n): self._cell(cell) for n, cell in cells.items()}

    def _cell(self, told: Any) -> Cell:
        if isinstance(told, dict):
            return dt.date.fromisoformat(told["day"])
        if isinstance(told, str):
            return Bad("cell_error") if told in ERRORS else told[: self.limits.cell]
        return told


ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}


def _merge(first: tuple[int, int], last: tuple[int, int]) -> Merge:
    return first[0] + 1, last[0] + 1, first[1], last[1]
