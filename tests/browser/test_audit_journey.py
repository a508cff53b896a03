"""An auditor replays a case that an officer handled, reads who was shown, and takes the evidence.

On the way every page is asked by axe, and the browser's own word about the content policy is kept:
what the policy refuses would be said there.
"""

import re
import subprocess
import sys
import zipfile

import pytest
from playwright.sync_api import Page, expect

from tests.browser import officer
from tests.browser.conftest import ROOT

pytestmark = pytest.mark.browser
DOORS = {
    "qili.clerk": ("/desk/", "/desk/window/", "/desk/leads/", "/desk/referrals/", "/desk/slips/"),
    "hantai.officer": ("/desk/oversight/", "/desk/supervision/", "/desk/tips/", "/desk/rolls/"),
}
OPEN = ("/", "/know/", "/apply/", "/track/", "/help-now/", "/notices/", "/complain/", "/tip/")


def watched(page: Page) -> list[str]:
    """What the browser says of the content policy from now on."""
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text) if "Content Security" in m.text else None)
    return said


def test_an_auditor_replays_a_case_and_takes_the_evidence(pages, look, found, home, tmp_path):
    desk = pages(False)
    said = watched(desk)
    officer.sign_in(desk, "qili.clerk")
    for address in DOORS["qili.clerk"]:
        desk.goto(address)
    desk.goto("/desk/?stage=confirmed")
    desk.locator("main table a").first.click()
    case = re.search(r"cases/([0-9a-f-]{36})", desk.url)[1]
    officer.sign_out(desk)

    officer.sign_in(desk, "auditor")
    look(desk, "desk-audit-1-home")
    desk.goto(f"/audit/cases/{case}/")
    expect(desk.locator("main")).to_contain_text("与存档一致")
    expect(desk.locator("main")).to_contain_text("查看办件")
    look(desk, "desk-audit-2-replay")
    desk.locator("#id_purpose").fill("专项审计取证单第3号")
    with desk.expect_download() as download:
        desk.get_by_role("button", name="导出").click()
    pack = tmp_path / "evidence.zip"
    download.value.save_as(pack)
    words = [sys.executable, "-m", "doudi.audit.evidence", str(pack), str(home / "anchors")]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, "the pack holds" in done.stdout) == (0, True), done.stdout
    assert {"journal.json", "hashlist.pdf"} <= set(zipfile.ZipFile(pack).namelist())

    desk.goto("/audit/access/")
    desk.locator("#id_account").fill("qili.clerk")
    desk.locator("main form button.primary").click()
    expect(desk.locator("main")).to_contain_text("看到了谁")
    look(desk, "desk-audit-3-access")
    desk.goto("/audit/doubts/")
    look(desk, "desk-audit-4-doubts")
    officer.sign_out(desk)
    assert (said, found) == ([], [])


def test_no_page_on_the_way_is_refused_anything_by_the_policy(desk, look, found):
    said = watched(desk)
    officer.sign_in(desk, "hantai.officer")
    for address in (*OPEN, *DOORS["hantai.officer"]):
        desk.goto(address)
    look(desk, "desk-audit-5-rolls")
    quiet = list(said)
    desk.goto("/desk/oversight/")
    look(desk, "desk-audit-6-oversight")

    desk.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.bad = 1';"
        " document.body.append(s); }"
    )

    assert (quiet, found) == ([], [])
    assert desk.evaluate("window.bad") is None
    assert len(said) == 1
