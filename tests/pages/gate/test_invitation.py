"""The one-time link as a page."""

import pytest

from doudi.accounts.figures.totp import code_at, step_at
from doudi.accounts.models import Invitation, Staff
from doudi.clock.time import real_now
from tests.pages.gate.conftest import try_password

pytestmark = pytest.mark.django_db
NEW = "a garden in the rain"


def _secret():
    return Invitation.objects.get(staff__account="qili.clerk").totp_secret.open()


def _form(**changes):
    form = {"password": NEW, "again": NEW, "code": code_at(_secret(), step_at(real_now()))}
    return form | changes


def test_the_page_shows_the_name_the_secret_and_a_drawn_code(client, invited):
    _staff, token = invited

    text = client.get(f"/invite/{token}/").content.decode()

    assert "李经办" in text
    assert _secret()[:4] in text
    assert "<svg" in text
    assert "<script" not in text.split("<svg")[1].split("</svg>")[0]


def test_opening_the_link_many_times_uses_nothing_up(client, invited):
    _staff, token = invited
    for _look in range(3):
        client.get(f"/invite/{token}/")

    answer = client.post(f"/invite/{token}/", _form())

    assert (answer.status_code, answer.url) == (302, "/sign-in/")
    assert try_password(client, password=NEW).url == "/sign-in/code/"


def test_the_page_does_not_look_as_if_the_invited_person_were_signed_in(client, invited):
    _staff, token = invited

    text = client.get(f"/invite/{token}/").content.decode()

    assert "/sign-out/" not in text


def test_a_used_link_and_an_unknown_one_answer_alike(client, invited):
    _staff, token = invited
    client.post(f"/invite/{token}/", _form())

    used = client.get(f"/invite/{token}/")
    unknown = client.get("/invite/" + "x" * 32 + "/")

    assert used.status_code == unknown.status_code == 404


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"password": "short", "again": "short"}, "12"),
        ({"password": "password1234", "again": "password1234"}, "密码"),
        ({"again": "something else 1"}, "两次输入不一致"),
        ({"code": "000000"}, "验证码不对"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_set(client, invited, changes, says):
    staff, token = invited

    answer = client.post(f"/invite/{token}/", _form(**changes))

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Staff.objects.get(pk=staff.pk).has_usable_password()


def test_the_password_is_not_sent_back_in_the_page(client, invited):
    _staff, token = invited

    answer = client.post(f"/invite/{token}/", _form(code="000000"))

    assert NEW not in answer.content.decode()
