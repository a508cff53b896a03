"""Imports are judged first: every row, what stands between rows, and in which words."""

import io

import pytest
from openpyxl import load_workbook

from doudi.attachments.bulk import blocks_of
from doudi.clock.time import now
from doudi.kernel.errors import Invalid
from doudi.paper.workbook.template import write_template
from doudi.people.actions.upload_import import upload_import
from doudi.people.actions.work_imports import TURNS, work_imports
from doudi.people.figures.tables import TABLES
from doudi.people.models import ImportBatch, ImportFault
from doudi.people.queries import in_words
from tests.paper import nasty
from tests.people import sheets
from tests.people.batches import checked, counts, family, faults, rows, taken

pytestmark = pytest.mark.django_db


def test_a_household_with_one_bad_row_stays_out_as_a_whole(clerk):
    bad = [*family(), *family(3)]
    bad[1][2] = "12345"

    batch = checked(rows(*bad), clerk)

    assert faults(batch) == [
        (2, "", "home_faulty"),
        (3, "C", "id_shape"),
        (4, "", "home_faulty"),
    ]
    taken(batch, clerk)
    assert counts() == [3, 1, 3, 0]


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"村（社区）": "火星村"}, ["place_unknown"] * 3),
        ({"村（社区）": "610722001001"}, ["place_unknown"] * 3),
        ({"与户主关系": "配偶"}, ["home_headless", "home_faulty", "home_faulty"]),
        ({"与户主关系": "户主"}, ["home_two_heads", "home_faulty", "home_faulty"]),
        ({"身份证号": sheets.number(0)}, ["home_faulty", "twice_before", "twice_before"]),
        ({"姓名": ""}, ["missing"] * 3),
    ],
)
def test_what_is_wrong_between_rows_is_named(clerk, change, codes):
    batch = checked(rows(*family(**change)), clerk)

    assert [code for _row, _column, code in faults(batch)] == codes
    assert batch.good == 0


def test_the_same_file_again_is_known_and_not_wrong(clerk):
    taken(checked(rows(*family()), clerk), clerk)

    again = checked(rows(*family()), clerk)

    assert (again.known, again.bad, again.good) == (3, 0, 0)
    assert {code for _row, _column, code in faults(again)} == {"on_file"}


def test_the_file_with_the_reasons_keeps_rows_and_spoils_nothing(clerk):
    bad = [*family(), *family(3, 姓名="=1+1")]
    bad[0][2] = 610799193101011005

    batch = checked(rows(*bad), clerk)

    sheet = load_workbook(io.BytesIO(b"".join(blocks_of(batch.errors_name)))).active
    told = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert told[0][:3] == sheets.HEADINGS[:3]
    assert told[0][7] == "错误原因"
    assert told[1][2] in (None, "")
    assert "身份证号是数字格式" in told[1][7]
    assert told[2][:2] == ["H000000", "任乙"]
    assert told[4][1] == "'=1+1"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_a_file_that_cannot_be_read_is_sent_back_with_its_reason(clerk):
    batch = checked(io.BytesIO(nasty.KINDS["lacking"].content()), clerk)

    assert (batch.state, batch.refused["code"]) == ("refused", "heading_missing")


def test_what_is_no_table_at_all_is_refused_at_once(clerk):
    with pytest.raises(Invalid, match="PDF|表格"):
        upload_import("households", io.BytesIO(b"%PDF-1.7"), by=clerk, at=now())

    assert not ImportBatch.objects.exists()


def test_a_worker_that_died_in_the_middle_begins_anew_and_doubles_nothing(clerk):
    file = io.BytesIO()
    sheets.register(file, 900)
    file.seek(0)
    batch = upload_import("households", file, by=clerk, at=now())
    work_imports(0)
    batch.refresh_from_db()
    assert batch.state == "checking"
    assert 0 < batch.read < 900

    TURNS.forget()
    while work_imports():
        pass

    batch.refresh_from_db()
    assert (batch.state, batch.read, batch.good) == ("checked", 900, 900)


def test_the_template_offers_lists_notes_and_text_cells_and_reads_back_as_empty(clerk):
    content = write_template(TABLES["households"])
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    headings = [cell.value for cell in sheet[2]]
    number, relation = headings.index("身份证号*") + 1, headings.index("与户主关系*") + 1

    batch = checked(io.BytesIO(content), clerk)

    lists = [str(rule.sqref) for rule in sheet.data_validations.dataValidation]
    assert any(area.startswith(sheet.cell(5, relation).coordinate + ":") for area in lists)
    assert all(cell.value for cell in sheet[3][1:])
    assert sheet.column_dimensions[sheet.cell(2, number).column_letter].number_format == "@"
    assert [h for h in headings if h and h.endswith("*")] == [
        "姓名*",
        "身份证号*",
        "与户主关系*",
        "村（社区）*",
    ]
    assert (batch.state, batch.refused["code"]) == ("refused", "no_rows")


def test_a_fault_is_kept_in_words_that_can_be_said_again(clerk):
    batch = checked(rows(*family(与户主关系="邻居")), clerk)

    kept = in_words(ImportFault.objects.filter(batch=batch).first())

    assert str(kept.reason) == "不在可选的内容里"
    assert "户主、配偶" in str(kept.advice)
