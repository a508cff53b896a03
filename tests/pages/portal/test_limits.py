"""Few queries, few bytes, no name in an address: every page a resident opens."""

import re

import pytest

from doudi.ui.access import registry
from tests.factories.cases import case_at
from tests.pages.portal.conftest import PHONE, prove

pytestmark = pytest.mark.django_db
APPLY = ("/apply/", *(f"/apply/{n}/" for n in range(2, 8)), "/apply/family/m2/", "/apply/money/m2/")
OPEN = ("/", "/know/", "/know/illness/", "/track/", "/notices/", "/track/sign-in/")
MOST_QUERIES, MOST_BYTES = 12, 60_000


@pytest.mark.parametrize("path", [*APPLY, *OPEN])
def test_a_page_asks_little_and_weighs_little(filled, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST_QUERIES):
        answer = filled.get(path)

    assert answer.status_code == 200
    assert len(answer.content) < MOST_BYTES


@pytest.mark.parametrize("path", ["", "{case}/", "{case}/withdraw/"])
@pytest.mark.parametrize("stage", ["accepted", "confirmed"])
def test_a_case_page_asks_little(path, stage, client, clock, city, django_assert_max_num_queries):
    case = case_at(stage, clock)
    prove(client, PHONE)

    with django_assert_max_num_queries(MOST_QUERIES):
        answer = client.get("/track/cases/" + path.format(case=case.pk))

    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/track/benefits/", "/track/consents/"])
def test_my_pages_ask_little(path, client, clock, city, django_assert_max_num_queries):
    case_at("confirmed", clock)
    prove(client, PHONE)

    with django_assert_max_num_queries(MOST_QUERIES):
        answer = client.get(path)

    assert answer.status_code == 200


def test_the_chosen_words_are_english_for_an_english_browser(filled):
    pages = [filled.get(p, headers={"accept-language": "en"}) for p in (*APPLY, *OPEN)]

    headings = [re.search(r"<h1>(.*?)</h1>", p.content.decode())[1] for p in pages]

    assert [h for h in headings if re.search("[\u4e00-\u9fff]", h) and h != "周玉兰"] == []


def test_no_address_of_the_portal_takes_a_name_or_a_number():
    taken = {
        name
        for route in registry()
        if route.name.startswith("portal:")
        for name in re.findall(r"<\w+:(\w+)>", route.path)
    }

    assert taken == {
        "key",
        "number",
        "which",
        "code",
        "case_id",
        "inquiry_id",
        "token",
        "secret",
        "consent_id",
        "mandate_id",
        "referral_id",
        "notice_id",
        "list_id",
        "matter_id",
        "proposal_id",
        "form",
        "mark",
        "receipt",
        "ticket",
    }
