"""The departments' door: own items only, receipts, and what is wrong in plain words."""

import io
import uuid

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from doudi.accounts.permissions import Role
from doudi.audit.models import Entry
from doudi.clock.time import now
from doudi.departments.actions.work_uploads import work_uploads
from doudi.departments.letters import table_csv, table_xlsx
from doudi.departments.models import Upload
from doudi.outbox.deliver import deliver_all
from doudi.verification.catalog.items import items
from doudi.verification.file import contract
from doudi.verification.flow import HELD_FOR
from doudi.verification.models import Delivery, Discrepancy, Run
from tests.departments.conftest import *  # noqa: F403  the clerks
from tests.factories.cases import staff
from tests.factories.deliveries import g14
from tests.house.scene import browser_of

pytestmark = pytest.mark.django_db


def send(browser, content: bytes, rows: int = 100, month: str = "2022-04", name="g14.csv"):
    file = SimpleUploadedFile(name, content)
    answer = browser.post("/agency/items/G14/", {"period": month, "rows": rows, "file": file})
    while work_uploads():
        continue
    return answer


def test_a_file_is_sent_and_its_receipt_tells_number_hash_and_the_wrong_row(tax, sign_in):
    browser = sign_in(tax)
    waits = browser.post(
        "/agency/items/G14/",
        {"period": "2022-04", "rows": 100, "file": SimpleUploadedFile("a.csv", g14(收入额="三千"))},
    )

    working = browser.get(waits["Location"])
    while work_uploads():
        continue
    page = browser.get(waits["Location"]).content.decode()

    made = Upload.objects.get()
    assert (working["Refresh"], "已检查0行，共100行" in working.content.decode()) == ("3", True)
    for words in (made.number, made.sha256, "金额应为数字，最多两位小数", "收入额", "有1行要改"):
        assert words in page
    assert "61079919600312000X" not in page
    assert "最近一次收下" in browser.get("/agency/").content.decode()


KINDS = {
    "缺少列：税款": g14().replace("税款".encode(), b"tax", 1),
    "编码是 UTF-16": g14().decode().encode("utf-16"),
    "行中有100行有错": g14().replace("工资薪金,3000.50,0".encode(), "3000.50,0,工资薪金".encode()),
    "第1行的列数不对": None,
}


@pytest.mark.parametrize("words", KINDS)
def test_a_bad_file_comes_back_in_plain_words_and_nothing_is_taken(tax, sign_in, lake, words):
    content = KINDS[words] or g14().replace(b",0,2022-04", b",2022-04", 1)

    browser = sign_in(tax)
    answer = send(browser, content)

    page = browser.get(answer["Location"]).content.decode()
    shown = words.replace("第1行", "第2行")  # as a spreadsheet counts
    assert "整个文件退回" in page
    assert shown in page
    assert not Delivery.objects.exists()
    assert not list(lake.glob("item=*"))


@pytest.mark.parametrize("wrong", [{"rows": ""}, {"period": "2022-06"}, {"file": ""}])
def test_what_is_not_declared_is_asked_for_and_nothing_is_kept(tax, sign_in, wrong):
    told = {"period": "2022-04", "rows": 100, "file": SimpleUploadedFile("a.csv", g14())}

    answer = sign_in(tax).post("/agency/items/G14/", told | wrong)

    assert answer.status_code == 422
    assert not Upload.objects.exists()


def test_what_is_held_is_decided_by_the_city_with_a_reason_and_the_receipt_says_so(tax, sign_in):
    clerk = sign_in(tax)
    send(clerk, g14())
    send(clerk, g14().replace(b"3000.50", b"300050.00"), month="2022-05")
    held = Delivery.objects.get(state="held")
    address = f"/desk/centre/deliveries/{held.pk}/"
    county = browser_of(staff("c.one", Role.COUNTY_OFFICER, "610702"))
    city = browser_of(staff("city.one", Role.CITY_OFFICER, "610700", "市一"))

    seen = city.get(address).content.decode()
    upload = Upload.objects.get(delivery=held)
    told = clerk.get(f"/agency/deliveries/{upload.pk}/").content.decode()
    refused = [county.get(address).status_code, county.post(address, {"use": "yes"}).status_code]
    silent = city.post(address, {"use": "no", "reason": " "})
    done = city.post(address, {"use": "no", "reason": "部门来电：单位写错了"})
    again = city.post(address, {"use": "yes", "reason": "再用"})
    deliver_all()

    assert ("3000.50" in seen, "300050.00" in seen) == (True, True)
    assert (HELD_FOR["values"] in seen, HELD_FOR["values"] in told) == (True, True)
    assert (refused, silent.status_code, done.status_code) == ([403, 403], 422, 302)
    assert again.status_code == 422
    page = clerk.get(f"/agency/deliveries/{upload.pk}/").content.decode()
    assert ("部门来电：单位写错了" in page, "暂不使用" in page) == (True, False)
    assert Delivery.objects.get(pk=held.pk).decided_by == "市一"


