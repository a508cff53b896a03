"""Messages: queued with the deed, tried again, failed aloud."""

import datetime as dt

import pytest

from doudi.notices import send as post
from doudi.notices.channels.base import NotSent
from doudi.notices.models import Message
from doudi.notices.queries import failed_count, inbox
from doudi.notices.texts import TEXTS

pytestmark = pytest.mark.django_db


class Broken:
    """A gateway that is away."""

    def send(self, to: str, text: str, reference: str) -> None:
        raise NotSent("no answer")


def a_message() -> Message:
    return post.send(
        "sms_code", to="12900000001", values={"code": "123456", "minutes": 5}, subject="draft:x"
    )


def test_a_queued_message_is_sent_and_shown_in_the_demo_box():
    a_message()

    post.send_due()

    assert Message.objects.get().state == "sent"
    assert "123456" in inbox()[0].text
    assert inbox()[0].to == "129****0001"


def test_without_a_phone_nothing_is_queued():
    nothing = post.send("withdrawn", to="", values={"number": "1"})

    assert nothing is None
    assert Message.objects.count() == 0


def test_a_message_no_gateway_takes_ends_as_failed_and_is_counted(monkeypatch, clock):
    monkeypatch.setattr(post, "channel", Broken)
    a_message()

    for _ in range(post.ATTEMPTS):
        post.send_due()
        clock.shift(dt.timedelta(days=1))

    assert Message.objects.get().state == "failed"
    assert failed_count() == 1


def test_a_message_another_worker_took_is_not_sent_twice(monkeypatch):
    sent: list[str] = []

    class Counting:
        def send(self, to: str, text: str, reference: str) -> None:
            sent.append(reference)
            post.send_due()  # a second worker comes by in the middle

    monkeypatch.setattr(post, "channel", Counting)
    a_message()

    post.send_due()

    assert len(sent) == 1


def test_of_two_workers_that_read_the_same_message_one_sends_it():
    sent: list[str] = []

    class Busy:
        def send(self, to: str, text: str, reference: str) -> None:
            sent.append(reference)
            raise NotSent("busy")

    first, second = a_message(), Message.objects.get()

    post._send_one(Busy(), first)
    post._send_one(Busy(), second)

    assert len(sent) == 1


def test_every_text_exists_in_both_languages():
    assert all(set(texts) == {"zh", "en"} for texts in TEXTS.values())
