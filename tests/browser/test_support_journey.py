"""Cash, goods and services together: a household states a need, a charity meets it.

Officers and the charity at a desk (1366 × 768), the household on a phone (390 × 844).
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import officer, resident

pytestmark = pytest.mark.browser
PHONE = "12900000011"


def test_a_need_is_stated_offered_arranged_brought_and_confirmed(pages, look, found):
    county, phone, box, charity, town = (pages(n in (1, 2)) for n in range(5))
    officer.sign_in(county, "zhenba.officer")
    county.goto("/desk/support/groups/")
    county.locator("#id_name").fill("镇巴爱心社")
    county.locator("#id_number").fill("51610728MJ0000001X")
    county.locator("#id_account").fill("zhenba.charity")
    county.locator("main form button.primary").click()
    expect(county.locator("main table")).to_contain_text("镇巴爱心社")
    look(county, "desk-support-1-groups")

    confirm_the_hus(town, box)
    resident.prove_phone(phone, box, PHONE, "/track/cases/")
    phone.locator("main a").filter(has_text=re.compile("SQ")).first.click()
    phone.get_by_role("link", name="谁帮我、还缺什么").click()
    phone.locator("#id_kind").select_option("heating")
    phone.locator("#id_what").fill("过冬的煤")
    look(phone, "phone-support-2-need")
    phone.locator("#id_agreed").check()
    phone.get_by_role("button", name="提出需求").click()
    expect(phone.locator("main")).to_contain_text("等待帮扶")

    officer.sign_in(charity, "zhenba.charity")
    look(charity, "desk-support-3-giving")
    expect(charity.locator("main")).not_to_contain_text("胡长贵")
    charity.get_by_role("link", name="取暖、煤炭").click()
    charity.locator("#id_what").fill("无烟煤半吨，送到门口")
    charity.locator("#id_by_on").fill("2022-06-20")
    charity.get_by_role("button", name="报名").click()
    expect(charity.locator("main")).to_contain_text("您已报名")

    officer.sign_in(town, "bamiao.clerk")
    expect(town.locator("main")).to_contain_text("帮扶待办")
    town.goto("/desk/support/")
    town.get_by_role("link", name="取暖、煤炭").click()
    look(town, "desk-support-4-offers")
    town.get_by_role("button", name="约他来帮").click()
    expect(town.locator("main")).to_contain_text("约好了")
    serve_a_meal(town, look)
    officer.sign_out(town)
    assert resident.newest(box, "(镇巴爱心社会在)")

    charity.goto("/desk/giving/")
    charity.get_by_role("button", name="已送到").click()
    expect(charity.locator("main")).to_contain_text("对方说已送到")
    phone.goto("/track/benefits/")
    coal = phone.locator("section.card").filter(has_text="无烟煤半吨")
    coal.get_by_role("button", name="收到了").click()
    phone.goto("/track/benefits/")
    expect(phone.locator("main")).to_contain_text("1,050.00")
    expect(phone.locator("main")).to_contain_text("已收到")
    expect(phone.locator("main")).to_contain_text("每周做饭两次")
    look(phone, "phone-support-5-together")
    assert found == []


def confirm_the_hus(town, box) -> None:
    """The demonstration has brought the case so far that it stands assessed."""
    officer.sign_in(town, "bamiao.clerk")
    officer.open_case(town, "胡长贵")
    case = re.search(r"/desk/cases/[0-9a-f-]+/", town.url)[0]
    officer.act(town, case, "record_panel")
    officer.sign_out(town)
    officer.sign_in(town, "bamiao.review")
    officer.act(town, case, "review")
    officer.act(town, case, "publish_notice")
    officer.sign_out(town)
    officer.to_day(box, "2022-05-26")
    officer.sign_in(town, "bamiao.head")
    officer.act(town, case, "confirm")
    officer.sign_out(town)


def serve_a_meal(town, look) -> None:
    """A service beside the goods, and a helper with a name."""
    town.locator("a.code").first.click()
    town.get_by_text("约一份物资或服务").click()
    form = town.locator("form").filter(has_text="由谁送来").last
    form.locator("input[name=kind][value=service]").check()
    form.locator("input[name=what]").fill("每周做饭两次")
    form.locator("input[name=supplier]").fill("镇社工站")
    form.locator("input[name=promised_on]").fill("2022-06-30")
    form.get_by_role("button", name="约好").click()
    expect(town.locator("main")).to_contain_text("每周做饭两次")
    town.get_by_text("结一对").click()
    form = town.locator("form").filter(has_text="帮扶人姓名").last
    form.locator("input[name=name]").fill("王老师")
    form.locator("input[name=office]").fill("村小学")
    form.locator("input[name=phone]").fill("13900000001")
    form.locator("input[name=from_on]").fill("2022-05-26")
    form.get_by_role("button", name="结对").click()
    expect(town.locator("main")).to_contain_text("王老师")
    look(town, "desk-support-6-household")
