"""The empty table: a title, headings, a line of notes, an example, lists to choose from."""

import datetime as dt
import io
from typing import Any

import xlsxwriter

from doudi.paper.workbook.columns import Table

LISTS = "列表"  # the hidden sheet with the words to choose from
ROWS = 5_000  # so far down the lists can be chosen from
CREATED = dt.datetime(2022, 1, 1)  # noqa: DTZ001  a fixed mark, so that the template never changes


def write_template(table: Table) -> bytes:
    """The workbook; the reader passes over its notes and its example."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": table.title, "created": CREATED})
        sheet = book.add_worksheet(table.title)
        lists = book.add_worksheet(LISTS)
        lists.hide()
        _heading(book, sheet, table)
        for number, column in enumerate(table.columns, start=1):
            words = column.offered
            if words:
                lists.write_column(0, number, words)
                _choices(sheet, number, len(words))
    return out.getvalue()


def _heading(book: Any, sheet: Any, table: Table) -> None:
    text = book.add_format({"num_format": "@"})
    title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#eef2f8", "align": "center"})
    must = book.add_format({"bold": True, "border": 1, "bg_color": "#eef2f8", "align": "center"})
    must.set_font_color("#b3261e")
    note = book.add_format({"font_color": "#4e5969", "text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 6, text)
    for number, column in enumerate(table.columns, start=1):
        sheet.set_column(number, number, max(column.width, 10), text)
    sheet.merge_range(0, 0, 0, len(table.columns), table.title, title)
    sheet.write_string(1, 0, "序号", head)
    sheet.write_string(2, 0, "说明", note)
    sheet.write_string(3, 0, "示例", note)
    for number, column in enumerate(table.columns, start=1):
        star = "*" if column.required else ""
        sheet.write_string(1, number, column.heading + star, must if column.required else head)
        sheet.write_string(2, number, column.note, note)
        sheet.write_string(3, number, column.example, note)
    sheet.freeze_panes(2, 0)
    sheet.set_row(2, 46)


def _choices(sheet: Any, column: int, count: int) -> None:
    letter = xlsxwriter.utility.xl_col_to_name(column)
    rule = {"validate": "list", "source": f"={LISTS}!${letter}$1:${letter}${count}"}
    rule |= {
        "error_title": "请从列表里选",
        "error_message": "请从下拉列表里选",
        "error_type": "warning",
    }
    sheet.data_validation(4, column, ROWS, column, rule)