def test_another_departments_item_receipt_and_rows_are_not_there(tax, police, sign_in):
    send(sign_in(tax), g14(收入额="三千"))
    made = Upload.objects.get()
    other = sign_in(police)

    paths = ["/agency/items/G14/", f"/agency/deliveries/{made.pk}/"]
    paths += [f"/agency/deliveries/{made.pk}/mend/", f"/agency/deliveries/{uuid.uuid4()}/"]
    got = [other.get(path).status_code for path in paths]

    assert got == [404] * 4
    assert made.number not in other.get("/agency/deliveries/").content.decode()
    assert other.get("/agency/items/G03/").status_code == 200


def test_who_fetches_the_rows_to_mend_stands_in_the_journal(tax, sign_in):
    browser = sign_in(tax)
    send(browser, g14(收入额="三千"))
    made = Upload.objects.get()

    answer = browser.get(f"/agency/deliveries/{made.pk}/mend/")

    assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert Entry.objects.get(action="departments.mend_fetched").actor_id == str(tax.pk)


def test_the_use_of_data_is_told_in_counts(tax, sign_in, django_assert_max_num_queries):
    browser = sign_in(tax)
    send(browser, g14())
    made = Delivery.objects.get()
    run = Run.objects.create(
        month="2022-05",
        started_at=now(),
        deliveries=[str(made.pk)],
        persons=1234,
        households=567,
        asked={"definitions": {"rows": [{"signal": "X3", "item": "G14"}]}},
        answer_sha256="0" * 64,
    )
    for signals in (["X3"], ["X1", "X3"], ["X1"]):
        home = {"household_id": uuid.uuid4(), "town": "610702008"}
        Discrepancy.objects.create(run=run, signals=signals, sources=[], **home)

    with django_assert_max_num_queries(12):
        page = browser.get("/agency/use/").content.decode()

    line = page[page.index("1234") :]
    assert [n in line for n in ("567", '<td class="num">2</td>')] == [True, True]


def test_the_pages_ask_few_queries(tax, sign_in, django_assert_max_num_queries):
    browser = sign_in(tax)
    send(browser, g14(收入额="三千"))
    made = Upload.objects.get()

    for path in ("", "items/G14/", "deliveries/", f"deliveries/{made.pk}/"):
        with django_assert_max_num_queries(12):
            assert browser.get(f"/agency/{path}").status_code == 200


def test_a_clerk_without_a_department_is_told_whom_to_ask(lake, sign_in):
    nobody = staff("new.data", Role.DATA_CLERK, "610700")

    page = sign_in(nobody).get("/agency/").content.decode()

    assert "请联系市民政局登记您所在的部门" in page


def test_the_empty_workbook_has_the_agreed_headings_lists_and_a_marked_example(tax, sign_in):
    content = sign_in(tax).get("/agency/catalogue/G14/xlsx/").content

    data, example, notes = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    headings = list(contract("G14").headings)
    assert [cell.value for cell in data[1]] == headings
    assert data.max_row == 1
    assert [cell.value for cell in example[2]][0] == "示例行"
    assert [row[0] for row in notes.values][2 : 2 + len(headings)] == headings


def test_every_items_table_fits_its_contract_and_its_lists(lake):
    for item in items():
        about = contract(item.code)
        book = openpyxl.load_workbook(io.BytesIO(table_xlsx(item, about)))
        lists = [c for c in about.columns if c.kind == "code"]

        assert len(book["数据"].data_validations.dataValidation) == len(lists)
        assert table_csv(about).decode("utf-8-sig").strip().split(",") == list(about.headings)


def test_the_city_sees_every_department_and_seats_a_clerk(tax, sign_in):
    city = staff("city.one", Role.CITY_OFFICER, "610700")
    staff("new.data", Role.DATA_CLERK, "610700")
    browser = sign_in(city)

    wrong = browser.post("/agency/clerks/", {"account": "city.one", "agency": "公安"})
    right = browser.post("/agency/clerks/", {"account": "new.data", "agency": "公安"})

    page = browser.get("/agency/clerks/").content.decode()
    assert (wrong.status_code, right.status_code) == (422, 302)
    assert "new.data" in page
    assert page.count("没有登记") == 10
