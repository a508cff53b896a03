"""An officer's morning by keyboard while he stands in for a colleague; a leaver hands over.

Officers at a desk (1366 × 768); axe asks every page.
"""

import re
import sqlite3

import pytest
from playwright.sync_api import expect

from doudi.kernel.initials import initials
from tests.browser import officer

pytestmark = pytest.mark.browser
QILI, NEAR = "610702008", "610702001"


def case_in(home, stage):
    """Id and applicant of a case of Qili that stands there."""
    with sqlite3.connect(home / "doudi.sqlite3") as database:
        asked = "select id, applicant_name from cases_case where town = ? and stage = ?"
        key, name = database.execute(asked, (QILI, stage)).fetchone()
    return f"/desk/cases/{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}/", name


def test_an_officer_works_a_morning_by_keyboard_for_himself_and_a_colleague(
    pages, look, found, home
):
    boss = pages(False)
    officer.sign_in(boss, "security")
    boss.goto("/desk/staff/?account=qili.review")
    boss.locator("main table a").first.click()
    stand = boss.locator("form[action$='/stand-in/']")
    stand.locator("[name=for_account]").fill("qili.clerk")
    stand.locator("[name=until_on]").fill("2022-05-12")
    stand.get_by_role("button", name="代班").click()
    expect(boss.locator("main")).to_contain_text("镇（街道）经办人")
    officer.sign_out(boss)

    officer.sign_in(boss, "qili.head")
    boss.goto("/desk/phrases/")
    boss.locator("#id_title").fill("七里")
    boss.keyboard.press("Enter")
    expect(boss.locator("#id_text")).to_be_focused()
    boss.locator("#id_text").fill("经七里街道审核，{编号}号材料齐全，拟按{类别}每月{金额}元。")
    boss.keyboard.press("Control+s")
    expect(boss.locator("main table")).to_contain_text("七里街道审核")
    look(boss, "desk-office-1-phrases")

    desk = pages(False)
    officer.sign_in(desk, "qili.review")
    expect(desk.locator("main")).to_contain_text("您在代")
    look(desk, "desk-office-2-workbench")
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.reload()
    expect(desk.locator("table.stacked td[data-label]").first).to_be_visible()
    assert desk.evaluate("document.documentElement.scrollWidth") <= 390
    look(desk, "phone-office-2-workbench")
    desk.set_viewport_size({"width": 1366, "height": 768})
    desk.reload()
    desk.keyboard.press("?")
    expect(desk.locator("dialog")).to_be_visible()
    desk.keyboard.press("?")
    expect(desk.locator("dialog")).to_be_hidden()

    visited, _name = case_in(home, "accepted")
    officer.act(desk, visited, "record_visit")
    expect(desk.locator("main")).to_contain_text("入户")

    address, name = case_in(home, "assessed")
    desk.goto("/desk/")
    desk.keyboard.press("F3")
    expect(desk.locator("[data-doudi-find]")).to_be_focused()
    desk.evaluate("document.activeElement.blur()")
    desk.keyboard.press("/")
    desk.keyboard.type(initials(name)[0])
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/desk/find/")
    look(desk, "desk-office-3-found")
    assert name not in desk.locator("main").inner_text()
    for _row in range(20):
        desk.keyboard.press("j")
        if desk.evaluate("document.activeElement.getAttribute('href')") == address:
            break
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    assert desk.url.endswith(address)

    desk.goto(f"{address}act/review/")
    desk.get_by_role("link", name="七里", exact=True).click()
    expect(desk.locator("#id_text")).to_have_value(re.compile("经七里街道审核.*每月[0-9,.]+元"))
    look(desk, "desk-office-4-opinion")
    desk.locator("main form button.primary").last.click()
    expect(desk.locator("main")).to_contain_text("待公示")

    desk.goto("/desk/month/")
    look(desk, "desk-office-5-month")
    desk.locator(".counters a").first.click()
    look(desk, "desk-office-6-list")
    assert found == []


def test_a_leavers_work_goes_to_a_borrowed_colleague_and_nothing_stays(pages, look, found):
    head, near = pages(False), pages(False)
    officer.sign_in(head, "qili.head")
    head.goto("/desk/loans/")
    head.locator("#id_lender").select_option(NEAR)
    head.locator("#id_role").select_option("town_clerk")
    head.locator("#id_from_on").fill("2022-05-09")
    head.locator("#id_until_on").fill("2022-06-30")
    head.locator("#id_reason").fill("经办人调离，新人六月底到岗")
    head.get_by_role("button", name="提出").click()
    expect(head.locator("main table")).to_contain_text("等对方答复")

    officer.sign_in(near, f"{NEAR}.head")
    near.goto("/desk/loans/")
    look(near, "desk-leaver-1-asked")
    choice = near.locator("select[name$='-staff']")
    clerk = choice.locator("option").nth(1)
    who, name = clerk.get_attribute("value"), clerk.inner_text()
    choice.select_option(who)
    near.get_by_role("button", name="答复").click()
    expect(near.locator("main table")).to_contain_text(f"借出{name}")

    head.goto("/desk/handover/")
    look(head, "desk-leaver-2-desks")
    row = head.locator("main tbody tr", has_text="qili.clerk")
    row.get_by_role("link", name="交接").click()
    for field in head.locator("select[name^=all_]").all():
        offered = [o.get_attribute("value") for o in field.locator("option").all()]
        field.select_option(who if who in offered else offered[1])
    head.get_by_role("button", name="全部交接").click()
    expect(head.locator(".error-summary")).to_contain_text("交接原因")
    head.locator("#id_reason").fill("调离")
    look(head, "desk-leaver-3-plan")
    head.get_by_role("button", name="全部交接").click()
    head.wait_for_url("**/desk/handover/")
    expect(head.locator("main")).not_to_contain_text("qili.clerk")
    look(head, "desk-leaver-4-done")
    officer.sign_out(near)

    officer.sign_in(near, f"{NEAR}.clerk")
    near.goto("/desk/?mine=1")
    expect(near.locator("main table tbody tr").first).to_contain_text(name)
    look(near, "desk-leaver-5-taken")
    assert found == []
