"""急事求助: one page without scripts or sign-in, and a receipt that says who comes by when."""

import datetime as dt
from uuid import uuid4

import pytest

from doudi.cases.models import Draft
from doudi.clock.time import CHINA, now
from doudi.kernel.errors import WrongStage
from doudi.outbox.deliver import deliver_all
from doudi.portal import declaration as shape
from doudi.regions.models import Region
from doudi.regions.queries import villages_of
from doudi.urgent.actions.ring_on import ring_on
from doudi.urgent.actions.sign import sign
from doudi.urgent.actions.start_application import start_application
from doudi.urgent.models import HelpCall
from tests.pages.portal.conftest import prove
from tests.urgent.conftest import PHONE, desk, proposed, roster, visited

pytestmark = pytest.mark.django_db
TOWN = "610722101"
__all__ = ["desk", "roster"]
FORM = {
    "kind": "illness",
    "region": TOWN,
    "phone": "129 0000 0021",
    "name": "张德福",
    "what": "住院押金交不起",
    "needed": "86,000元",
    "persons": "3",
    "channel": "self",
}


def send(client, **more):
    """The form as it is filled in, with the mark of its page."""
    return client.post("/help-now/", FORM | {"token": str(uuid4())} | more)


@pytest.fixture
def night(demo, clock):
    """A Tuesday at 22:40."""
    clock.move_to(dt.datetime(2022, 3, 15, 22, 40, tzinfo=CHINA))


def test_a_few_fields_bring_a_number_and_say_who_comes_by_when(client, night):
    answer = send(client)

    page = client.get(answer["Location"]).content.decode()
    call = HelpCall.objects.get()
    assert answer.status_code == 302
    assert "22:50" in page
    assert "2022年3月16日" in page
    assert call.phone.open() == "12900000021"
    assert call.needed_fen == 8_600_000
    assert "张德福" not in page
    assert "12900000021" not in page + answer["Location"]


def test_neither_an_id_number_nor_a_hukou_is_asked(client, night):
    page = client.get("/help-now/").content.decode()

    assert "身份证号" not in page
    assert "户口在" not in page
    assert len(page.encode()) < 60_000


def test_the_page_of_a_town_shows_its_duty_phone_at_once(client, night):
    Region.objects.filter(pk=f"{TOWN}000").update(office_phone="0916-0000123")

    page = client.get(f"/help-now/at/{TOWN}/").content.decode()

    assert 'href="tel:0916-0000123"' in page
    assert f'<option value="{TOWN}" selected>' in page


def test_pressing_twice_asks_once(client, night):
    token = str(uuid4())

    answers = [send(client, token=token), send(client, token=token)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert HelpCall.objects.count() == 1


def test_what_was_typed_stays_when_something_is_wrong(client, night):
    answer = send(client, phone="123", channel="neighbour")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请填写11位手机号" in page
    assert "住院押金交不起" in page
    assert not HelpCall.objects.exists()


def test_whoever_helps_another_says_who_he_is(client, night):
    answer = send(client, channel="neighbour")

    assert answer.status_code == 422
    assert "请写上代为求助的人的姓名" in answer.content.decode()


def test_after_five_calls_from_one_phone_the_page_gives_the_number_to_dial(client, night):
    for _ in range(5):
        send(client)

    answer = send(client)

    assert answer.status_code == 422
    assert "tel:" in answer.content.decode()
    assert HelpCall.objects.count() == 5


def test_a_wrong_receipt_finds_nothing(client, night):
    assert client.get("/help-now/AAAAAAAAAAAAAAAA/").status_code == 404


def test_pages_need_few_queries(client, night, django_assert_max_num_queries):
    address = send(client)["Location"]
    deliver_all()

    with django_assert_max_num_queries(12):
        client.get("/help-now/")
    with django_assert_max_num_queries(12):
        client.get(address)


def test_the_receipt_names_the_next_officer_when_the_first_does_not_answer(client, night, clock):
    address = send(client)["Location"]
    clock.shift(dt.timedelta(minutes=11))

    ring_on(at=now())

    assert "23:01" in client.get(address).content.decode()


def test_the_way_in_stands_on_the_first_page(client, city):
    assert 'href="/help-now/"' in client.get("/").content.decode()


def test_an_application_may_be_prefilled_and_is_the_callers_to_read_and_sign(client, roster, clock):
    call = visited(roster, clock)
    sign(proposed(call, roster.clerk).pk, version=None, by=roster.officer, at=now())

    start_application(call.pk, by=roster.clerk, at=now())

    kept = Draft.objects.get()
    assert kept.declaration.open().keys() == shape.blank(PHONE).keys()
    assert kept.declaration.open()["members"][0].keys() == shape.member("m1").keys()
    assert kept.declaration.open()["applicant"].keys() == shape.blank("")["applicant"].keys()
    assert kept.submitted_at is None
    village = villages_of("610722101")[0].code
    prove(client, PHONE, "/apply/2/")
    client.post("/apply/place/live/", {"code": village})
    assert 'value="张德福"' in client.get("/apply/2/").content.decode()


def test_where_a_neighbour_called_nothing_is_prefilled_under_the_neighbours_phone(roster, clock):
    call = visited(roster, clock, channel="neighbour", helper="王邻居")
    sign(proposed(call, roster.clerk).pk, version=None, by=roster.officer, at=now())

    with pytest.raises(WrongStage):
        start_application(call.pk, by=roster.clerk, at=now())
    assert not Draft.objects.exists()
