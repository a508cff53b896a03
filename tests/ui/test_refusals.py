"""A refusal is a page: what happened, what to do, whom to call; in the frame of its door."""

import pytest
from django.http import Http404
from django.test import Client, RequestFactory

from doudi.kernel.errors import (
    Conflict,
    Invalid,
    Missing,
    NotAllowed,
    NotFound,
    TooMany,
    WrongStage,
)
from doudi.ui.refusals import Refusals

pytestmark = pytest.mark.django_db
REFUSALS = [
    (NotAllowed("case.view", "须由另一人办理"), 403),
    (NotFound("没有这个办件"), 404),
    (Http404(), 404),
    (WrongStage("accept", "accepted", "已经受理过"), 409),
    (Conflict("别人刚刚办理过"), 409),
    (Missing(["授权书"]), 422),
    (Invalid({"name": "请填写姓名"}), 422),
    (TooMany(30, "请等30秒"), 429),
]


def _page(error, path="/x/"):
    return Refusals(lambda r: None).process_exception(RequestFactory().get(path), error)


@pytest.mark.parametrize(("error", "status"), REFUSALS, ids=lambda x: type(x).__name__)
def test_each_refusal_has_its_status_and_says_whom_to_call(error, status):
    page = _page(error)

    assert page.status_code == status
    assert "12345" in page.content.decode()
    assert getattr(error, "sentence", "") in page.content.decode()


def test_everything_that_is_missing_is_listed():
    text = _page(Missing(["授权书", "居住证"])).content.decode()

    assert "<li>授权书</li><li>居住证</li>" in text


def test_too_many_says_when_to_come_again():
    assert _page(TooMany(30)).headers["Retry-After"] == "30"


def test_an_unforeseen_error_is_not_swallowed():
    assert _page(ZeroDivisionError()) is None


def test_what_somebody_typed_into_an_address_is_not_shown_back(client):
    text = client.get("/nothing/<script>alert(1)</script>/").content.decode()

    assert "<script>alert" not in text
    assert "没有找到" in text


def test_a_form_without_its_token_says_what_to_do():

    answer = Client(enforce_csrf_checks=True).post("/track/", {"secret": "x"})

    assert answer.status_code == 403
    assert "刷新再试" in answer.content.decode()
