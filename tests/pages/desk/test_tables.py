"""台账 and 导入 on their pages: purpose first, masked, a report before anything is stored."""

import io

import pytest

from doudi.accounts.permissions import Role
from doudi.audit.models import Entry
from doudi.exports.actions.work_exports import work_exports
from doudi.people.actions.work_imports import TURNS, work_imports
from doudi.people.flow import ATTEMPTS
from doudi.people.models import ImportBatch, Person
from tests.exports.test_exports import award
from tests.factories.cases import TOWN, demo_database, staff
from tests.paper import nasty
from tests.people import sheets

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(city, sign_in):
    """The county officer's browser."""
    demo_database()
    return sign_in(staff("officer", Role.COUNTY_OFFICER, "610702"))


@pytest.fixture
def clerk(city, sign_in):
    """The clerk's browser."""
    demo_database()
    TURNS.forget()
    return sign_in(staff("clerk", Role.TOWN_CLERK, TOWN))


def upload(browser, content: bytes, table: str = "households"):
    """Sends a file in and lets the worker check it."""
    file = io.BytesIO(content)
    file.name = "register.xlsx"
    answer = browser.post("/desk/imports/", {"table": table, "file": file})
    while work_imports():
        pass
    return answer


def test_a_ledger_is_masked_and_says_how_many_rows_it_has(county):
    award(1)

    page = county.get("/desk/ledgers/dibao/").content.decode()

    assert "任*明" in page
    assert "任建明" not in page
    assert sheets.number(1) not in page
    assert "共1行" in page


def test_a_ledger_page_needs_few_queries_however_long_it_is(county, django_assert_max_num_queries):
    for n in range(60):
        award(n)

    with django_assert_max_num_queries(12):
        page = county.get("/desk/ledgers/dibao/?page=2").content.decode()

    assert "2 / 2" in page


def test_an_export_without_a_purpose_comes_back_with_its_words(county):
    answer = county.post("/desk/ledgers/dibao/", {"purpose": ""})

    assert answer.status_code == 422
    assert not Entry.objects.filter(action="ledger.exported").exists()


def test_an_export_can_be_left_and_is_fetched_when_it_is_ready(county):
    award(1)
    waits = county.post("/desk/ledgers/dibao/", {"purpose": "check"})["Location"]
    first = county.get(waits)
    assert (first["Refresh"], "可以离开这一页" in first.content.decode()) == ("3", True)

    while work_exports():
        pass

    ready = county.get(waits)
    assert "Refresh" not in ready
    file = county.get(f"{waits}file.xlsx")
    assert b"".join(file.streaming_content).startswith(b"PK")
    assert file["Content-Disposition"].startswith("attachment")
    assert "TZ20220509" in county.get("/desk/ledgers/").content.decode()


def test_a_register_is_reported_on_then_taken_in_then_undone(clerk):
    bad = [sheets.member(n) for n in range(6)]
    bad[4][2] = "12345"
    page = upload(clerk, nasty.xlsx(*bad, headings=sheets.HEADINGS))["Location"]
    report = clerk.get(page).content.decode()
    assert "身份证号应为18位" in report
    assert "导入正确的1户、3人" in report
    assert not Person.objects.exists()

    clerk.post(f"{page}take/")
    assert not Person.objects.exists()
    waits = clerk.get(page)
    assert (waits["Refresh"], "正在导入，已完成百分之0" in waits.content.decode()) == ("3", True)
    assert work_imports()
    assert "Refresh" not in clerk.get(page)
    assert Person.objects.count() == 3
    refused = clerk.post(f"{page}undo/", {"why": ""})
    clerk.post(f"{page}undo/", {"why": "wrong_file"})
    assert work_imports()

    assert refused.status_code == 422
    assert not Person.objects.exists()
    assert "登记恢复到导入以前" in clerk.get(page).content.decode()


def test_a_batch_that_was_given_up_says_so_and_offers_both_ways_out(clerk):
    rows = [sheets.member(n) for n in range(6)]
    page = upload(clerk, nasty.xlsx(*rows, headings=sheets.HEADINGS))["Location"]
    clerk.post(f"{page}take/")
    ImportBatch.objects.update(tries=ATTEMPTS, share=5000)

    answer = clerk.get(page)
    told = answer.content.decode()

    assert "Refresh" not in answer
    assert f"导入到百分之50时中断了：连续{ATTEMPTS}次没有成功" in told
    assert "导入中断" in clerk.get("/desk/imports/").content.decode()
    for verb in ("again", "withdraw"):
        assert f'action="{page}{verb}/"' in told
    clerk.post(f"{page}again/")
    assert "正在导入" in clerk.get(page).content.decode()
    ImportBatch.objects.update(tries=ATTEMPTS)
    clerk.post(f"{page}withdraw/")
    assert work_imports()
    assert "撤销（导入中断，放弃这一批）" in clerk.get(page).content.decode()
    assert not Person.objects.exists()


def test_a_file_that_is_no_table_is_refused_on_the_form(clerk):
    answer = upload(clerk, b"%PDF-1.7")

    assert answer.status_code == 422
    assert "这不是表格文件" in answer.content.decode()


def test_a_file_without_our_headings_is_sent_back_with_reason_and_advice(clerk):
    page = upload(clerk, nasty.KINDS["lacking"].content())["Location"]

    told = clerk.get(page).content.decode()

    assert "缺少表头：" in told
    assert "请补上这些列，或使用模板" in told


def test_the_template_comes_back_as_a_table_without_rows(clerk):
    template = clerk.get("/desk/imports/templates/households.xlsx").content

    upload(clerk, template)

    assert ImportBatch.objects.get().refused["code"] == "no_rows"


def test_the_file_with_the_reasons_is_journalled_when_it_is_fetched(clerk):
    rows = [sheets.member(n, 姓名="") for n in range(3)]
    page = upload(clerk, nasty.xlsx(*rows, headings=sheets.HEADINGS))["Location"]

    file = clerk.get(f"{page}errors.xlsx")

    assert b"".join(file.streaming_content).startswith(b"PK")
    assert Entry.objects.filter(action="people.import_fetched").count() == 1
