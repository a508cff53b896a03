"""What officers do at the desk."""

import re
import time

from playwright.sync_api import Page


def sign_in(page: Page, account: str) -> None:
    """Password, then the code that the demonstration shows.

    A code counts once and only about its own half minute: one that was refused is tried later.
    """
    page.goto(f"/sign-in/?as={account}")
    page.locator("main form button.primary").first.click()
    page.wait_for_url("**/sign-in/code/")
    for _try in range(4):
        shown = re.search(r"(?<!\d)(\d{6})(?!\d)", page.locator("main").inner_text())
        assert shown, page.locator("main").inner_text()
        page.locator("#id_code").fill(shown[1])
        with page.expect_navigation():
            page.locator("main form button.primary").first.click()
        if "/sign-in/" not in page.url:
            return
        time.sleep(15)
        page.goto("/sign-in/code/")
    raise AssertionError(f"{account} could not sign in")


def open_case(page: Page, number: str) -> None:
    """By its number in the search box."""
    page.goto("/desk/")
    page.locator("input[type=search]").first.fill(number)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator("main table a").first.click()
    page.wait_for_url("**/desk/cases/**")


def act(page: Page, case: str, verb: str) -> None:
    """Opens a move, fills what it needs from WHAT, and presses its one primary button."""
    page.goto(f"{case}act/{verb}/")
    for field, value in WHAT.get(verb, {}).items():
        box = page.locator(f"#id_{field}")
        box.fill(value)
    if verb == "record_visit":
        for visitor in page.locator("input[name=visitors]").all()[:2]:
            visitor.check()
        page.locator("input[name=conclusion][value=true]").check()
    page.locator("main form button.primary").last.click()
    page.wait_for_url(f"**{case}**")


WHAT: dict[str, dict[str, str]] = {
    "record_visit": {"present": "任建明、周玉兰", "home": "租住62平方米，家具简单"},
    "record_panel": {"attendees": "王一、李二、张三", "minutes": "情况属实，一致同意。"},
    "review": {"text": "经核对和入户调查，情况属实，拟同意。"},
}


def assess(page: Page, case: str) -> None:
    """The calculation page: signs what the rules recommend."""
    page.goto(f"{case}assess/")
    page.locator("main form button.primary").last.click()
    page.wait_for_url(f"**{case}**")


def to_day(page: Page, day: str) -> None:
    """Moves the demonstration's clock to a day."""
    page.goto("/demo/clock/")
    page.locator("input[name=on]").fill(day)
    with page.expect_navigation():
        page.get_by_role("button", name="拨动").click()


def prepare_roll(page: Page, month: str) -> str:
    """Prepares a month's roll; gives its address."""
    page.goto("/desk/rolls/")
    page.locator("input[name=month]").fill(month)
    page.locator("main form button.primary").first.click()
    page.wait_for_url("**/desk/rolls/*-*/**")
    return page.url


def roll_on(page: Page, address: str) -> None:
    """The next step of a roll, by whoever is signed in."""
    page.goto(address)
    with page.expect_navigation():
        page.locator("main form button.primary").first.click()


def sign_out(page: Page) -> None:
    """Ends the session, as whoever leaves a desk does."""
    page.goto("/desk/")
    page.get_by_role("button", name="退出").click()
    page.wait_for_load_state()
