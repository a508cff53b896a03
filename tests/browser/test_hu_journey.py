"""The Hus come in by deduction: over the rural line before the rigid expenses, below it after them.

The town opens the calculation with the switch on and off, reviews, gives notice and confirms; the
county pays; the grandfather reads why on a phone. The demonstration has brought the case so far
that it stands assessed.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import officer, resident

pytestmark = pytest.mark.browser
PHONE = "12900000011"


def test_the_deduction_brings_the_family_in_and_the_county_pays_it(pages, look, found):
    desk, phone, box = pages(False), pages(True), pages(True)
    officer.sign_in(desk, "bamiao.clerk")
    officer.open_case(desk, "胡长贵")
    case = re.search(r"/desk/cases/[0-9a-f-]+/", desk.url)[0]

    desk.goto(f"{case}assess/")
    main = desk.locator("main")
    expect(main).to_contain_text("19,800.00")
    expect(main).to_contain_text("1,050.00")
    look(desk, "desk-hu-1-deducted")
    desk.get_by_text("不扣减", exact=True).first.click()
    desk.wait_for_load_state()
    expect(main).to_contain_text("不符合")
    look(desk, "desk-hu-2-not-deducted")

    officer.act(desk, case, "record_panel")
    officer.sign_out(desk)
    officer.sign_in(desk, "bamiao.review")
    officer.act(desk, case, "review")
    officer.act(desk, case, "publish_notice")
    officer.sign_out(desk)
    officer.to_day(box, "2022-05-26")
    officer.sign_in(desk, "bamiao.head")
    officer.act(desk, case, "confirm")
    officer.sign_out(desk)
    officer.to_day(box, "2022-06-10")
    officer.sign_in(desk, "zhenba.officer")
    roll = officer.prepare_roll(desk, "2022-06")
    expect(desk.locator("main")).to_contain_text("1,050.00")
    officer.sign_out(desk)
    for hand in ("zhenba.check", "zhenba.finance"):
        officer.sign_in(desk, hand)
        officer.roll_on(desk, roll)
        officer.sign_out(desk)

    resident.prove_phone(phone, box, PHONE, "/track/benefits/")
    phone.goto("/track/benefits/")
    expect(phone.locator("main")).to_contain_text("1,050.00")
    expect(phone.locator("main")).to_contain_text("扣除看病、上学等必需支出1,100.00元")
    look(phone, "phone-hu-3-why")
    assert found == []
