"""What goes out as a table can run nothing (P19): the texts, and every place that writes one."""

import csv
import io
from pathlib import Path

import pytest

from doudi.paper.workbook.defuse import harmless
from doudi.paper.workbook.watermark import watermark
from doudi.paper.workbook.writing import Heading, LedgerBook, Mark, Top
from tests.exports.test_exports import PAYLOADS
from tests.house.test_floors import DOUDI, SOURCES

WRITES = ("csv.writer", "xlsxwriter.Workbook")
# Empty templates: words of our own, nothing of a person.
TEMPLATES = {"paper/workbook/template.py", "departments/letters.py"}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_begins_a_cell(payload):
    out = io.StringIO()

    csv.writer(out).writerow([harmless(payload)])

    cell = next(csv.reader(io.StringIO(out.getvalue(), newline="")))[0]
    assert cell == f"'{payload}"


@pytest.mark.parametrize("text", ["", "任建明", "1,670.00", "2022-05-09", "'已有撇号", "610702"])
def test_an_ordinary_text_stays_as_it_is(text):
    assert harmless(text) == text


def test_every_place_that_writes_a_table_defuses_its_texts():
    careless = [
        name
        for path in SOURCES
        if any(word in (source := path.read_text("utf-8")) for word in WRITES)
        if (name := str(path.relative_to(DOUDI))) not in TEMPLATES
        if "harmless(" not in source and "import harmless" not in source
    ]

    assert careless == []


def test_who_takes_it_out_stands_in_the_file_even_with_signs_in_the_name(tmp_path: Path):
    mark = Mark("李&某", "2022-05-09 08:00", "装订存档", "TZ1")

    book = LedgerBook(Top("=1", "", ""), [Heading("序号", "count")], mark, tmp_path)
    book.add([1])
    content = book.close().read()

    assert content.startswith(b"PK")
    assert watermark(mark.lines).startswith(b"\x89PNG")
