"""Single persons: a clerk answers for his department, by page or by table, and for nobody else."""

import io
import uuid
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from doudi.audit.models import Entry
from doudi.clock.time import now, today
from doudi.departments import queries
from doudi.departments.actions.answer_request import answer_request
from doudi.departments.columns import read_filled
from doudi.verification.actions.answer_asked import Given
from doudi.verification.actions.send_batch import send_batch
from doudi.verification.actions.withdraw_consent import withdraw_consent
from doudi.verification.models import Answer, Report
from tests.pages.desk.conftest import *  # noqa: F403  sign_in
from tests.verification.test_request import HUSBAND, SYSTEM, WIFE, ask, record, sign

pytestmark = pytest.mark.django_db
CELLS = {"扣缴单位": "汉江商贸", "所得项目": "工资薪金", "收入额": "2100.00", "所属期": "2022-04"}


@pytest.fixture
def asked(lake):
    """The tax bureau's income tax did not come back for two persons, the vehicles for one."""
    for subject in (HUSBAND, WIFE):
        record(subject, "G14", state="not_returned")
    record(HUSBAND, "G03", state="not_returned")
    consents = [sign(HUSBAND), sign(WIFE)]
    made = ask(HUSBAND, WIFE)
    send_batch(made.pk, now())
    return made, consents


def states(item: str) -> list[tuple[str, str]]:
    rows = Answer.objects.filter(item=item).order_by("asked__member_key")
    return list(rows.values_list("state", "source"))


def test_record_and_nothing_are_filed_and_reported_beside_the_first_report(asked, tax):
    first, second = queries.asks_for(tax, today())
    given = [Given(first.pk, (CELLS,), today()), Given(second.pk, (), today())]

    filed = answer_request(given, by=tax, at=now())

    assert filed == 2
    assert states("G14") == [("record", "部门答复"), ("no_record", "部门答复")]
    told = Report.objects.get().content.open()["persons"][0]["items"]
    assert next(line for line in told if line["item"] == "G14")["rows"] == [CELLS]
    assert Entry.objects.get(action="verification.answered").actor_id == str(tax.pk)
    assert states("G03")[0][0] == "not_returned"


def test_nobody_answers_for_another_department_or_twice(asked, tax, police):
    first, second = queries.asks_for(tax, today())
    given = [Given(first.pk, (), today()), Given(uuid.uuid4(), (), today())]

    others = answer_request(given, by=police, at=now())
    once = answer_request(given, by=tax, at=now())
    twice = answer_request([Given(first.pk, (CELLS,), today())], by=tax, at=now())

    assert (others, once, twice) == (0, 1, 0)
    assert [a.pk for a in queries.asks_for(tax, today())] == [second.pk]


def test_a_withdrawn_leave_is_asked_about_no_more(asked, tax):
    _made, consents = asked
    owed = queries.asks_for(tax, today())
    withdraw_consent(consents[0].pk, by=SYSTEM, at=now())

    filed = answer_request([Given(a.pk, (), today()) for a in owed], by=tax, at=now())

    assert filed == 1
    assert states("G14")[0][0] == "not_returned"


def filled(content: bytes, *rows: dict) -> bytes:
    """The downloaded table with what a clerk writes into its rows."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["G14"]
    place = {cell.value: cell.column for cell in sheet[1]}
    for line, row in enumerate(rows, start=2):
        for heading, value in row.items():
            sheet.cell(line, place[heading], value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_table_goes_out_whole_and_comes_back_filled(asked, tax, sign_in):
    browser = sign_in(tax)
    table = browser.post("/agency/requests/table/").content
    sheet = openpyxl.load_workbook(io.BytesIO(table))["G14"]
    assert {row[2] for row in sheet.iter_rows(min_row=2, values_only=True)} == {
        HUSBAND.id_number,
        WIFE.id_number,
    }
    content = filled(table, {"结果": "有记录"} | CELLS, {"结果": "无记录"})

    page = browser.post(
        "/agency/requests/", {"file": SimpleUploadedFile("a.xlsx", content)}
    ).content.decode()

    assert "已答复2条" in page
    assert states("G14") == [("record", "部门答复"), ("no_record", "部门答复")]
    assert Entry.objects.filter(action="departments.asks_fetched", purpose="答复核对").exists()


def test_a_fault_in_the_table_is_named_and_nothing_is_filed(asked, tax, sign_in):
    browser = sign_in(tax)
    table = browser.post("/agency/requests/table/").content
    wrong = {"结果": "有记录"} | CELLS | {"收入额": "两千"}
    content = filled(table, wrong, {"结果": "没查", "数据截至日期": "2022-13-01"})

    answer = browser.post("/agency/requests/", {"file": SimpleUploadedFile("a.xlsx", content)})

    told = read_filled(io.BytesIO(content), today())
    assert [fault[1:] for fault in told.faults] == [
        (2, "收入额", "money_shape"),
        (3, "结果", "code_unknown"),
        (3, "数据截至日期", "date_none"),
    ]
    assert answer.status_code == 422
    assert "金额应为数字" in answer.content.decode()
    assert {state for state, _source in states("G14")} == {"not_returned"}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no book", b"text"])
def test_what_is_no_table_is_said_so(lake, content):
    told = read_filled(io.BytesIO(content), date(2022, 5, 9))

    assert [fault[3] for fault in told.faults] == ["file_broken"]


def test_a_batch_is_masked_until_it_is_asked_for_and_answered_on_its_page(asked, tax, sign_in):
    browser, made = sign_in(tax), asked[0]
    path = f"/agency/requests/{made.pk}/"
    ask_ = queries.asks_for(tax, today())[0]
    found = {"result": "found", "as_of": "2022-05-08"}
    values = {
        f"c{n}": text for n, text in enumerate(("汉江商贸", "工资薪金", "abc", "", "2022-04"))
    }

    masked, whole = browser.get(path), browser.post(path)
    wrong = browser.post(f"/agency/answers/{ask_.pk}/", found | values)
    right = browser.post(f"/agency/answers/{ask_.pk}/", found | values | {"c2": "2100"})

    assert HUSBAND.id_number not in masked.content.decode()
    assert HUSBAND.name not in masked.content.decode()
    assert HUSBAND.id_number in whole.content.decode()
    assert Entry.objects.filter(action="departments.asked_revealed").count() == 1
    assert (wrong.status_code, "金额应为数字" in wrong.content.decode()) == (422, True)
    assert right.status_code == 302
    assert states("G14")[0] == ("record", "部门答复")


def test_another_departments_requests_are_not_there(asked, tax, police, sign_in):
    browser, made = sign_in(police), asked[0]
    ask_ = queries.asks_for(tax, today())[0]

    page = browser.get(f"/agency/requests/{made.pk}/")

    assert browser.get(f"/agency/answers/{ask_.pk}/").status_code == 404
    assert "G14" not in page.content.decode()
    assert "G03" in browser.get("/agency/requests/").content.decode()
