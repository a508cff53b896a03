"""A table that came from the province: CSV (UTF-8 or GB18030) or XLSX, hostile until read."""

import csv
import io
from collections.abc import Sequence
from typing import IO

from python_calamine import CalamineError, CalamineWorkbook

from doudi.kernel.errors import Invalid
from doudi.kernel.sentences import Sentence

MOST_BYTES, MOST_ROWS = 40_000_000, 200_000
BROKEN = "文件打不开，请上传省级系统导出的 CSV 或 XLSX"


def read_rows(file: IO[bytes], wanted: Sequence[str]) -> tuple[bytes, list[dict[str, str]]]:
    """The bytes and the wanted columns of every row; Invalid where one is missing."""
    content = file.read(MOST_BYTES + 1)
    if not content or len(content) > MOST_BYTES:
        raise Invalid({"file": BROKEN})
    try:
        rows = _sheet(content) if content[:2] == b"PK" else _csv(content)
    except (CalamineError, UnicodeDecodeError, csv.Error, IndexError):
        raise Invalid({"file": BROKEN}) from None
    headings = [cell.strip() for cell in rows[0]] if rows else []
    missing = [name for name in wanted if name not in headings]
    if missing:
        raise Invalid({"file": Sentence("缺少列：{names}", names=missing)})
    places = {name: headings.index(name) for name in wanted}
    body = [row for row in rows[1:] if any(row)]
    if len(rows) > MOST_ROWS:  # what was left off would be told as missing there
        raise Invalid({"file": "超过20万行，请按县区分开导出"})
    if any(len(row) <= max(places.values()) for row in body):
        raise Invalid({"file": "有的行列数不对，请重新导出"})
    return content, [{name: row[n].strip() for name, n in places.items()} for row in body]


def _csv(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030")
    if "\0" in text:
        raise csv.Error
    return list(csv.reader(io.StringIO(text), strict=True))[: MOST_ROWS + 1]


def _sheet(content: bytes) -> list[list[str]]:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return [[_text(cell) for cell in row] for row in sheet.to_python(nrows=MOST_ROWS + 1)]


def _text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
