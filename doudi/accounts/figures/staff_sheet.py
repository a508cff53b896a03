"""The staff sheet: an empty template out, rows of cleaned text in. Everything in it is hostile."""

import datetime as dt
import io
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from doudi.kernel.sentences import Sentence

HEADINGS = ("账号", "姓名", "手机", "身份证号", "岗位", "区划", "起始日期")
NOTES = (
    "小写字母和数字，如 qili.clerk2",
    "与证件一致",
    "11位",
    "18位，须为文本格式",
    "从列表选",
    "从列表选，或填12位代码",
    "如 2022-05-09，空白为今日",
)
LARGEST_FILE = 2_000_000
LARGEST_UNPACKED = 50_000_000
MOST_ROWS = 2000
TITLE = "工作人员名单"
CREATED = dt.datetime(2022, 1, 1)  # noqa: DTZ001  a fixed mark, so that the template never changes


class SheetRefused(ValueError):
    """The file as a whole cannot be read; the sentence says why."""


@dataclass(frozen=True)
class SheetRow:
    """One row as text, and the cells that cannot be trusted, by heading."""

    number: int
    cells: dict[str, str]
    problems: dict[str, str]


def read_sheet(content: bytes) -> list[SheetRow]:
    """The rows under the headings, blank ones left out; SheetRefused for anything but our sheet."""
    _check_file(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        grid = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, IndexError, OSError):
        raise SheetRefused("文件打不开，请用模板另存为 .xlsx 再试") from None
    top = _heading_row(grid)
    if len(grid) - top > MOST_ROWS:
        raise SheetRefused(Sentence("一次最多导入{most}行", most=MOST_ROWS))
    columns = {_text(cell): n for n, cell in enumerate(grid[top])}
    rows = [_row(number, grid[number], columns) for number in range(top + 1, len(grid))]
    return [row for row in rows if any(row.cells.values()) and not _is_note(row)]


def _check_file(content: bytes) -> None:
    if len(content) > LARGEST_FILE:
        raise SheetRefused("文件大于2MB")
    if content[:4] == b"\xd0\xcf\x11\xe0":
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        raise SheetRefused("这不是 Excel 文件") from None
    if unpacked > LARGEST_UNPACKED:
        raise SheetRefused("文件解开后过大")


def _heading_row(grid: Sequence[Sequence[object]]) -> int:
    """The first row that holds every heading; a merged title may stand above it."""
    for number, row in enumerate(grid[:10]):
        if set(HEADINGS) <= {_text(cell) for cell in row}:
            return number
    raise SheetRefused(Sentence("找不到表头：{headings}", headings=HEADINGS))


def _row(number: int, row: Sequence[object], columns: dict[str, int]) -> SheetRow:
    raw = {name: row[columns[name]] if columns[name] < len(row) else "" for name in HEADINGS}
    problems = {}
    if isinstance(raw["身份证号"], int | float) and not isinstance(raw["身份证号"], bool):
        problems["身份证号"] = "身份证号是数字格式，Excel已改动末几位；请设为文本后重新输入"
    return SheetRow(number + 1, {name: _text(value) for name, value in raw.items()}, problems)


def _is_note(row: SheetRow) -> bool:
    return row.cells["账号"] == _text(NOTES[0])


def _text(value: object) -> str:
    """A cell as clean text: half-width, no outer blanks or apostrophe, whole numbers without .0."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = unicodedata.normalize("NFKC", str(value))
    shown = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf"))
    return shown.strip().lstrip("'’‘`").strip()


def read_date(text: str, otherwise: dt.date) -> dt.date | None:
    """2022-05-09, 2022.5.9, 2022/5/9, 20220509 or blank (`otherwise`); None for anything else."""
    if not text:
        return otherwise
    parts = text.replace(".", "-").replace("/", "-").split("-")
    if len(parts) == 1 and len(text) == 8:
        parts = [text[:4], text[4:6], text[6:]]
    try:
        year, month, day = (int(part) for part in parts)
        return dt.date(year, month, day)
    except ValueError:
        return None


def write_template(roles: Sequence[str], regions: Sequence[str]) -> bytes:
    """The empty sheet with a note under each heading and lists to choose role and region from."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": TITLE, "created": CREATED})
        sheet, lists = book.add_worksheet(TITLE), book.add_worksheet("列表")
        lists.write_column(0, 0, roles)
        lists.write_column(0, 1, regions)
        lists.hide()
        text = book.add_format({"num_format": "@"})
        head = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
        grey = book.add_format({"font_color": "#4e5969", "italic": True, "num_format": "@"})
        sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, TITLE, book.add_format({"bold": True}))
        sheet.write_row(1, 0, HEADINGS, head)
        sheet.write_row(2, 0, NOTES, grey)
        sheet.set_column(0, len(HEADINGS) - 1, 24, text)
        sheet.freeze_panes(2, 0)
        _choices(sheet, HEADINGS.index("岗位"), "A", len(roles))
        _choices(sheet, HEADINGS.index("区划"), "B", len(regions))
    return out.getvalue()


def _choices(sheet: xlsxwriter.worksheet.Worksheet, column: int, letter: str, count: int) -> None:
    source = f"=列表!${letter}$1:${letter}${count}"
    sheet.data_validation(3, column, MOST_ROWS, column, {"validate": "list", "source": source})
