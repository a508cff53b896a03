"""The Ren family in a real browser: from the scan to 1,670.00 yuan on the account.

Resident on a phone (390 × 844), officers at a desk (1366 × 768), a movable clock between them.
Every page it visits is asked by axe; pictures go to docs/images/ when DOUDI_PICTURES=1.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import officer, resident

pytestmark = pytest.mark.browser
RESIDENT_BYTES = 60_000


def test_from_the_scan_to_the_first_payment(pages, ren, look, found, a_minute_on):
    phone, box, wife, desk = pages(True), pages(True), pages(True), pages(False)

    resident.apply(phone, box, ren, look)
    a_minute_on()
    resident.sign(phone, box, ren, look)
    number = re.sub(r"\s", "", phone.locator(".number, .code").first.inner_text())
    resident.wife_signs(wife, box, ren, look)

    officer.sign_in(desk, "qili.clerk")
    look(desk, "desk-workbench")
    officer.open_case(desk, number)
    case = re.search(r"/desk/cases/[0-9a-f-]+/", desk.url)[0]
    look(desk, "desk-case")
    officer.act(desk, case, "accept")
    officer.to_day(desk, "2022-05-11")
    officer.act(desk, case, "record_visit")
    desk.goto(f"{case}?tab=checks")
    expect(desk.locator("main")).to_contain_text("未返回")
    look(desk, "desk-verification")
    desk.goto(f"{case}assess/")
    look(desk, "desk-assess")
    expect(desk.locator("main")).to_contain_text("1,670.00")
    officer.assess(desk, case)
    officer.act(desk, case, "record_panel")
    officer.sign_out(desk)

    officer.sign_in(desk, "qili.review")
    officer.act(desk, case, "review")
    officer.act(desk, case, "publish_notice")
    desk.goto(f"{case}notice/")
    look(desk, "desk-notice")
    officer.sign_out(desk)
    box.goto("/notices/")
    expect(box.locator("main")).to_contain_text("任*明")
    expect(box.locator("main")).not_to_contain_text("任建明")
    look(box, "phone-notices")

    officer.to_day(box, "2022-05-26")
    officer.sign_in(desk, "qili.head")
    officer.act(desk, case, "confirm")
    desk.goto(case)
    look(desk, "desk-confirmed")
    officer.sign_out(desk)

    officer.to_day(box, "2022-06-10")
    officer.sign_in(desk, "hantai.officer")
    roll = officer.prepare_roll(desk, "2022-06")
    look(desk, "desk-roll")
    officer.sign_out(desk)
    for hand in ("hantai.check", "hantai.finance"):
        officer.sign_in(desk, hand)
        officer.roll_on(desk, roll)
        officer.sign_out(desk)

    phone.goto("/track/benefits/")
    expect(phone.locator("main")).to_contain_text("1,670.00")
    look(phone, "phone-benefits")
    phone.goto("/track/cases/")
    phone.locator("main a").filter(has_text=re.compile("SQ|低保|申请")).first.click()
    look(phone, "phone-progress")
    expect(phone.locator("main")).to_contain_text("已确认")
    assert resident.newest(box, r"(1,670\.00)")
    assert found == []


@pytest.mark.parametrize("path", ["/", "/know/", "/apply/", "/track/", "/notices/"])
def test_a_residents_page_is_light_and_works_without_javascript(path, browser, house):
    context = browser.new_context(base_url=house, java_script_enabled=False)
    page = context.new_page()
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(len(answer.body())))

    page.goto(path)
    page.wait_for_load_state("networkidle")

    assert sum(sizes) < RESIDENT_BYTES
    assert page.locator("main h1").count() == 1
    context.close()
