"""Running awards: taken over to the first roll, a death, a gradual exit, a new standard for all,
and money that came back.

Officers at a desk (1366 × 768); axe asks every page.
"""

import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, expect

from doudi.takeover.columns import TABLE
from tests.browser import officer
from tests.browser.conftest import DOUDI, ROOT
from tests.crash.empty import home_of
from tests.factories.cases import VILLAGE, id_number

pytestmark = pytest.mark.browser
ORDERS = (501, 503, 505, 507)  # the account of the last one does not exist
FACTS = "演示：村干部和邻居都证实，已入户核实。"


@pytest.fixture(scope="module")
def taken(home, house):
    """Four urban households of the old system, taken over by the operator's command."""
    sheet = Workbook()
    sheet.active.append([column.heading for column in TABLE.columns])
    for order in ORDERS:
        row = {
            "number": f"OLD{order}",
            "programme": "低保",
            "area": "城市",
            "village": VILLAGE,
            "name": f"演示接收{'甲乙丙丁'[(order - 501) // 2]}",
            "id_number": id_number("1971-03-03", order),
            "relation": "本人",
            "income": "1860.00",
            "base": "500.00",
            "account": f"6210990000000000{order}" if order < 507 else "6210990000005070000",
            "phone": "12900000507" if order == 507 else "",
            "klass": "甲",
        }
        sheet.active.append([row.get(column.key) for column in TABLE.columns])
    out = io.BytesIO()
    sheet.save(out)
    path = home / "old.xlsx"
    path.write_bytes(out.getvalue())
    environment = home_of(home)
    words = [*DOUDI, "takeover", str(path), "--month", "2022-06"]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return [f"JOLD{order}" for order in ORDERS]


def later(home: Path, day: str) -> None:
    """Three years pass behind the house's back: its clock page goes a year at a time."""
    environment = home_of(home) | {"DJANGO_SETTINGS_MODULE": SETTINGS}
    words = [sys.executable, "-c", MOVE, f"{day}T08:00:00+08:00"]
    subprocess.run(words, cwd=ROOT, env=environment, check=True)


SETTINGS = "config.settings.local"
MOVE = """
import datetime, sys, django
django.setup()
from doudi.clock.moves import move_to
move_to(datetime.datetime.fromisoformat(sys.argv[1]))
"""


def open_award(page: Page, number: str) -> str:
    """By its number; gives the address."""
    page.goto(f"/desk/awards/?q={number}")
    page.locator("main table a.code").first.click()
    page.wait_for_url("**/desk/awards/*-*/**")
    return page.url


def propose(page: Page, address: str, verb: str, cause: str) -> str:
    """Opens the form of a change, writes the facts, and proposes; gives the proposal's address."""
    page.goto(f"{address}propose/{verb}/")
    page.locator(f"input[name=cause][value={cause}]").check()
    page.locator("#id_why").fill(FACTS)
    page.locator("main form button.primary").last.click()
    page.wait_for_url("**/desk/proposals/**")
    return page.url


def decide(page: Page, address: str) -> None:
    """The second person agrees."""
    page.goto(address)
    page.locator("input[name=decision][value=agree]").check()
    page.locator("#id_why").fill("情况属实，同意。")
    page.locator("main form button.primary").last.click()
    expect(page.locator("main")).to_contain_text("已决定")


def test_what_is_taken_over_is_on_the_first_roll_to_the_fen(pages, look, found, taken):
    desk = pages(False)
    officer.sign_in(desk, "hantai.officer")
    desk.goto("/desk/takeovers/")
    desk.locator("main table a.code").first.click()
    expect(desk.locator("main")).to_contain_text("一分不差")
    expect(desk.locator("main")).to_contain_text("2,000.00")
    look(desk, "desk-awards-1-takeover")

    officer.prepare_roll(desk, "2022-06")

    open_award(desk, taken[0])
    expect(desk.locator("main")).to_contain_text("接收（不是本系统决定）")
    expect(desk.locator("main")).to_contain_text("2022-06")
    look(desk, "desk-awards-2-award")
    assert found == []


