"""A department's clerk sends a bad file and then the right one, answers by batch, sees the use.

The housing bureau's clerk at a desk (1366 × 768) and on a phone (390 × 844); axe asks every page.
"""

import io

import openpyxl
import pytest
from playwright.sync_api import expect

from doudi.kernel.resident_id import check_digit
from tests.browser import officer

pytestmark = pytest.mark.browser
HEADING = "证件号码,合同号,面积,用途,价格,日期"
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


def table(price: str) -> bytes:
    """Sales of flats, too few to be measured against the register; three prices may be none."""
    lines = [HEADING]
    for place in range(19):
        body = f"61079919{60 + place % 40:02d}0312{place:03d}"
        paid = price if place < 3 else "180000.00"
        lines.append(f"{body}{check_digit(body)},HT{place:04d},92.5,住宅,{paid},2022-04-11")
    return "\n".join(lines).encode()


def send(page, price: str) -> None:
    page.goto("/agency/items/G11/")
    page.locator("#id_period").fill("2022-04")
    page.locator("#id_rows").fill("19")
    file = {"name": "g11.csv", "mimeType": "text/csv", "buffer": table(price)}
    page.locator("#id_file").set_input_files(file)
    page.get_by_role("button", name="上传并检查").click()
    page.wait_for_url("**/agency/deliveries/**")


def workbook(fetched) -> openpyxl.Workbook:
    """What was fetched: it lies under a name without an ending."""
    return openpyxl.load_workbook(io.BytesIO(fetched.value.path().read_bytes()))


def filled(book: openpyxl.Workbook) -> bytes:
    """The fetched table with an explicit nothing in every row."""
    for sheet in book:
        place = {cell.value: cell.column for cell in sheet[1]}
        for line in range(2, sheet.max_row + 1):
            sheet.cell(line, place["结果"], "无记录")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_clerk_mends_a_file_answers_by_batch_and_sees_the_use(pages, look, found):
    page = pages(False)
    officer.sign_in(page, "housing.data")
    page.goto("/agency/")
    expect(page.locator("main")).to_contain_text("住房")

    send(page, "十八万")
    expect(page.locator("main")).to_contain_text("整个文件退回", timeout=240_000)
    expect(page.locator(".tally .bad")).to_contain_text("3")
    expect(page.locator("main table").last).to_contain_text("金额应为数字")
    look(page, "desk-department-1-sent-back")
    page.set_viewport_size(PHONE)
    look(page, "phone-department-1-sent-back")
    page.set_viewport_size(DESK)
    with page.expect_download() as fetched:
        page.get_by_role("link", name="下载要改的行").click()
    mend, wrong = workbook(fetched).worksheets
    assert [row[4].value for row in mend.iter_rows(min_row=2)] == ["十八万"] * 3
    assert [wrong.cell(2, n).value for n in (1, 2)] == [2, "价格"]

    send(page, "180000.00")
    expect(page.locator("main")).to_contain_text("已收下19行", timeout=240_000)
    expect(page.locator("main")).to_contain_text("SHA-256")
    look(page, "desk-department-2-receipt")

    page.goto("/agency/requests/")
    look(page, "desk-department-3-asked")
    with page.expect_download() as fetched:
        page.get_by_role("button", name="下载答复表").click()
    answers = filled(workbook(fetched))
    file = {"name": "asked.xlsx", "mimeType": "application/octet-stream", "buffer": answers}
    page.locator("#id_file").set_input_files(file)
    page.get_by_role("button", name="上传答复").click()
    expect(page.locator("main [role=status]")).to_contain_text("已答复")
    expect(page.locator("main")).to_contain_text("没有待答复的核对请求")

    page.goto("/agency/use/")
    told = page.locator("main tr", has_text="G11").first.locator("td.num").all_inner_texts()
    assert int(told[1]) > 0
    assert told[2] == "0"
    page.set_viewport_size(PHONE)
    look(page, "phone-department-4-use")
    page.goto("/agency/problems/")
    look(page, "phone-department-5-problems")

    assert found == []
