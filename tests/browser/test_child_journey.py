"""A grandmother applies for her grandchild; nothing of it is ever shown in public (CH62).

The grandmother on a phone (390 × 844), officers at a desk (1366 × 768): reviewed, confirmed
without a notice, paid from the next month.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import officer, resident
from tests.factories.cases import id_number

pytestmark = pytest.mark.browser
PHONE = "12900000077"
FAMILY: dict[str, Any] = {
    "applicant": {
        "name": "秦桂芳",
        "phone": PHONE,
        "bank": {"bank": "演示银行", "account": "6210990000000000077"},
    },
    "members": [
        {"key": "m1", "income": [{"kind": "pension", "yuan": "24000"}], "expenses": []},
        {"key": "m2", "income": [], "expenses": []},
    ],
    "causes": ["other"],
    "reason": "父亲服刑，母亲失去联系，孩子跟着奶奶过。",
}
SEEN = "与奶奶同住，在村小读三年级，父亲判决书已核对。"


def _apply(page: Page, box: Page, look: Callable[[Page, str], None]) -> None:
    """Steps 1 to 6."""
    resident.prove_phone(page, box, PHONE, "/apply/2/")
    page.get_by_role("link", name="汉台区").click()
    page.get_by_role("link", name="七里街道").click()
    page.get_by_role("button", name=re.compile("博望")).click()
    page.locator("#id_name").fill("秦桂芳")
    page.locator("#id_id_number").fill(id_number("1958-04-02", 2))
    page.locator("#id_address").fill("博望社区一组")
    page.get_by_label("就在现住的县（区）").check()
    page.locator("main button.primary").click()
    page.goto("/apply/family/new/")
    page.locator("#id_relation").select_option("grandchild")
    page.locator("#id_name").fill("秦小禾")
    page.locator("#id_id_number").fill(id_number("2013-09-12", 2))
    page.locator("#id_student").select_option("compulsory")
    page.locator("main details summary").first.click()
    page.locator("#id_special").select_option("unsupported_child")
    look(page, "phone-child-1-member")
    page.locator("main button.primary").click()
    page.goto("/apply/money/m1/")
    page.locator("#id_income_pension").fill("24000")
    page.locator("main button.primary").click()
    page.goto("/apply/4/")
    page.locator("main button.primary").click()
    resident.household(page, FAMILY, resident.unseen)
    page.locator("main button.primary").click()


def test_a_child_is_confirmed_without_a_notice(pages, look, found, a_minute_on):
    phone, box, desk = pages(True), pages(True), pages(False)
    _apply(phone, box, look)
    a_minute_on()
    resident.sign(phone, box, FAMILY, resident.unseen, child="m2")
    number = re.sub(r"\s", "", phone.locator(".number, .code").first.inner_text())

    officer.sign_in(desk, "qili.clerk")
    officer.open_case(desk, number)
    case = re.search(r"/desk/cases/[0-9a-f-]+/", desk.url)[0]
    officer.act(desk, case, "accept")
    officer.to_day(box, "2022-05-12")
    officer.act(desk, case, "record_visit")
    desk.goto(f"{case}assess/")
    expect(desk.locator("main")).to_contain_text("事实无人抚养")
    look(desk, "desk-child-2-assess")
    officer.assess(desk, case)
    officer.act(desk, case, "record_panel")
    officer.sign_out(desk)
    officer.sign_in(desk, "qili.review")
    officer.act(desk, case, "review")
    desk.goto(case)
    expect(desk.locator("main")).not_to_contain_text("待公示")
    look(desk, "desk-child-3-no-notice")
    officer.sign_out(desk)
    officer.sign_in(desk, "qili.head")
    officer.act(desk, case, "confirm")
    officer.sign_out(desk)

    box.goto("/notices/")
    expect(box.locator("main")).not_to_contain_text("秦")
    phone.goto("/track/cases/")
    phone.locator("main a").filter(has_text=re.compile("SQ")).first.click()
    expect(phone.locator("main")).to_contain_text("已确认")
    expect(phone.locator("main")).not_to_contain_text("公示")
    look(phone, "phone-child-4-confirmed")
    assert found == []
