"""A county draws its month, checks a case, and overturns it by two hands; the town reads why.

A late case is urged in blue and answered. Officers at a desk (1366 × 768); axe asks every page.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import officer

pytestmark = pytest.mark.browser
SEEN = "入户两次，户主在外地承包鱼塘，收入未申报，与邻居和村委会说法一致。"


def test_a_drawn_case_is_checked_and_overturned_by_two_hands(pages, look, found):
    desk = pages(False)
    officer.sign_in(desk, "hantai.officer")
    desk.goto("/desk/supervision/")
    desk.locator("input[name=month]").fill("2022-05")
    desk.locator("select[name=population]").select_option("new")
    desk.get_by_role("button", name="抽取").click()
    expect(desk.locator("main")).to_contain_text("与当时抽中的完全一致")
    look(desk, "desk-check-1-drawn")

    desk.locator("main table a.code").first.click()
    desk.get_by_label("不符", exact=True).check()
    desk.locator("#id_visited_on").fill("2022-05-09")
    desk.locator("#id_finding").fill(SEEN)
    desk.locator("main form button.primary").click()
    expect(desk.locator("main")).to_contain_text("拟认定不符，待另一人复核")
    check = desk.url
    desk.get_by_label(re.compile("^同意")).check()
    desk.locator("main form button.primary").click()
    expect(desk.locator("body")).to_contain_text("须由另一人复核")
    officer.sign_out(desk)

    officer.sign_in(desk, "hantai.check")
    desk.goto(check)
    look(desk, "desk-check-2-second")
    desk.get_by_label(re.compile("^同意")).check()
    desk.locator("main form button.primary").click()
    expect(desk.locator("main")).to_contain_text("不符，已交镇（街道）重新核定")
    officer.sign_out(desk)

    officer.sign_in(desk, "qili.clerk")
    desk.goto("/desk/changes/")
    expect(desk.locator("main")).to_contain_text("其他变化")
    desk.goto("/desk/rectify/")
    expect(desk.locator("main table")).to_contain_text("核查认定不符")
    look(desk, "desk-check-2-register")
    desk.locator("main table a.code").first.click()
    expect(desk.locator("main")).to_contain_text("重新核定待遇")
    assert found == []


def test_a_late_case_is_urged_and_the_town_answers(pages, look, found):
    desk = pages(False)
    officer.to_day(desk, "2022-06-30")
    officer.sign_in(desk, "hantai.officer")
    desk.goto("/desk/supervision/")
    look(desk, "desk-check-3-late")
    desk.get_by_role("link", name="发督办单").first.click()
    desk.locator("main form button.primary").click()
    expect(desk.locator("main")).to_contain_text("蓝色提醒")
    officer.sign_out(desk)

    officer.sign_in(desk, "qili.head")
    desk.goto("/desk/sheets/")
    desk.locator("main table a.code").first.click()
    look(desk, "desk-check-4-sheet")
    desk.locator("#id_answer").fill("入户时家里没人，已约好明天，七月一日办结。")
    desk.locator("main form button.primary").click()
    expect(desk.locator("main")).to_contain_text("已答复")
    assert found == []
