"""Public notices: masked, for their days only, and open to objections without a name."""

import datetime as dt

import pytest

from doudi.audit.models import Entry
from doudi.cases.models import Objection, PublicNotice
from tests.factories.cases import NUMBERS, case_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(clock, city):
    """The Ren family's hanging notice."""
    return PublicNotice.objects.get(case=case_at("noticed", clock))


def test_a_notice_shows_masked_name_village_programme_and_amount_only(client, notice):
    text = client.get("/notices/").content.decode()

    assert "任*明" in text
    assert "1,670.00" in text
    personal = ["任建明", "周玉兰", "任小雪", "12900000001", *NUMBERS.values(), "视力", "501室"]
    assert [p for p in personal if p in text] == []


def test_it_is_gone_when_its_days_are_over(client, notice, clock):
    clock.shift(dt.timedelta(days=8))

    text = client.get("/notices/").content.decode()

    assert "任*明" not in text
    assert client.get(f"/notices/{notice.pk}/object/").status_code == 404


def test_an_objection_arrives_without_a_name(client, notice):
    answer = client.post(
        f"/notices/{notice.pk}/object/", {"text": "他家有一辆小汽车", "contact": ""}
    )

    objection = Objection.objects.get()
    assert answer.status_code == 200
    assert objection.text.open() == "他家有一辆小汽车"
    assert not objection.contact


def test_nothing_in_the_journal_tells_who_objected(client, notice):
    client.post(f"/notices/{notice.pk}/object/", {"text": "他家有一辆小汽车", "contact": "王某某"})

    entries = Entry.objects.filter(action__contains="object")

    told = " ".join(f"{e.actor_id}{e.actor_name}{e.detail}{e.purpose}" for e in entries)
    assert "127.0.0.1" not in told
    assert "王某某" not in told


@pytest.mark.parametrize("text", ["", "不对", "长" * 2001])
def test_an_objection_says_something_and_not_a_book(client, notice, text):
    answer = client.post(f"/notices/{notice.pk}/object/", {"text": text})

    assert answer.status_code == 422
    assert Objection.objects.count() == 0


def test_one_address_objects_ten_times_a_day_at_most(client, notice):
    form = {"text": "他家有一辆小汽车"}
    states = [
        client.post(f"/notices/{notice.pk}/object/", form).status_code for _number in range(11)
    ]

    assert states == [200] * 10 + [429]