def test_a_death_ends_one_award_and_work_tapers_another(pages, look, found, taken):
    desk = pages(False)
    officer.sign_in(desk, "qili.clerk")
    gone = open_award(desk, taken[1])
    desk.goto(f"{gone}death/")
    desk.locator("input[name=person]").first.check()
    desk.locator("#id_died_on").fill("2022-05-02")
    desk.locator("#id_why").fill("村里报告，已看火化证明。")
    desk.locator("main form button.primary").last.click()
    desk.wait_for_url("**/desk/proposals/**")
    death = desk.url
    works = open_award(desk, taken[2])
    taper = propose(desk, works, "taper", "job")
    expect(desk.locator("main")).to_contain_text("陈述申辩中")
    desk.locator("#id_text").fill("本人说已上班，没有意见。")
    desk.get_by_role("button", name="登记").click()
    desk.goto("/desk/upkeep/")
    look(desk, "desk-awards-3-upkeep")
    officer.sign_out(desk)

    officer.sign_in(desk, "qili.head")
    decide(desk, death)
    look(desk, "desk-awards-4-death")
    decide(desk, taper)
    desk.goto(gone)
    expect(desk.locator("main")).to_contain_text(re.compile("止发\\s*2022-05"))
    desk.goto(works)
    expect(desk.locator("main")).to_contain_text("渐退")
    expect(desk.locator("main")).to_contain_text("发到2022-08")
    look(desk, "desk-awards-5-taper")
    assert found == []


def until(page: Page, address: str, text: str) -> None:
    """The house works by itself: looked at again until it says so."""
    for _ in range(40):
        page.goto(address)
        if text in page.locator("main").inner_text():
            return
        page.wait_for_timeout(300)
    expect(page.locator("main")).to_contain_text(text)


def test_what_comes_back_is_told_corrected_and_paid_again(pages, look, found, taken):
    desk = pages(False)
    officer.sign_in(desk, "hantai.officer")
    roll = officer.prepare_roll(desk, "2022-06")
    officer.sign_out(desk)
    for hand in ("hantai.check", "hantai.finance"):
        officer.sign_in(desk, hand)
        officer.roll_on(desk, roll)
        officer.sign_out(desk)
    until(desk, "/demo/messages/", "没有发成功（账号不存在）")

    officer.sign_in(desk, "qili.clerk")
    account = f"{open_award(desk, taken[3])}account/"
    desk.goto(account)
    for box, value in (("number", "6210990000005070012"), ("bank", "农商银行")):
        desk.locator(f"#id_{box}").fill(value)
    desk.get_by_role("button", name="登记换账户").click()
    desk.get_by_role("button", name="已打原来的电话").click()
    look(desk, "desk-awards-8-account")
    officer.sign_out(desk)
    officer.to_day(desk, "2022-05-20")
    officer.sign_in(desk, "qili.head")
    desk.goto(account)
    desk.get_by_role("button", name="批准，用新账户").click()
    officer.sign_out(desk)

    officer.sign_in(desk, "hantai.officer")
    desk.goto("/desk/finance/returned/")
    expect(desk.locator("main")).to_contain_text("账户已更正")
    look(desk, "desk-awards-9-returned")
    desk.get_by_role("button", name="提交补发").click()
    desk.wait_for_url("**/desk/finance/files/**")
    file = desk.url
    officer.sign_out(desk)
    officer.sign_in(desk, "hantai.finance")
    desk.goto(file)
    desk.get_by_role("button", name="放行补发").click()
    until(desk, file, "已到账")
    look(desk, "desk-awards-10-paid-again")
    until(desk, "/demo/messages/", "已发到")
    assert found == []


def test_a_new_standard_reaches_every_award_of_the_county(pages, look, found, taken, home):
    desk = pages(False)
    later(home, "2025-09-15")
    officer.sign_in(desk, "hantai.officer")
    desk.goto("/desk/standards/")
    desk.locator("input[name=month]").fill("2025-10")
    desk.locator("main form button.primary").click()
    desk.wait_for_url("**/desk/standards/*-*/**")
    told = desk.locator("aside dd").all_inner_texts()
    listed = desk.url
    officer.sign_out(desk)

    officer.sign_in(desk, "hantai.check")
    desk.goto(listed)
    look(desk, "desk-awards-6-standard")
    desk.locator("#id_paper").fill("汉民发〔2025〕82号")
    desk.get_by_role("button", name="批准执行").click()
    expect(desk.locator("main")).to_contain_text("已批准")
    open_award(desk, taken[0])

    assert told[0] == told[1]
    expect(desk.locator("main")).to_contain_text("520.00")
    look(desk, "desk-awards-7-after")
    assert found == []
