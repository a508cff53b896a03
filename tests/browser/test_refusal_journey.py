"""A refusal in a real browser: letter, appeal, the county sends it back, the town assesses anew.

The resident on a phone (390 × 844), officers at a desk (1366 × 768); axe asks every page.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import officer, resident
from tests.browser.test_ren_journey import RESIDENT_BYTES

pytestmark = pytest.mark.browser
WHY = "工资单是去年的，今年只做了半年工，请按今年的再看一次。"
REFUSAL = "经核对和入户调查，家庭人均收入高于当地低保标准，不符合条件。"
ANSWER = "经核实，收入应按最近十二个月计算，原核定有误，请镇（街道）重新核定。"


def refused(phone: Page, box: Page, desk: Page, applied: Callable[[Page, Page], str]) -> str:
    """The way to a refusal; gives the desk's address of the case."""
    number = applied(phone, box)
    officer.sign_in(desk, "qili.clerk")
    officer.open_case(desk, number)
    case = re.search(r"/desk/cases/[0-9a-f-]+/", desk.url)[0]
    officer.act(desk, case, "accept")
    officer.to_day(desk, "2022-05-11")
    officer.act(desk, case, "record_visit")
    officer.assess(desk, case)
    officer.sign_out(desk)
    officer.sign_in(desk, "qili.head")
    desk.goto(f"{case}act/refuse/")
    desk.locator("#id_reason").fill(REFUSAL)
    desk.locator("main form button").last.click()
    desk.wait_for_url(f"**{case}")
    officer.sign_out(desk)
    return case


def test_a_refusal_is_appealed_and_assessed_anew(pages, applied, look, found):
    phone, box, desk = pages(True), pages(True), pages(False)
    case = refused(phone, box, desk, applied)

    phone.goto("/track/cases/")
    phone.locator("main a").filter(has_text=re.compile("SQ|低保|申请")).first.click()
    mine = re.search(r"/track/cases/[0-9a-f-]+/", phone.url)[0]
    expect(phone.locator("main")).to_contain_text("不予确认")
    look(phone, "phone-refused")
    phone.get_by_role("link", name="申诉").first.click()
    expect(phone.locator("main")).to_contain_text("不交给作决定的镇")
    look(phone, "phone-appeal")
    phone.get_by_role("button", name="提出申诉").click()
    expect(phone.locator("main")).to_contain_text("请写明您不同意什么")
    look(phone, "phone-appeal-empty")
    phone.locator("#id_text").fill(WHY)
    phone.get_by_role("button", name="提出申诉").click()
    expect(phone.locator("main")).to_contain_text("待答复")
    look(phone, "phone-appealed")
    for page, name in (
        ("rate/", "rate"),
        ("complain/", "complain"),
        ("who/", "who"),
        ("changes/", "changes"),
        ("changes/account/", "change"),
    ):
        phone.goto(f"{mine}{page}")
        look(phone, f"phone-{name}")
    phone.goto("/track/data/")
    look(phone, "phone-my-data")

    officer.sign_in(desk, "hantai.officer")
    desk.goto("/desk/redress/")
    expect(desk.locator("main")).to_contain_text("任*明")
    look(desk, "desk-redress")
    desk.locator("main table a").first.click()
    expect(desk.locator("main")).to_contain_text("今年只做了半年工")
    look(desk, "desk-appeal")
    desk.locator("input[name=upheld][value=yes]").check()
    desk.locator("#id_answer").fill(ANSWER)
    desk.get_by_role("button", name="签署答复").click()
    expect(desk.locator("main")).to_contain_text("申诉成立")
    look(desk, "desk-appeal-answered")
    officer.sign_out(desk)

    assert "申诉成立" in resident.newest(box, r"(您的申诉成立.*)")
    phone.goto(f"{mine}appeal/")
    expect(phone.locator("main")).to_contain_text("原核定有误")
    look(phone, "phone-appeal-upheld")

    officer.sign_in(desk, "qili.clerk")
    desk.goto(case)
    expect(desk.locator("main")).to_contain_text("调查核实")
    officer.assess(desk, case)
    desk.goto(case)
    expect(desk.locator("main")).to_contain_text("待审核")
    look(desk, "desk-reassessed")
    phone.goto(mine)
    expect(phone.locator("main")).to_contain_text("申诉成立，重新核定")
    look(phone, "phone-reopened")
    assert found == []


@pytest.mark.parametrize("path", ["/complain/"])
def test_a_complaint_is_light_and_works_without_javascript(path, browser, house):
    context = browser.new_context(base_url=house, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(len(answer.body())))

    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.locator("#id_county").select_option(label="汉台区")
    page.locator("input[name=kind]").first.check()
    page.locator("#id_text").fill("窗口的人说话很难听")
    page.locator("main form button").last.click()

    assert sum(sizes) < 2 * RESIDENT_BYTES
    expect(page.locator("main")).to_contain_text("查询码")
    context.close()
