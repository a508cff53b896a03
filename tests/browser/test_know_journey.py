"""On a phone: the three codes, a card, the one-minute test, its answer, and on to the application.

Every page is asked by axe; the way back keeps the answers; what can speak decides on the button.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import violations

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("DOUDI_SHOTS")  # a folder for pictures to look at
VOICE = """
  window.spoken = [];
  const voices = [{ lang: LANG, name: "a voice", localService: true }];
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => voices, cancel: () => {},
    speak: said => {
      window.spoken.push(said.text);
      setTimeout(() => said.onend && said.onend(), 80);
    },
  }});
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
"""
PLAYING = """() => new Promise(heard => {
  const look = () => window.heard.currentTime > 0.2 ? heard() : setTimeout(look, 50);
  look();
})"""


def look(page: Page, name: str) -> list[str]:
    """What axe finds; a picture when asked for."""
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
    return violations(page)


def choose(page: Page, words: str) -> None:
    """Ticks an answer of the question on the screen."""
    page.locator(".question:visible").get_by_text(words, exact=True).click()


def go_on(page: Page) -> None:
    """The next question."""
    page.locator(".question:visible").get_by_role("link", name="下一题").click()


@pytest.fixture
def talking(browser: Browser, house: str) -> Iterator[Page]:
    """A phone with a Chinese voice."""
    context = browser.new_context(
        base_url=house, viewport={"width": 390, "height": 844}, locale="zh-CN", is_mobile=True
    )
    context.add_init_script(VOICE.replace("LANG", '"zh-CN"'))
    yield context.new_page()
    context.close()


def test_from_the_codes_by_card_and_test_to_the_application(phone):
    found = []
    phone.goto("/")
    phone.get_by_role("link", name=re.compile("我能享受什么")).click()
    found += look(phone, "know")
    phone.get_by_role("link", name="生病花钱多").click()
    found += look(phone, "know-card")
    phone.get_by_role("link", name="先做一分钟自测").click()
    found += look(phone, "test-1")
    choose(phone, "城里（社区）")
    go_on(phone)
    phone.locator("#id_persons").fill("3")
    phone.locator("#id_minors").fill("1")
    found += look(phone, "test-2")
    go_on(phone)
    choose(phone, "2,000到3,000元")
    found += look(phone, "test-3")
    go_on(phone)
    choose(phone, "2,000到5,000元")
    found += look(phone, "test-4")
    go_on(phone)
    choose(phone, "没有")
    found += look(phone, "test-5")
    go_on(phone)
    choose(phone, "没有花")
    go_on(phone)
    found += look(phone, "test-7")
    go_on(phone)
    found += look(phone, "test-8")
    phone.get_by_role("button", name="看结果").click()
    found += look(phone, "test-result")

    expect(phone.locator("h1")).to_have_text("很可能有您能享受的")
    assert phone.locator(".verdict.possible").count() == 1
    phone.locator("main a.button.primary").click()
    expect(phone).to_have_url(re.compile(r"/apply/$"))
    found += look(phone, "test-apply")
    assert found == []


def test_one_question_is_on_the_screen_at_a_time_and_the_way_back_keeps_the_answers(phone):
    phone.goto("/know/test/")
    choose(phone, "农村（村）")
    go_on(phone)
    phone.locator("#id_persons").fill("4")
    go_on(phone)
    assert phone.locator(".question:visible").count() == 1

    phone.go_back()

    expect(phone.locator("#id_persons")).to_be_visible()
    expect(phone.locator("#id_persons")).to_have_value("4")
    phone.go_back()
    expect(phone.locator("input[name=area][value=rural]")).to_be_checked()


def test_back_from_the_answer_and_the_button_to_change_find_what_was_said(phone):
    phone.goto("/know/test/#q2")
    phone.locator("#id_persons").fill("2")
    phone.goto("/know/test/#q8")
    choose(phone, "突然出事：火灾、车祸、突发重病等")
    phone.get_by_role("button", name="看结果").click()
    expect(phone.locator("main")).to_contain_text("一次性的临时救助")

    phone.get_by_role("button", name="改一改答案").click()
    expect(phone.locator("#id_persons")).to_have_value("2")
    phone.go_back()
    phone.go_back()

    expect(phone.locator("input[value=urgent]")).to_be_checked()


def test_the_way_works_without_scripts(browser, house):
    context = browser.new_context(
        base_url=house,
        viewport={"width": 390, "height": 844},
        locale="zh-CN",
        java_script_enabled=False,
    )
    page = context.new_page()

    page.goto("/know/test/#q2")
    page.locator("#id_persons").fill("1")
    page.goto("/know/test/#q8")
    page.get_by_role("button", name="看结果").click()

    expect(page.locator("h1")).to_have_text("可能有您能享受的")
    assert page.locator("[data-doudi-listen]:visible").count() == 0
    context.close()


def test_a_phone_that_can_speak_reads_the_card_without_its_clauses(talking):
    talking.goto("/know/illness/")

    button = talking.locator("[data-doudi-listen]")
    button.click()
    expect(button).to_have_text(re.compile("停"))
    expect(button).to_have_text(re.compile("读给我听"))

    spoken = talking.evaluate("window.spoken")
    assert spoken[0] == "生病花钱多"
    assert any("重病的人每月另加标准的" in sentence for sentence in spoken)
    assert [sentence for sentence in spoken if "《" in sentence] == []
    assert look(talking, "know-speaking") == []


@pytest.mark.parametrize("path", ["/know/", "/know/test/", "/apply/"])
def test_the_button_is_there_where_the_phone_can_speak(talking, path):
    talking.goto(path)

    expect(talking.get_by_role("button", name="读给我听")).to_be_visible()


def test_a_phone_that_cannot_speak_plays_the_machines_recording_and_says_so(phone):
    phone.add_init_script(VOICE.replace("LANG", '"fr-FR"'))
    phone.add_init_script(
        "const real = window.Audio;"
        "window.Audio = function (a) { return window.heard = new real(a); };"
    )
    phone.goto("/help-now/")
    button = phone.locator("[data-doudi-listen]")
    expect(button).to_have_text(re.compile("读给我听.*机器朗读"))
    assert look(phone, "help-now-listen") == []

    button.click()

    expect(button).to_have_text(re.compile("停"))
    phone.evaluate(PLAYING)
    assert phone.evaluate("window.heard.duration") > 20
    button.click()
    assert phone.evaluate("window.heard.paused")


def test_text_is_large_and_may_be_made_smaller(phone):
    phone.goto("/know/")
    large = phone.evaluate("getComputedStyle(document.documentElement).fontSize")

    phone.get_by_role("button", name="标准字").click()

    assert large == "20px"
    assert phone.evaluate("getComputedStyle(document.documentElement).fontSize") == "18px"
    assert look(phone, "know-standard") == []


def test_a_first_load_weighs_less_than_sixty_kilobytes(phone):
    weights: list[int] = []
    phone.on("response", lambda r: weights.append(len(r.body())))

    phone.goto("/know/test/")
    phone.wait_for_load_state("networkidle")

    assert 0 < sum(weights) < 60_000
