"""The hukou place answers, and a family is handed on: nobody is sent from one office to another.

Officers of two counties at a desk (1366 × 768), the applicant on a phone (390 × 844).
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import officer, resident

pytestmark = pytest.mark.browser


def _my_case(phone: Page) -> None:
    phone.goto("/track/cases/")
    phone.locator("main a").filter(has_text=re.compile("SQ")).first.click()


def test_the_hukou_place_answers_and_a_department_helps(pages, applied, ren, look, found):
    phone, box = pages(True), pages(True)
    desk, hukou = pages(False), pages(False)  # each officer signs in once and stays
    number = applied(phone, box)
    officer.sign_in(desk, "qili.clerk")
    officer.open_case(desk, number)
    case = re.search(r"/desk/cases/[0-9a-f-]+/", desk.url)[0]
    officer.act(desk, case, "accept")

    desk.goto(f"{case}place/")
    look(desk, "desk-place-1-ask")
    desk.get_by_label("在户籍地享受救助或补贴").check()
    desk.get_by_label("在户籍地有房屋").check()
    desk.locator("#id_text").fill("老屋是不是还能住人？")
    desk.get_by_role("button", name="发协查函").click()
    expect(desk.locator("main")).to_contain_text("等户籍地答复")
    assert "不用您回去跑" in resident.newest(box, r"(已请您的户籍地.*)")
    _my_case(phone)
    expect(phone.locator("main")).to_contain_text("已请户籍地协查，不用您回去跑")

    officer.sign_in(hukou, "xujiaping.clerk")
    expect(hukou.locator("main")).to_contain_text("协查待答复")
    hukou.goto("/desk/places/")
    look(hukou, "desk-place-2-list")
    hukou.locator("main table a.code").first.click()
    hukou.get_by_role("button", name=re.compile("查看要查的人")).click()
    expect(hukou.locator("main")).to_contain_text(ren["applicant"]["name"])
    look(hukou, "desk-place-3-who")
    hukou.go_back()
    hukou.locator("input[name=benefits][value=no]").check()
    hukou.locator("input[name=home][value=yes]").check()
    hukou.locator("#id_text").fill("土坯老屋两间，多年没住人，已不能住。")
    look(hukou, "desk-place-4-answer")
    hukou.get_by_role("button", name="签署答复").click()
    expect(hukou.locator("main")).to_contain_text("户籍地已答复")

    officer.to_day(desk, "2022-05-11")
    desk.goto(f"{case}place/")
    expect(desk.locator("main")).to_contain_text("土坯老屋两间")
    look(desk, "desk-place-5-answered")
    officer.act(desk, case, "record_visit")
    officer.assess(desk, case)
    desk.goto(f"{case}referrals/")
    desk.get_by_label("本人当面同意").check()
    desk.get_by_label(re.compile("^教育局")).check()
    desk.locator("#id_what").fill("女儿上高中，住校，想申请助学金。")
    look(desk, "desk-referral-1-form")
    desk.locator("main form button.primary").first.click()
    expect(desk.locator("main")).to_contain_text("已转，等答复")
    _my_case(phone)
    expect(phone.locator("main")).to_contain_text("已转教育局")
    look(phone, "phone-referral-2")

    officer.to_day(desk, "2022-06-20")
    desk.goto("/desk/")
    expect(desk.locator("main")).to_contain_text("转介超期")
    look(desk, "desk-referral-3-late")
    desk.goto("/desk/referrals/")
    look(desk, "desk-referral-4-list")
    desk.locator("main table a").first.click()
    desk.get_by_label("已给予帮扶").check()
    desk.locator("#id_text").fill("已列入秋季助学金名单，九月发放。")
    desk.locator("#id_who").fill("教育局资助中心")
    look(desk, "desk-referral-5-answer")
    desk.get_by_role("button", name="登记答复").click()
    expect(desk.locator("main")).to_contain_text("已给予帮扶")
    phone.reload()
    expect(phone.locator("main")).to_contain_text("已列入秋季助学金名单")
    assert found == []
