"""The file that goes back to its sender: the rows to mend, and what is wrong with each."""

from collections import defaultdict
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from doudi.paper.workbook.defuse import harmless
from doudi.verification.catalog.faults import FAULTS
from doudi.verification.engine.by_name import engine
from doudi.verification.engine.contract import Contract

MEND, WRONG = "改正后重送", "问题"
Faults = Sequence[Sequence[Any]]  # row, column, reason, masked value


def write_mend(
    source: Path, about: Contract, faults: Faults, work: Path
) -> Generator[int, None, Path | None]:
    """A workbook: the faulty rows as they came under the agreed headings, faulty cells marked.

    Nobody else's row stands in it. None where no single row is to blame. Yields rows looked at.
    """
    wrong: dict[int, dict[str, str]] = defaultdict(dict)
    for row, heading, reason, _masked in faults:
        if row:
            wrong[row][heading] = reason
    if not wrong:
        return None
    target = work / "mend.xlsx"
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(target), options) as book:
        yield from _rows(book, source, about, wrong, work)
        _reasons(book, faults)
    return target


def _rows(
    book: Any, source: Path, about: Contract, wrong: dict[int, dict[str, str]], work: Path
) -> Generator[int, None, None]:
    sheet = book.add_worksheet(MEND)
    text = book.add_format({"num_format": "@"})
    bad = book.add_format({"num_format": "@", "bg_color": "#fdecea", "font_color": "#b3261e"})
    at, line = 0, 1
    for batch in engine("reading").batches(source, about, work):
        names = batch.schema.names
        if at == 0:
            sheet.set_column(0, len(names) - 1, 20, text)
            sheet.write_row(0, 0, names)
        for place in [row - at - 1 for row in wrong if at < row <= at + batch.num_rows]:
            marked = wrong[at + place + 1]
            for number, name in enumerate(names):
                value = harmless(batch.column(number)[place].as_py() or "")
                sheet.write_string(line, number, value, bad if name in marked else text)
            line += 1
        at += batch.num_rows
        yield at


def _reasons(book: Any, faults: Faults) -> None:
    sheet = book.add_worksheet(WRONG)
    sheet.set_column(0, 1, 14)
    sheet.set_column(2, 3, 60)
    sheet.write_row(0, 0, ["表中第几行", "列", "问题", "What is wrong"])
    for line, (row, heading, reason, _masked) in enumerate(faults, start=1):
        zh, en = FAULTS[reason]
        sheet.write_row(line, 0, [row + 1 if row else "", heading, zh, en])
