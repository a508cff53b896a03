"""The Rens apply a second time, in Lüeyang: the phone says so before they sign, and the office
that receives it reads where the first application lies and cannot accept.

The resident on a phone (390 × 844), officers at a desk (1366 × 768); axe asks every page.
"""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import officer, resident

pytestmark = pytest.mark.browser
WHY = "申请人家庭已在汉台区七里街道申请在办，一家人只能享受一份，请在第一件里办理。"


def _apply_in_lueyang(page: Page, ren: dict[str, Any]) -> None:
    """The same family at the place of its hukou, where no permit is needed."""
    page.goto("/apply/2/")
    page.get_by_role("link", name="略阳县").click()
    page.get_by_role("link", name="徐家坪镇").click()
    page.get_by_role("button", name=re.compile("猫儿沟")).click()
    page.locator("#id_name").fill(ren["applicant"]["name"])
    page.locator("#id_id_number").fill(ren["applicant"]["id_number"])
    page.locator("#id_address").fill("猫儿沟村三组")
    page.get_by_label("就在现住的县（区）").check()
    page.locator("main button.primary").click()
    resident.the_rest(page, ren, resident.unseen)


def test_a_second_application_is_stopped_with_a_link_to_the_first(
    pages, applied, ren, look, found, a_minute_on
):
    phone, box, desk = pages(True), pages(True), pages(False)
    first = applied(phone, box)
    officer.sign_in(desk, "qili.clerk")
    officer.open_case(desk, first)
    officer.act(desk, re.search(r"/desk/cases/[0-9a-f-]+/", desk.url)[0], "accept")
    officer.sign_out(desk)

    _apply_in_lueyang(phone, ren)
    phone.goto("/apply/7/")
    expect(phone.locator("main")).to_contain_text(f"您家已有一件申请 {first}")
    look(phone, "phone-again-1-told")
    phone.get_by_role("link", name="看那一件").click()
    expect(phone.locator("main")).to_contain_text("已受理")
    a_minute_on()
    resident.sign(phone, box, ren, resident.unseen)
    second = re.sub(r"\s", "", phone.locator(".number, .code").first.inner_text())

    officer.sign_in(desk, "xujiaping.clerk")
    officer.open_case(desk, second)
    case = re.search(r"/desk/cases/[0-9a-f-]+/", desk.url)[0]
    desk.goto(f"{case}act/accept/")
    expect(desk.locator("main")).to_contain_text(f"已有在办申请：{first}（汉台区七里街道")
    expect(desk.locator("main form button.primary")).to_have_count(0)
    look(desk, "desk-again-2-stopped")
    officer.sign_out(desk)
    officer.sign_in(desk, "xujiaping.head")
    desk.goto(f"{case}act/decline/")
    desk.locator("#id_reason").fill(WHY)
    desk.locator("main form button").last.click()
    desk.wait_for_url(f"**{case}")
    officer.sign_out(desk)

    phone.goto("/track/cases/")
    expect(phone.locator("main")).to_contain_text("不予受理")
    look(phone, "phone-again-3-both")
    assert found == []
