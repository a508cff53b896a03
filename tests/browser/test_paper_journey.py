"""An officer prints a dozen papers at once, and packs a household's file; axe asks every page.

At a desk of 1366 × 768. What the package holds, tests/filing/ shows.
"""

import pytest
from playwright.sync_api import expect

from tests.browser import officer

pytestmark = pytest.mark.browser


def test_many_papers_come_as_one_and_a_file_names_what_it_lacks(desk, look, found):
    officer.sign_in(desk, "qili.clerk")
    desk.goto("/desk/forms/")
    look(desk, "desk-paper-1-forms")

    desk.goto("/desk/prints/?all=1")
    for box in desk.locator("input[name=cases]").all()[:3]:
        box.check()
    desk.locator("input[name=papers][value=F01]").check()
    desk.locator("input[name=papers][value=F02]").check()
    look(desk, "desk-paper-2-prints")
    desk.locator("main form button.primary").click()
    expect(desk.get_by_role("link", name="打开PDF")).to_be_visible(timeout=20_000)
    answer = desk.request.get(desk.get_by_role("link", name="打开PDF").get_attribute("href"))
    assert answer.body().startswith(b"%PDF-")

    desk.goto("/desk/?all=1&stage=confirmed")
    desk.locator("main table a").first.click()
    desk.goto(f"{desk.url.partition('?')[0]}archive/")
    expect(desk.locator("main")).to_contain_text("缺入户照片")
    look(desk, "desk-paper-4-archive")
    desk.get_by_role("button", name="打成档案包").click()
    expect(desk.get_by_role("link", name="下载档案包（ZIP）")).to_be_visible(timeout=20_000)
    look(desk, "desk-paper-5-package")
    assert found == []
