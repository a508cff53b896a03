"""Somebody else acts, and somebody is found: a mandate on two phones and on paper; a lead.

Residents on a phone (390 × 844), the clerk in the village on a phone and at a desk (1366 × 768).
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import officer, resident

pytestmark = pytest.mark.browser
Look = Callable[[Page, str], None]
NEPHEW = "12900000088"


def test_a_nephew_acts_for_his_uncle_until_it_is_withdrawn(pages, applied, look, found):
    phone, box, nephew, desk = pages(True), pages(True), pages(True), pages(False)
    number = applied(phone, box)

    phone.goto("/track/cases/")
    phone.locator("main a.tile.card").first.click()
    phone.get_by_role("link", name="请人代办").click()
    look(phone, "phone-mandate-1-form")
    phone.locator("#id_name").fill("任小军")
    phone.locator("#id_phone").fill(NEPHEW)
    phone.get_by_label("亲属").check()
    phone.get_by_label("查看办理进度").check()
    phone.get_by_role("button", name="委托他代办").click()
    expect(phone.locator("main")).to_contain_text("任*军")
    look(phone, "phone-mandate-2-given")
    assert "任*军" in resident.newest(box, r"(您委托.*)")

    resident.prove_phone(nephew, box, NEPHEW, "/acting/")
    expect(nephew.locator("main")).to_contain_text("任*明")
    look(nephew, "phone-mandate-3-acting")
    nephew.get_by_role("link", name="查看办理进度").click()
    expect(nephew.locator("main")).to_contain_text("待受理")
    look(nephew, "phone-mandate-4-progress")

    phone.get_by_role("link", name="撤回委托").click()
    look(phone, "phone-mandate-5-stop")
    phone.get_by_role("button", name="撤回委托").click()
    nephew.reload()
    expect(nephew.locator("main")).not_to_contain_text("待受理")

    officer.sign_in(desk, "qili.clerk")
    officer.open_case(desk, number)
    case = re.search(r"/desk/cases/[0-9a-f-]+/", desk.url)[0]
    desk.goto(f"{case}mandate/")
    look(desk, "desk-mandate")
    assert found == []


def test_a_household_is_found_in_the_village_and_followed_up(pages, look, found):
    village, desk = pages(True), pages(False)
    officer.sign_in(village, "qili.clerk")
    village.goto("/desk/leads/new/")
    village.get_by_label("本人同意登记").first.check()
    village.locator("#id_village").select_option(index=1)
    village.get_by_label("老人或孩子没人照料").check()
    village.locator("#id_name").fill("陈大爷")
    village.locator("#id_spot").fill("村东头老屋")
    look(village, "phone-lead-1-new")
    village.get_by_role("button", name="登记").click()
    expect(village.locator("main")).to_contain_text("陈*爷")
    look(village, "phone-lead-2-filed")
    officer.sign_out(village)

    officer.sign_in(desk, "qili.clerk")
    expect(desk.locator("main")).to_contain_text("线索待办")
    look(desk, "desk-lead-1-home")
    desk.goto("/desk/leads/")
    look(desk, "desk-lead-2-list")
    desk.locator("main table a").first.click()
    look(desk, "desk-lead-3-lead")
    desk.get_by_role("button", name="查看姓名、电话和住处").click()
    expect(desk.locator("main")).to_contain_text("村东头老屋")
    look(desk, "desk-lead-4-contact")
    desk.go_back()
    desk.get_by_label("本人不愿申请").check()
    desk.locator("#id_reason").fill("儿子已接去同住，暂不申请")
    desk.get_by_role("button", name="记下结果").click()
    expect(desk.locator("main")).to_contain_text("本人不愿申请")
    desk.goto("/desk/")
    expect(desk.locator("main")).not_to_contain_text("线索待办")
    assert found == []
