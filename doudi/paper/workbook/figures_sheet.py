"""Figures as one sheet: tables with their titles one below the other, as a page shows them."""

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from doudi.paper.workbook.defuse import harmless
from doudi.paper.workbook.writing import A4, GREY, INK, LINE, NEVER, TINT

PLAIN = {"font_name": "宋体", "font_size": 10, "font_color": INK, "valign": "vcenter"}
CELL = PLAIN | {"border": 1, "border_color": LINE}
STYLES: dict[str, dict[str, Any]] = {
    "title": PLAIN | {"bold": True, "font_size": 16},
    "note": PLAIN | {"font_color": GREY},
    "name": PLAIN | {"bold": True, "font_size": 12},
    "head": CELL | {"bold": True, "bg_color": TINT, "text_wrap": True},
    "text": CELL,
    "count": CELL | {"num_format": "#,##0"},
    "part": CELL | {"num_format": "#,##0.00"},
}
NUMBER = re.compile(r"-?[0-9]{1,3}(,?[0-9]{3})*([.][0-9]+)?")
FIRST, REST, COLUMNS = 30, 14, 12  # widths, and how many of them


def figures_sheet(title: str, notes: Sequence[str], tables: Sequence[Mapping[str, Any]]) -> bytes:
    """The workbook: each table is `title`, `head` and `rows` of texts; numbers become numbers, and
    no text becomes a formula.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, NEVER | {"constant_memory": False, "in_memory": True})
    styles = {name: book.add_format(style) for name, style in STYLES.items()}
    sheet = book.add_worksheet("月报")
    sheet.write_string(0, 0, harmless(title), styles["title"])
    row = 1
    for table in tables:
        sheet.write_string(row + 1, 0, harmless(table["title"]), styles["name"])
        row = _lines(sheet, row + 2, table, styles)
    for note in notes:
        row += 1
        sheet.write_string(row, 0, harmless(note), styles["note"])
    sheet.set_column(0, 0, FIRST)
    sheet.set_column(1, COLUMNS, REST)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


def _lines(sheet: Any, row: int, table: Mapping[str, Any], styles: Mapping[str, Any]) -> int:
    """Head and rows of one table; the row behind them."""
    for place, words in enumerate(table["head"]):
        sheet.write_string(row, place, harmless(words), styles["head"])
    for line in table["rows"]:
        row += 1
        for place, words in enumerate(line):
            if place and NUMBER.fullmatch(words):
                style = styles["part" if "." in words else "count"]
                sheet.write_number(row, place, float(words.replace(",", "")), style)
            else:
                sheet.write_string(row, place, harmless(words), styles["text"])
    return row + 1
