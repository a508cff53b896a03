"""Signing and submitting: own name, fresh code, a guardian for children, a link for adults."""

import re

import pytest
from django.test import Client

from doudi.cases.models import Case
from doudi.notices.models import Message
from doudi.verification.models import Consent
from tests.pages.portal.conftest import WIFE, declared, draft, newest_code, prove, sign

pytestmark = pytest.mark.django_db


def _link() -> str:
    texts = [m.text.open() for m in Message.objects.filter(template="family_link")]
    return re.search(r"/apply/sign/[\w-]+/", texts[-1])[0]


def _wife_signs(clock, name="周玉兰"):
    clock.shift(61)
    browser, link = Client(), _link()
    browser.post(f"{link}code/")
    form = {"agreed": "on", "name": name, "code": newest_code()}
    return browser, link, browser.post(link, form)


def test_signing_submits_and_shows_number_promise_and_secret(filled, clock):
    answer = sign(filled, clock)
    text = filled.get(answer.url).content.decode()

    case = Case.objects.get()
    assert case.application.tracking.open() in text
    assert "15个工作日" in text
    assert 'class="qr"' in text


def test_the_same_draft_pressed_twice_gives_the_same_receipt(filled, clock):
    pressed = str(draft().pk)
    first = sign(filled, clock)

    second = filled.post("/apply/submit/", {"draft": pressed})

    assert first.url == second.url
    assert Case.objects.count() == 1


def test_a_wrong_code_submits_nothing_and_loses_nothing(filled, clock):
    answer = sign(filled, clock, code="abcdef")

    assert answer.status_code == 422
    assert 'value="任建明"' in answer.content.decode()
    assert Case.objects.count() == 0


def test_the_signature_is_the_own_name(filled, clock):
    answer = sign(filled, clock, name="周玉兰")

    assert answer.status_code == 422
    assert Case.objects.count() == 0


def test_nobody_submits_another_phones_draft(filled, clock):
    theirs = str(draft().pk)
    clock.shift(61)
    thief = Client()
    prove(thief, "12900000099")

    answer = thief.post("/apply/submit/", {"draft": theirs})

    assert answer.status_code == 404


def test_an_unfinished_form_cannot_be_signed_and_says_what_is_missing(phone, clock):
    page = phone.get("/apply/7/").content.decode()

    assert "请选择现在住的村" in page
    assert 'name="agreed"' not in page


def test_the_applicant_signs_for_himself_and_for_the_child_not_for_the_wife(submitted):
    signed = dict(Consent.objects.values_list("member_key", "manner"))

    assert signed == {"m1": "code", "m3": "guardian"}


def test_the_wife_gets_a_link_that_shows_only_a_masked_name_and_the_text(submitted):
    text = Client().get(_link()).content.decode()

    assert "任*明" in text
    secrets = ("任建明", "任小雪", "视力残疾", WIFE, "27828")
    assert [s for s in secrets if s in text] == []


def test_the_wife_signs_with_her_own_phone_and_the_link_is_used_up(submitted, clock):
    browser, link, answer = _wife_signs(clock)

    assert answer.status_code == 200
    assert Consent.objects.get(member_key="m2").signed_by == "周玉兰"
    assert browser.get(link).status_code == 404


def test_the_applicants_code_does_not_sign_for_the_wife(submitted, clock):
    clock.shift(61)
    Client().post(f"{_link()}code/")
    clock.shift(1)
    submitted.post("/track/leave/")
    submitted.post("/track/sign-in/", {"phone": "12900000001"})

    answer = Client().post(_link(), {"agreed": "on", "name": "周玉兰", "code": newest_code()})

    assert answer.status_code == 422
    assert not Consent.objects.filter(member_key="m2").exists()


def test_a_link_ends_after_seven_days(submitted, clock):
    clock.shift(7 * 24 * 3600 + 1)

    assert Client().get(_link()).status_code == 404


def test_a_new_link_ends_the_old_one(submitted, clock):
    old = _link()
    case = Case.objects.get()
    clock.shift(61)

    submitted.post(f"/track/cases/{case.pk}/link/m2/")

    assert _link() != old
    assert Client().get(old).status_code == 404


def test_the_stroke_is_kept_as_points_and_rubbish_as_none(filled, clock):
    sign(filled, clock, stroke="[[[1,2],[3,4]]]")

    stroke = Consent.objects.get(member_key="m1").evidence.open()["stroke"]

    assert stroke == [[[1, 2], [3, 4]]]
    assert declared()["applicant"]["name"] == "任建明"
