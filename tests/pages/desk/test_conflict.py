"""P4 on the screen: whoever comes second sees who came first, and loses nothing he typed."""

import pytest

from tests.factories.cases import case_at

pytestmark = pytest.mark.django_db
WORDS = "经审核情况属实，拟同意，这段话写了很久。"


def test_a_second_officer_sees_who_did_what_and_keeps_his_words(clock, town, sign_in):
    case = case_at("assessed", clock)
    old = case.version
    panel = {"on": "2022-05-09", "attendees": "甲 乙 丙", "minutes": "同意", "version": old}
    sign_in(town.clerk).post(f"/desk/cases/{case.pk}/act/record_panel/", panel)

    answer = sign_in(town.reviewer).post(
        f"/desk/cases/{case.pk}/act/review/", {"version": old, "text": WORDS}
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert town.clerk.name in page
    assert "会议研究" in page
    assert WORDS in page
    assert f'name="version" value="{old + 1}"' in page


def test_pressing_again_after_looking_does_the_deed(clock, town, sign_in):
    case = case_at("assessed", clock)
    browser = sign_in(town.reviewer)
    stale = {"version": case.version - 1, "text": WORDS}
    browser.post(f"/desk/cases/{case.pk}/act/review/", stale)

    answer = browser.post(
        f"/desk/cases/{case.pk}/act/review/", {"version": case.version, "text": WORDS}
    )

    case.refresh_from_db()
    assert answer.status_code == 302
    assert case.stage == "reviewed"


def test_a_step_that_is_no_longer_legal_keeps_the_words_and_offers_no_button(clock, town, sign_in):
    case = case_at("reviewed", clock)

    answer = sign_in(town.reviewer).post(
        f"/desk/cases/{case.pk}/act/review/", {"version": case.version - 1, "text": WORDS}
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert WORDS in page
    assert "这一步已经不能办" in page
    assert '<button class="button primary">' not in page
