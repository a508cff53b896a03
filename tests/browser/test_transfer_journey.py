"""An application that came to the wrong town goes on inside Doudi; the applicant need not move.

The other town sends it back once; the county says whose it is; then it is taken over.

Officers of two counties at a desk (1366 × 768), the applicant on a phone (390 × 844).
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import officer, resident

pytestmark = pytest.mark.browser
WHY = "申请人住在猫儿沟村，扫了七里街道的码。"
NOT_OURS = "申请人三年前搬到七里街道租房住。"
DECIDED = "县区核实：申请人今年搬回猫儿沟村，由徐家坪镇办理。"


def _hand_on(desk: Page, case: str, why: str) -> None:
    """To Maoergou of Xujiaping, chosen in two steps."""
    desk.goto(f"{case}act/transfer/")
    desk.locator("#town").select_option("610727105")
    desk.get_by_role("button", name="选定，看村（社区）").click()
    desk.locator("#id_village").select_option("610727105201")
    desk.locator("#id_reason").fill(why)


def test_a_misdirected_application_is_handed_on(pages, applied, look, found):
    phone, box, desk = pages(True), pages(True), pages(False)
    other = pages(False)
    number = applied(phone, box)

    officer.sign_in(desk, "qili.clerk")
    officer.open_case(desk, number)
    case = re.search(r"/desk/cases/[0-9a-f-]+/", desk.url)[0]
    _hand_on(desk, case, WHY)
    look(desk, "desk-transfer-1")
    desk.locator("main form button.primary").click()
    desk.wait_for_url("**/desk/")
    expect(desk.locator("main")).not_to_contain_text(number[-6:])
    officer.sign_out(desk)

    assert resident.newest(box, "(已转到略阳县徐家坪镇办理)")
    phone.goto("/track/cases/")
    phone.locator("main a").filter(has_text=re.compile("SQ")).first.click()
    expect(phone.locator("main")).to_contain_text("已转到另一个镇（街道）")
    look(phone, "phone-transfer-2")

    officer.sign_in(other, "xujiaping.clerk")
    officer.open_case(other, number)
    look(other, "desk-transfer-2-arrived")
    other.goto(f"{case}act/send_back/")
    other.locator("#id_reason").fill(NOT_OURS)
    look(other, "desk-transfer-3-back")
    other.locator("main form button").last.click()
    other.wait_for_url("**/desk/")
    assert resident.newest(box, "(已转到汉台区七里街道办理)")

    officer.sign_in(desk, "hantai.officer")
    officer.open_case(desk, number)
    expect(desk.locator("main")).to_contain_text(NOT_OURS)
    _hand_on(desk, case, DECIDED)
    desk.locator("main form button.primary").click()
    desk.wait_for_url("**/desk/")
    officer.sign_out(desk)

    officer.open_case(other, number)
    officer.act(other, case, "take_over")
    officer.act(other, case, "accept")
    other.goto(case)
    expect(other.locator("main")).to_contain_text("调查核实")
    look(other, "desk-transfer-4-accepted")
    assert found == []
