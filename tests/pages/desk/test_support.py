"""Help besides money on the desk and at the charity's door: masked, scoped, few queries."""

from uuid import uuid4

import pytest

from doudi.accounts.permissions import Role
from doudi.audit.actor import Actor
from doudi.audit.models import Entry
from doudi.benefits.models import Award
from doudi.clock.time import now, today
from doudi.outbox.deliver import deliver_all
from doudi.support.actions.match import match
from doudi.support.actions.offer import offer
from doudi.support.actions.state_need import Lack, state_need
from doudi.support.models import Need, Pairing, Part
from tests.factories.cases import TOWN, case_at, staff
from tests.support.test_support import registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(clock, city):
    """A confirmed case."""
    return case_at("confirmed", clock)


def stated(case, *, with_name):
    """A need that the household stated."""
    applicant = Actor("citizen", case.application.phone_index, "")
    lack = Lack("heating", "一冬的煤", "own", with_name)
    return state_need(uuid4(), case.pk, lack, by=applicant, at=now())


@pytest.mark.parametrize("with_name", [False, True])
def test_name_and_phone_are_told_to_the_matched_group_only_where_it_was_agreed(
    case, town, sign_in, with_name
):
    group, other = registered(), registered("第二爱心社")
    need = stated(case, with_name=with_name)
    address = f"/desk/giving/{need.pk}/"
    before = sign_in(group).get(address).content.decode()
    made = offer(need.pk, "煤半吨", today(), by=group, at=now())
    match(made.pk, "goods", by=town.clerk, at=now())

    after = sign_in(group).get(address).content.decode()

    assert case.applicant_name not in before
    assert (case.applicant_name in after) is with_name
    assert sign_in(other).get(address).status_code == 404
    told = Entry.objects.filter(action="support.contact_revealed").count()
    assert told == int(with_name)


def test_the_towns_list_is_masked_and_asks_few_queries(
    case, town, sign_in, django_assert_max_num_queries
):
    stated(case, with_name=True)
    browser = sign_in(town.clerk)

    with django_assert_max_num_queries(12):
        page = browser.get("/desk/support/").content.decode()

    assert "取暖、煤炭" in page
    assert case.applicant_name not in page


def test_pair_need_and_part_are_written_on_the_households_own_page(case, town, sign_in):
    browser, address = sign_in(town.clerk), f"/desk/cases/{case.pk}/support/"
    pair = {"name": "王老师", "office": "村小学", "phone": "13900000001", "from_on": today()}
    need = {"token": uuid4(), "consent": "phoned", "kind": "food", "what": "米面"}
    part = {"token": uuid4(), "kind": "goods", "what": "大米20斤", "supplier": "镇政府"}
    part |= {"promised_on": today(), "value": "120.50"}

    answers = [
        browser.post(address, {"form": form} | told).status_code
        for form, told in (("pair", pair), ("need", need), ("part", part))
    ]

    assert answers == [302, 302, 302]
    assert Pairing.objects.get().helper == "王老师"
    assert Need.objects.get().consent == "phoned"
    assert Part.objects.get().value_fen == 12_050


def test_an_award_shows_goods_and_services_beside_the_money(
    case, town, sign_in, django_assert_max_num_queries
):
    part = {"token": uuid4(), "kind": "goods", "what": "大米20斤", "supplier": "镇政府"}
    part |= {"form": "part", "promised_on": today(), "value": "120.50"}
    browser = sign_in(town.clerk)
    browser.post(f"/desk/cases/{case.pk}/support/", part)
    deliver_all()
    address = f"/desk/awards/{Award.objects.get().pk}/"

    with django_assert_max_num_queries(19):  # five of them write the journal
        page = browser.get(address).content.decode()

    assert "1,670.00" in page
    assert "大米20斤" in page


def test_what_is_missing_is_said_in_its_own_form_and_nothing_is_kept(case, town, sign_in):
    answer = sign_in(town.clerk).post(
        f"/desk/cases/{case.pk}/support/", {"form": "need", "token": uuid4(), "kind": "food"}
    )

    assert answer.status_code == 422
    assert "请先问本人是否同意" in answer.content.decode()
    assert not Need.objects.exists()


def test_a_charity_without_registration_sees_an_explanation_and_no_need(case, sign_in):
    stated(case, with_name=False)
    nobody = staff("nobody", Role.CHARITY, TOWN[:6])

    page = sign_in(nobody).get("/desk/giving/").content.decode()

    assert "还没有登记的组织" in page
    assert "一冬的煤" not in page
