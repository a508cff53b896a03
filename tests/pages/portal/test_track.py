"""Following an application: by secret or phone, own ones only, and what can be done about it."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from doudi.audit.actor import SYSTEM
from doudi.cases.models import Case, Supplement
from doudi.clock.time import now
from doudi.urgent.actions.raise_help import Told, raise_help
from tests.factories.cases import NUMBERS, case_at, demo_database
from tests.pages.portal.conftest import PHONE, prove

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted(client, clock, city):
    """The Ren family's accepted case, and its phone."""
    case = case_at("accepted", clock)
    prove(client, PHONE)
    return client, case


def _without_token(text):
    return re.sub(r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", text)


def _called(phone):
    demo_database()
    told = Told("illness", "610702008", phone, "任建明")
    return raise_help(uuid4(), told, by=SYSTEM, at=now())


def _secret(case):
    return case.application.tracking.open()


def test_the_printed_code_opens_the_way_of_the_case_masked(client, clock, city):
    case = case_at("accepted", clock)

    text = client.get(f"/q/{_secret(case)}").content.decode()

    assert "已受理" in text
    assert "2022年5月30日" in text
    personal = ["任建明", "周玉兰", *NUMBERS.values(), PHONE, "视力"]
    assert [p for p in personal if p in text] == []


def test_the_typed_secret_leads_to_the_same_page(client, clock, city):
    case = case_at("accepted", clock)

    answer = client.post("/track/", {"secret": f" {_secret(case)} "})

    assert answer.url == f"/q/{_secret(case)}"


def test_the_code_of_a_call_for_help_leads_to_its_receipt(client, city):
    call = _called(PHONE)

    answer = client.post("/track/", {"secret": f"{call.ticket.open()} "})

    assert answer.url == f"/help-now/{call.ticket.open()}/"


def test_a_code_of_neither_finds_nothing(client, city):
    _called(PHONE)

    answer = client.post("/track/", {"secret": "nothing"})

    assert answer.status_code == 422
    assert "没有查到，请核对查询码" in answer.content.decode()


def test_a_phone_sees_its_own_calls_for_help_and_nobody_elses(accepted, clock):
    client, _case = accepted
    own, other = _called(PHONE), _called("12900000099")

    page = client.get("/track/cases/").content.decode()

    assert own.ticket.open() in page
    assert other.ticket.open() not in page


def test_wrong_and_unknown_secrets_answer_alike(client, clock, city):
    case = case_at("accepted", clock)

    secret = _secret(case)
    near, far = f"/q/{secret[:-1]}{'y' if secret.endswith('x') else 'x'}", "/q/nothing"
    answers = [client.get(path) for path in (near, far)]

    texts = [a.content.decode().replace(near, "").replace(far, "") for a in answers]
    assert [a.status_code for a in answers] == [404, 404]
    assert _without_token(texts[0]) == _without_token(texts[1])


def test_the_public_number_opens_nothing(client, clock, city):
    case = case_at("accepted", clock)

    assert client.get(f"/q/{case.number}").status_code == 404


def test_secrets_are_guessed_sixty_times_an_hour_at_most(client, city):
    states = [client.get(f"/q/guess{number}").status_code for number in range(61)]

    assert states == [404] * 60 + [429]


def test_a_phone_sees_its_own_cases_and_nobody_elses(accepted, clock):
    client, case = accepted
    clock.shift(61)
    other = Client()
    prove(other, "12900000099")

    assert client.get(f"/track/cases/{case.pk}/").status_code == 200
    pages = ("", "papers/", "withdraw/")
    states = [other.get(f"/track/cases/{case.pk}/{page}").status_code for page in pages]
    assert states == [404, 404, 404]
    assert other.get(f"/apply/receipt/{case.pk}/").status_code == 404


def test_withdrawing_needs_a_reason_and_ends_the_case(accepted):
    client, case = accepted

    without = client.post(f"/track/cases/{case.pk}/withdraw/", {})
    with_ = client.post(f"/track/cases/{case.pk}/withdraw/", {"reason": "不再需要"})

    case.refresh_from_db()
    assert (without.status_code, with_.status_code) == (422, 302)
    assert case.stage == "withdrawn"


def test_withdrawing_is_offered_only_while_the_case_is_open(accepted):
    client, case = accepted
    client.post(f"/track/cases/{case.pk}/withdraw/", {"reason": "不再需要"})

    text = client.get(f"/track/cases/{case.pk}/").content.decode()
    again = client.post(f"/track/cases/{case.pk}/withdraw/", {"reason": "不再需要"})

    assert "/withdraw/" not in text
    assert again.status_code == 409


def test_everything_that_is_missing_is_told_and_can_be_added(client, clock, city):
    case = case_at("awaiting_papers", clock)
    prove(client, PHONE)

    page = client.get(f"/track/cases/{case.pk}/").content.decode()
    answer = client.post(f"/track/cases/{case.pk}/papers/", {"note": "已拍照"})

    wanted = Supplement.objects.get(case=case)
    case.refresh_from_db()
    assert all(item["what"] in page for item in wanted.items)
    assert answer.status_code == 302
    assert (case.stage, wanted.answered_at is not None) == ("submitted", True)


def test_papers_are_taken_only_when_they_were_asked_for(accepted):
    client, case = accepted

    assert client.get(f"/track/cases/{case.pk}/papers/").status_code == 409


def test_the_benefit_shows_amount_formula_and_account_tail(client, clock, city):
    case_at("confirmed", clock)
    prove(client, PHONE)

    text = client.get("/track/benefits/").content.decode()

    assert "1,670.00" in text
    assert "2022-06" in text
    assert "尾号0012" in text
    assert "6210990000000000012" not in text


def test_before_a_decision_there_is_no_benefit_and_the_page_says_what_will_be(accepted):
    client, _case = accepted

    text = client.get("/track/benefits/").content.decode()

    assert "现在没有在发的待遇" in text


def test_who_asked_about_me_is_shown(accepted):
    client, _case = accepted

    text = client.get("/track/consents/").content.decode()

    assert "HD220509" in text


def test_a_receipt_can_be_looked_at_again(accepted):
    client, case = accepted

    text = client.get(f"/apply/receipt/{case.pk}/").content.decode()

    assert _secret(case) in text
    assert Case.objects.count() == 1
