"""A phone in a resident's hand: proving it, filling in, signing."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from doudi.cases.models import Draft
from doudi.notices.models import Message
from tests.factories.cases import NUMBERS, VILLAGE, demo_database

PHONE = "12900000001"
WIFE = "12900000002"


@pytest.fixture
def demo(city: None) -> None:
    """A demonstration city: demo phones and numbers count."""
    demo_database()


def newest_message() -> str:
    """The text of the newest message."""
    return str(Message.objects.order_by("-created_at", "-next_try_at").first().text.open())


def newest_code() -> str:
    """The six digits that were sent last."""
    texts = [m.text.open() for m in Message.objects.filter(template="sms_code")]
    assert texts
    newest = max(Message.objects.filter(template="sms_code"), key=lambda m: m.created_at)
    return re.search(r"\d{6}", newest.text.open())[0]


def prove(client: Client, phone: str = PHONE, next_: str = "") -> None:
    """Phone and code."""
    client.get("/track/sign-in/", {"next": next_} if next_ else {})
    client.post("/track/sign-in/", {"phone": phone})
    client.post("/track/sign-in/code/", {"code": newest_code()})


@pytest.fixture
def phone(client: Client, demo: None) -> Client:
    """A browser whose phone is proved."""
    prove(client)
    return client


MEMBER = {
    "disability_kind": "",
    "disability_grade": "",
    "student": "none",
    "supporter": "able",
    "excluded": "",
}
SELF = {
    "name": "任建明",
    "id_number": NUMBERS["m1"],
    "address": "安置小区3号楼",
    "hukou": "here",
}
WIFE_MEMBER = MEMBER | {
    "relation": "spouse",
    "name": "周玉兰",
    "id_number": NUMBERS["m2"],
    "phone": WIFE,
}
CHILD_MEMBER = MEMBER | {
    "relation": "child",
    "name": "任小雪",
    "id_number": NUMBERS["m3"],
    "student": "high_school",
}
HOUSEHOLD = {
    "money_yuan": "3,000元",
    "home_kind": "rented",
    "home_metres": "62",
    "causes": ["disability", "study"],
    "reason": "视力残疾不能干活",
    "bank": "演示农商银行",
    "account": "6210 9900 0000 0000 012",
    "holder": "任建明",
}


@pytest.fixture
def filled(phone: Client) -> Client:
    """The Ren family's form, filled in page by page up to the signature."""
    phone.post("/apply/place/live/", {"code": VILLAGE})
    phone.post("/apply/2/", SELF)
    phone.post("/apply/family/new/", WIFE_MEMBER)
    phone.post("/apply/family/new/", CHILD_MEMBER)
    phone.post("/apply/3/")
    phone.post("/apply/money/m2/", {"income_wage": "27828", "expense_medical_own": "9600"})
    phone.post("/apply/4/")
    phone.post("/apply/5/", HOUSEHOLD)
    return phone


def draft() -> Draft:
    """The one draft."""
    return Draft.objects.get()


def declared() -> dict:
    """What it says so far."""
    return draft().declaration.open()


Sign = Callable[..., object]


def sign(client: Client, clock: object, **more: str) -> object:
    """Asks for the code of the signature a minute later and signs."""
    clock.shift(61)
    client.post("/apply/code/")
    form = {
        "draft": str(draft().pk),
        "agreed": "on",
        "name": "任建明",
        "code": newest_code(),
        "guardian_m3": "on",
        "phone_m2": WIFE,
    }
    return client.post("/apply/submit/", form | more)


@pytest.fixture
def submitted(filled: Client, clock: object) -> Client:
    """The Ren family's application, signed and submitted from the phone."""
    answer = sign(filled, clock)
    assert answer.status_code == 302
    return filled
