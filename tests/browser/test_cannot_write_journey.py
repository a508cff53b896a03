"""An old man without a phone who cannot write: the assistant fills in, he gives his thumbprint.

The assistant and the officers work at a desk (1366 × 768); the query code is opened on a phone.
"""

import re

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser import officer

pytestmark = pytest.mark.browser
HE = {
    "name": "何老汉",
    "id_number": "610799194803129951",
    "reason": "一个人过，眼睛看不清，地种不动了",
    "address": "七里村三组",
}


@pytest.fixture
def sheet(tmp_path):
    """A photograph of the sheet with the thumbprint."""
    path = tmp_path / "F01.jpg"
    Image.new("RGB", (600, 800), "white").save(path)
    return path


def test_a_man_without_phone_or_writing_is_confirmed_and_paid(pages, look, found, sheet):
    desk, phone = pages(False), pages(True)
    officer.sign_in(desk, "qili.assistant")
    fill_in(desk, look)
    sign(desk, sheet, look)
    number, secret = (re.sub(r"\s", "", t) for t in desk.locator(".number").all_inner_texts()[:2])
    look(desk, "desk-window-5-receipt")
    officer.sign_out(desk)

    phone.goto(f"/q/{secret}")
    expect(phone.locator("main")).to_contain_text("待受理")
    look(phone, "phone-window-track")

    officer.sign_in(desk, "qili.clerk")
    officer.open_case(desk, number)
    case = re.search(r"/desk/cases/[0-9a-f-]+/", desk.url)[0]
    expect(desk.locator("main")).to_contain_text("协理员代办")
    decide(desk, case)
    phone.reload()
    expect(phone.locator("main")).to_contain_text("已确认")
    assert found == []


def fill_in(desk: Page, look) -> None:
    """The assistant types what he is told; nothing that the state holds."""
    desk.goto("/desk/window/")
    look(desk, "desk-window-1")
    desk.get_by_role("button", name="开始填写").click()
    desk.get_by_role("link", name="汉台区").click()
    desk.get_by_role("link", name="七里街道").click()
    desk.locator("main form button").first.click()
    desk.locator("#id_name").fill(HE["name"])
    desk.locator("#id_id_number").fill(HE["id_number"])
    desk.locator("#id_address").fill(HE["address"])
    desk.locator("input[name=hukou][value=here]").check()
    look(desk, "desk-window-2-applicant")
    desk.locator("main form button.primary").first.click()
    desk.locator("main form button.primary").last.click()
    desk.locator("main form button.primary").last.click()
    desk.locator("input[name=causes][value=no_labour]").check()
    desk.locator("#id_reason").fill(HE["reason"])
    desk.locator("main form button.primary").first.click()
    desk.wait_for_url("**/apply/6/")
    desk.locator("main form button.primary").last.click()
    desk.wait_for_url("**/apply/7/")


def sign(desk: Page, sheet, look) -> None:
    """Read out, thumbprint, a neighbour as witness, the sheet photographed."""
    expect(desk.locator("main")).to_contain_text("不会写字，本人按了手印")
    look(desk, "desk-window-3-sign")
    desk.emulate_media(media="print")
    look(desk, "desk-window-4-print")
    desk.emulate_media(media="screen")
    desk.locator("input[name=manner_m1][value=thumbprint]").check()
    desk.locator("#id_witness").fill("李大婶")
    desk.locator("#id_sheet").set_input_files(sheet)
    desk.locator("#id_read_out").check()
    desk.locator("main form button.primary").last.click()
    desk.wait_for_url("**/apply/window/receipt/")


def decide(desk: Page, case: str) -> None:
    """From acceptance to confirmation, by three people."""
    officer.act(desk, case, "accept")
    officer.to_day(desk, "2022-05-11")
    officer.act(desk, case, "record_visit")
    officer.assess(desk, case)
    officer.act(desk, case, "record_panel")
    officer.sign_out(desk)
    officer.sign_in(desk, "qili.review")
    officer.act(desk, case, "review")
    officer.act(desk, case, "publish_notice")
    officer.sign_out(desk)
    officer.to_day(desk, "2022-05-26")
    officer.sign_in(desk, "qili.head")
    officer.act(desk, case, "confirm")
    officer.sign_out(desk)
