"""Residents see what became of their award, appeal against a cut, and read each part of an aid."""

import datetime as dt

import pytest
from django.test import Client

from doudi.accounts.permissions import Role
from doudi.audit.actor import SYSTEM
from doudi.benefits.actions.change_award import Change, change_award
from doudi.benefits.actions.plan_parts import Part, agree_parts, plan_parts
from doudi.benefits.models import Award
from doudi.clock.time import now
from doudi.outbox.deliver import deliver_all
from doudi.redress.actions.answer_change_appeal import answer_change_appeal
from doudi.redress.models import ChangeAppeal
from tests.factories.cases import case_at, staff
from tests.pages.portal.conftest import prove
from tests.pages.portal.test_limits import PHONE

pytestmark = pytest.mark.django_db
WORDS = {"text": "我家的收入没有那么多，请再看一次", "asks_hold": "on"}


@pytest.fixture
def cut(clock, city):
    """The Ren family's 1,670.00 become 1,470.00 from July on."""
    case = case_at("confirmed", clock)
    award = Award.objects.get(case_id=case.pk)
    less = (("2022-07", award.base_fen - 20_000, award.top_up_fen),)
    told = Change("adjust", "2022-07", award.monthly_fen, less, reason="means")
    return change_award(award.pk, told, by=SYSTEM, at=now())


def test_the_household_appeals_from_its_phone_and_reads_the_answer(cut, client):
    prove(client, PHONE)
    address = f"/track/appeals/{cut.pk}/"
    assert address in client.get("/track/benefits/").content.decode()

    client.post(address, WORDS)
    deliver_all()

    made = ChangeAppeal.objects.get()
    assert (made.matter_id, made.asks_hold, made.office) == (cut.pk, True, "610702")
    officer = staff("page.county", Role.COUNTY_OFFICER, "610702")
    answer_change_appeal(made.pk, False, "核实工资单后，原核定没有错。", by=officer, at=now())
    page = client.get(address).content.decode()
    assert "原核定没有错" in page
    assert "15天内可以向法院起诉" in page
    assert "维持原决定" in client.get("/track/benefits/").content.decode()


def test_another_phone_finds_no_such_change(cut):
    stranger = Client()
    prove(stranger, "12900009999")

    answers = [
        stranger.get(f"/track/appeals/{cut.pk}/"),
        stranger.post(f"/track/appeals/{cut.pk}/"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert not ChangeAppeal.objects.exists()


def test_too_few_words_are_told_beside_the_field(cut, client):
    prove(client, PHONE)

    answer = client.post(f"/track/appeals/{cut.pk}/", {"text": "不服"})

    assert (answer.status_code, "请写得再具体一点" in answer.content.decode()) == (422, True)


def test_each_part_of_an_aid_is_read_with_its_condition(clock, city, client):
    case = case_at("confirmed", clock)
    mine = Award.objects.filter(case_id=case.pk)
    mine.update(monthly_fen=0, base_fen=0, top_up_fen=0, once_fen=300_000, end_month="2022-06")
    award = mine.get()
    clerk = staff("page.clerk", Role.TOWN_CLERK, award.town)
    head = staff("page.head", Role.TOWN_HEAD, award.town)
    plan = [Part("2022-06", 100_000), Part("2022-07", 200_000, "出院结算单交来")]
    plan_parts(award.pk, plan, by=clerk, at=now())
    agree_parts(award.pk, by=head, at=now())
    deliver_all()
    clock.shift(dt.timedelta(days=1))
    prove(client, PHONE)

    page = client.get("/track/benefits/").content.decode()

    assert "出院结算单交来" in page
    assert "等待条件" in page
    assert "2,000.00" in page
