"""A neighbour disputes a public notice: an appraisal in sums, an answer, a case conference.

The neighbour on a phone (390 × 844) leaves no name; officers at a desk (1366 × 768).
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import officer

pytestmark = pytest.mark.browser
SAID = "他家儿子在外面开店，不应该享受。"
FOUND = "经民主评议和再次入户，其子店铺已于去年关闭，无其他收入，异议不成立。"
SUMS = {"present": 13, "withdrew": 1, "agree": 10, "disagree": 1, "abstain": 1}


VILLAGERS = "、".join(f"居民代表 {name}某" for name in "赵钱孙李周吴郑王冯陈褚卫蒋沈韩")
INVITATION = {"place": "社区会议室", "host": "陈某", "invited": VILLAGERS}
ASKED = "街道民政办 王某、博望社区 李某、区民政局 何某"
CALL = {"place": "二楼会议室", "host": "王某", "invited": ASKED}
CALL |= {"question": "店铺关闭不满一年，原来的收入还计不计。"}
TALK = {"minutes": "社区证实店铺已转让，没有分成。", "proposal": "不再计入，半年后入户复核。"}


def invite(desk, case, look):
    """民主评议: fifteen neighbours are asked in writing; the tally takes over what was said."""
    desk.goto(f"{case}act/call_appraisal/")
    for field, words in INVITATION.items():
        desk.locator(f"#id_{field}").fill(words)
    look(desk, "desk-dispute-2-invitation")
    desk.locator("main form button.primary").last.click()
    desk.wait_for_url(f"**{case}**")
    desk.goto(f"{case}?tab=appraisal")
    paper = desk.get_by_role("link", name="打印评议通知").get_attribute("href")
    assert desk.request.get(paper).body().startswith(b"%PDF")
    look(desk, "desk-dispute-2-invited")


def confer(desk, case, look):
    """一事一议: called with its invitation, waited for, written down, seen before the signature."""
    desk.goto(f"{case}act/call_conference/")
    for field, words in CALL.items():
        desk.locator(f"#id_{field}").fill(words)
    look(desk, "desk-dispute-5-call")
    desk.locator("main form button.primary").last.click()
    desk.wait_for_url(f"**{case}**")
    desk.goto(f"{case}act/confirm/")
    expect(desk.locator("main")).to_contain_text("一事一议已经召集，还没有会议记录")
    desk.goto(f"{case}?tab=appraisal")
    invitation = desk.get_by_role("link", name="打印会议通知").get_attribute("href")
    assert desk.request.get(invitation).body().startswith(b"%PDF")
    look(desk, "desk-dispute-6-called")
    desk.goto(f"{case}act/record_conference/")
    expect(desk.locator("#id_participants")).to_have_value(ASKED)
    desk.get_by_label("建议给予救助").check()
    look(desk, "desk-dispute-7-minutes")
    for field, words in {**TALK, "agree": "3"}.items():
        desk.locator(f"#id_{field}").fill(words)
    desk.locator("main form button.primary").last.click()
    desk.wait_for_url(f"**{case}**")
    desk.goto(f"{case}act/confirm/")
    expect(desk.locator("main")).to_contain_text("半年后入户复核")
    look(desk, "desk-dispute-8-advice")


def test_a_disputed_notice_is_appraised_answered_and_confirmed(pages, look, found):
    phone, desk, clock = pages(True), pages(False), pages(True)
    phone.goto("/notices/")
    of_qili = phone.locator("main :is(li, section, article, tr)").filter(has_text="胡家扁")
    of_qili.locator("a[href*='/object/']").last.click()
    phone.locator("#id_text").fill(SAID)
    look(phone, "phone-dispute-1")
    phone.get_by_role("button", name="提交意见").click()
    expect(phone.locator("main")).to_contain_text("核实之前不会确认")

    officer.sign_in(desk, "qili.clerk")
    desk.goto("/desk/?stage=noticed")
    desk.locator("main table a").first.click()
    case = re.search(r"/desk/cases/[0-9a-f-]+/", desk.url)[0]
    invite(desk, case, look)
    desk.goto(f"{case}act/record_appraisal/")
    expect(desk.locator("#id_invited")).to_have_value("15")
    for name, number in SUMS.items():
        desk.locator(f"#id_{name}").fill(str(number))
    desk.locator("#id_counters").fill("王某、李某")
    look(desk, "desk-dispute-2-appraisal")
    desk.locator("main form button.primary").last.click()
    desk.wait_for_url(f"**{case}**")
    desk.goto(f"{case}?tab=appraisal")
    expect(desk.locator("main")).to_contain_text("评议通过")
    look(desk, "desk-dispute-3-sums")
    desk.goto(f"{case}?tab=papers")
    expect(desk.locator("main")).to_contain_text("民主评议记录")
    officer.sign_out(desk)

    officer.to_day(clock, "2022-05-26")
    officer.sign_in(desk, "qili.head")
    desk.goto(f"{case}act/confirm/")
    expect(desk.locator("main")).to_contain_text("还有关口未过")
    desk.goto(f"{case}?tab=notice")
    desk.locator("main a[href*='answer_objection']").first.click()
    desk.get_by_label("异议不成立").check()
    desk.locator("#id_answer").fill(FOUND)
    look(desk, "desk-dispute-4-answer")
    desk.locator("main form button.primary").last.click()
    desk.wait_for_url(f"**{case}**")
    confer(desk, case, look)
    officer.act(desk, case, "confirm")
    expect(desk.locator("main")).to_contain_text("已确认")
    assert found == []
