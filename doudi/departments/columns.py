"""The table of what a department is asked about single persons, and that table filled in."""

import datetime as dt
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any
from uuid import UUID

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from doudi.clock.time import today
from doudi.paper.workbook.defuse import harmless
from doudi.verification.actions.answer_asked import Given
from doudi.verification.engine.by_name import engine
from doudi.verification.engine.contract import ID, Column
from doudi.verification.file import contract

PLACE, AS_OF, RESULT = "答复号", "数据截至日期", "结果"
FOUND, NOTHING = "有记录", "无记录"
HEAD = (PLACE, "姓名", ID, "授权书编号", "核对委托", AS_OF, RESULT)
MOST_BYTES, MOST_ROWS = 10_000_000, 20_000


@dataclass
class Filled:
    """What a filled table says: answers, rows left open, and what is wrong where."""

    given: list[Given] = field(default_factory=list)
    left: int = 0
    faults: list[tuple[str, int, str, str]] = field(default_factory=list)  # sheet row column code


def columns_of(code: str) -> list[Column]:
    """The columns that an answer tells: all but the number."""
    return [column for column in contract(code, today()).columns if column.kind != "id"]


def wrong_in(column: Column, text: str, on: dt.date) -> str:
    """Why a value cannot stand in a column, or nothing: the same reader as for deliveries."""
    return str(engine("columns").wrong_in(column, text, on))


def asked_table(asks: Iterable[Any], on: dt.date) -> bytes:
    """A sheet for each item with a row for each person; several records: copy the row."""
    out = io.BytesIO()
    by_item: dict[str, list[Any]] = defaultdict(list)
    for ask in asks:
        by_item[ask.item].append(ask)
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        text = book.add_format({"num_format": "@"})
        head = book.add_format({"bold": True, "bg_color": "#eef2f8", "border": 1})
        for code, rows in by_item.items():
            sheet = book.add_worksheet(code)
            columns = columns_of(code)
            sheet.set_column(0, len(HEAD) + len(columns), 18, text)
            sheet.write_row(0, 0, [*HEAD, *(c.heading for c in columns)], head)
            for line, ask in enumerate(rows, start=1):
                sheet.write_row(line, 0, _row(ask, on))
            rule = {"validate": "list", "source": [FOUND, NOTHING]}
            sheet.data_validation(1, HEAD.index(RESULT), 5000, HEAD.index(RESULT), rule)
            for place, column in enumerate(columns, start=len(HEAD)):
                if column.kind == "code":
                    sheet.data_validation(
                        1, place, 5000, place, {"validate": "list", "source": list(column.codes)}
                    )
            sheet.freeze_panes(1, 0)
        if not by_item:
            book.add_worksheet("没有待答复的")
    return out.getvalue()


def _row(ask: Any, on: dt.date) -> list[str]:
    person = ask.asked
    number = str(person.id_number.open())
    row = [str(ask.pk), harmless(person.name), number, person.consent.number, person.request.number]
    return [*row, on.isoformat()]


def read_filled(file: IO[bytes], on: dt.date) -> Filled:
    """What the table says; nothing is filed while anything in it is wrong."""
    told = Filled()
    content = file.read(MOST_BYTES + 1)
    try:
        if len(content) > MOST_BYTES:
            raise ValueError
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            _sheet(name, book.get_sheet_by_name(name).to_python(nrows=MOST_ROWS), on, told)
    except (CalamineError, ValueError, KeyError):
        told.faults.append(("", 0, "", "file_broken"))
    return told


def _sheet(code: str, rows: Sequence[Sequence[Any]], on: dt.date, told: Filled) -> None:
    columns = columns_of(code)
    headings = [str(cell).strip() for cell in rows[0]] if rows else []
    missing = [
        h for h in (PLACE, AS_OF, RESULT, *(c.heading for c in columns)) if h not in headings
    ]
    if missing:
        told.faults.append((code, 0, "、".join(missing), "column_missing"))
        return
    found: dict[UUID, list[tuple[Mapping[str, str], dt.date]]] = defaultdict(list)
    for number, cells in enumerate(rows[1:], start=2):
        row = {h: _text(cell) for h, cell in zip(headings, cells, strict=False)}
        if not any(row.values()):
            continue
        if not row[RESULT]:
            told.left += 1
            continue
        _take(code, number, row, columns, on, (told, found))
    for place, records in found.items():
        kept = tuple(dict(record) for record, _day in records if record)
        told.given.append(Given(place, kept, records[0][1]))


def _take(
    code: str, number: int, row: Mapping[str, str], columns: list[Column], on: dt.date, where: Any
) -> None:
    told, found = where
    wrong = _wrong(row, columns, on)
    if wrong:
        told.faults += [(code, number, heading, reason) for heading, reason in wrong]
        return
    values = {c.heading: row[c.heading] for c in columns if row[c.heading]}
    record = values if row[RESULT] == FOUND else {}
    found[UUID(row[PLACE])].append((record, dt.date.fromisoformat(row[AS_OF])))


def _wrong(row: Mapping[str, str], columns: list[Column], on: dt.date) -> list[tuple[str, str]]:
    wrong = [(PLACE, "place_unknown")] if not _is_place(row[PLACE]) else []
    if row[RESULT] not in (FOUND, NOTHING):
        wrong.append((RESULT, "code_unknown"))
    as_of = wrong_in(Column(AS_OF, "date", True), row[AS_OF], on)
    if as_of or len(row[AS_OF]) != 10:
        wrong.append((AS_OF, as_of or "date_shape"))
    if row[RESULT] == FOUND:
        told = [(c.heading, wrong_in(c, row[c.heading], on)) for c in columns]
        wrong += [(heading, reason) for heading, reason in told if reason]
    return wrong


def _is_place(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _text(cell: Any) -> str:
    if isinstance(cell, dt.datetime | dt.date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
