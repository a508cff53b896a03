"""Zhang in a real browser: from 22:40 at the hospital bed to the closed file.

A phone (390 × 844), three officers at a desk (1366 × 768), the movable clock between them. Every
page it visits is asked by axe; pictures go to docs/images/ when DOUDI_PICTURES=1.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import officer, resident
from tests.browser.axe import violations
from tests.browser.conftest import ROOT, _wait
from tests.crash.harness import free_port
from tests.factories.cases import id_number

pytestmark = pytest.mark.browser
IMAGES = Path(os.environ.get("DOUDI_PICTURES_IN", str(ROOT / "docs" / "images")))
PICTURES = os.environ.get("DOUDI_PICTURES") == "1"
ZHANG = id_number("1968-11-05", 1)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty city at 22:40 on 2022-03-15: staff and rosters, nobody in benefit."""
    home, port = tmp_path_factory.mktemp("night"), free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("DOUDI_", "DJANGO_"))}
    environment |= {"DOUDI_HOME": str(home), "PORT": str(port), "DOUDI_WEB_WORKERS": "1"}
    doudi = [sys.executable, "-m", "doudi.commands.main"]
    opening = ["--empty", "--opening", "2022-03-15T22:40"]
    subprocess.run([*doudi, "demo", *opening], cwd=ROOT, env=environment, check=True, timeout=170)
    log = (home / "serve.log").open("wb")
    server = subprocess.Popen(
        [*doudi, "serve", "--port", str(port)], cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    base = f"http://127.0.0.1:{port}"
    try:
        _wait(base, server, home / "serve.log")
        yield base
    finally:
        server.terminate()
        server.wait(20)


def press(page: Page) -> None:
    """The one primary button of the page."""
    with page.expect_navigation():
        page.locator("main form button.primary").last.click()


def to_call(page: Page) -> str:
    """Opens the one call of the list; gives its address."""
    page.goto("/desk/urgent/")
    page.locator("main table a").first.click()
    page.wait_for_url(re.compile(r"/desk/urgent/[0-9a-f-]{36}/"))
    return page.url


def test_from_the_hospital_bed_to_the_closed_file(pages):
    phone, box, town, county = pages(True), pages(True), pages(False), pages(False)
    found: list[str] = []

    def look(page: Page, name: str) -> None:
        if PICTURES:
            page.screenshot(path=IMAGES / f"{name}.png", full_page=True)
        found.extend(violations(page))

    receipt = ask_for_help(phone, look)
    assert resident.newest(box, r"(10分钟内联系您)")
    answered_and_visited(town, box, look)
    propose(town, look)
    sign(county, look)
    paid_and_made_up(town, look)
    phone.goto(receipt)
    expect(phone.locator("main")).to_contain_text("手续已补齐")
    look(phone, "phone-help-6-done")
    phone.goto("/notices/")
    expect(phone.locator("main")).to_contain_text("张*福")
    expect(phone.locator("main")).not_to_contain_text("恶性肿瘤")
    look(phone, "phone-help-7-notice")
    followed_and_closed(town, look)
    assert resident.newest(box, r"(已办结)")
    assert resident.newest(box, r"(先行救助6,000\.00元)")
    assert resident.newest(box, "(已发到尾号0036的账户)")
    assert found == []


def ask_for_help(phone: Page, look: Callable[[Page, str], None]) -> str:
    """Few fields at night; gives the address of the receipt."""
    phone.goto("/")
    look(phone, "phone-help-1-home")
    phone.get_by_role("link", name=re.compile("急事求助")).click()
    look(phone, "phone-help-2-form")
    phone.get_by_role("button", name="马上求助").click()
    look(phone, "phone-help-3-wrong")
    phone.get_by_label("得了急病、重病住院").check()
    phone.locator("#id_region").select_option(label="龙头镇")
    phone.locator("#id_phone").fill("12900000021")
    phone.locator("#id_name").fill("张德福")
    phone.locator("#id_what").fill("查出癌症住院，押金交不上")
    phone.locator("#id_needed").fill("86000")
    phone.locator("#id_persons").fill("3")
    phone.get_by_role("button", name="马上求助").click()
    expect(phone.locator("h1")).to_have_text("求助回执")
    expect(phone.locator("main")).to_contain_text("2022年3月16日")
    look(phone, "phone-help-4-receipt")
    return phone.url


def answered_and_visited(town: Page, box: Page, look: Callable[[Page, str], None]) -> None:
    """The clerk on night duty answers; two go the next morning."""
    assert resident.newest(box, r"(急：城固县龙头镇有人求助)")
    officer.sign_in(town, "longtou.clerk")
    town.goto("/desk/urgent/")
    expect(town.locator("main")).to_contain_text("分钟内接听")
    look(town, "desk-urgent-1-list")
    to_call(town)
    look(town, "desk-urgent-2-call")
    town.get_by_role("button", name="看电话和情况，去联系").click()
    expect(town.locator("main")).to_contain_text("12900000021")
    look(town, "desk-urgent-3-contact")
    to_call(town)
    town.get_by_role("link", name="接听").click()
    press(town)
    assert resident.newest(box, r"(同志接听，最迟2022-03-16上门)")
    officer.to_day(town, "2022-03-16")
    to_call(town)
    town.get_by_role("link", name="记录上门").click()
    for visitor in town.locator("input[name=visitors]").all()[:2]:
        visitor.check()
    town.locator("#id_findings").fill("住院属实，押金欠费，家中积蓄已用完")
    look(town, "desk-urgent-4-visit")
    press(town)


def propose(town: Page, look: Callable[[Page, str], None]) -> None:
    """6,000 yuan, beside the formula's 3,930, with the reason."""
    town.get_by_role("link", name="提出先行救助").click()
    expect(town.locator("main")).to_contain_text("建议 3,930.00 元")
    town.locator("#id_amount").fill("6000")
    town.locator("#id_payee_id_number").fill(ZHANG)
    town.locator("#id_bank").fill("演示农商银行")
    town.locator("#id_account").fill("6210990000000000036")
    press(town)
    expect(town.locator("main")).to_contain_text("与建议金额不一致，请写明理由")
    expect(town.locator("#id_bank")).to_have_value("演示农商银行")
    town.locator("#id_reason").fill("押金缺口大，按一事一议")
    look(town, "desk-urgent-5-propose")
    press(town)
    expect(town.locator("main")).to_contain_text("县区签批")
    assert town.get_by_role("link", name="签批先行救助").count() == 0


def sign(county: Page, look: Callable[[Page, str], None]) -> None:
    """The county's officer signs within the hour."""
    officer.sign_in(county, "chenggu.officer")
    county.goto("/desk/urgent/")
    expect(county.locator("main")).to_contain_text("分钟内签批")
    to_call(county)
    county.get_by_role("link", name="签批先行救助").click()
    expect(county.locator("main")).to_contain_text("陆仟元整")
    look(county, "desk-urgent-6-sign")
    press(county)
    for _ in range(40):
        county.reload()
        if "已到账" in county.locator("main").inner_text():
            break
        county.wait_for_timeout(250)
    expect(county.locator("main")).to_contain_text("已到账")


def paid_and_made_up(town: Page, look: Callable[[Page, str], None]) -> None:
    """Twelve days later every paper is there; then the masked notice."""
    officer.to_day(town, "2022-03-28")
    to_call(town)
    look(town, "desk-urgent-7-papers")
    town.get_by_role("link", name="补办手续").click()
    for paper in town.locator("input[name=papers]").all():
        paper.check()
    look(town, "desk-urgent-8-papers")
    press(town)
    town.get_by_role("link", name="事后公示").click()
    press(town)


def followed_and_closed(town: Page, look: Callable[[Page, str], None]) -> None:
    """Referral, assessment and revisit; then the call is closed."""
    officer.to_day(town, "2022-04-15")
    for note in ("已申请低保", "已转医保", "已回访，情况稳定"):
        to_call(town)
        town.get_by_role("link", name="办理后续").click()
        town.locator("input[name=follow]").first.check()
        town.locator("#id_note").fill(note)
        press(town)
    to_call(town)
    look(town, "desk-urgent-9-done")
    town.get_by_role("link", name="办结").click()
    town.locator("#id_reason").fill("已救助，转入低保评估")
    press(town)
    expect(town.locator("main")).to_contain_text("办结")


def test_176_people_are_pasted_and_the_roster_is_shown(pages):
    town, found = pages(False), []
    officer.sign_in(town, "longtou.head")
    town.goto("/desk/urgent/roster/")
    expect(town.locator("main")).to_contain_text("周一")
    found += violations(town)
    town.goto("/desk/urgent/lists/")
    town.locator("#id_place").fill("汽车站")
    town.locator("#id_cause").fill("大雪停运")
    found += violations(town)
    press(town)
    names = [f"旅客{chr(0x4E00 + n)}\t河南周口\t住宿、饮食\t120" for n in range(176)]
    town.locator("#id_people").fill("\n".join(names))
    press(town)
    expect(town.locator("main")).to_contain_text("共176人")
    if PICTURES:
        town.screenshot(path=IMAGES / "desk-urgent-10-list.png")
    found += violations(town)
    assert found == []
