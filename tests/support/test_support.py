"""Help besides money: who sees what, who may, and that both sides say that it came."""

import datetime as dt
from uuid import uuid4

import pytest

from doudi.accounts.permissions import Role, may_join
from doudi.audit.actor import Actor
from doudi.clock.time import now, today
from doudi.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, WrongStage
from doudi.notices.models import Message
from doudi.support import queries
from doudi.support.actions.deliver_part import deliver_part
from doudi.support.actions.deny_help import deny_help
from doudi.support.actions.end_group import end_group
from doudi.support.actions.end_pairing import end_pairing
from doudi.support.actions.match import match
from doudi.support.actions.miss_part import miss_part
from doudi.support.actions.offer import offer
from doudi.support.actions.pair import Helper, pair
from doudi.support.actions.promise_part import Promise, promise_part
from doudi.support.actions.receive_part import receive_part
from doudi.support.actions.record_help import Done, record_help
from doudi.support.actions.register_group import Registered, register_group
from doudi.support.actions.state_need import Lack, state_need
from doudi.support.actions.take_back_need import take_back_need
from doudi.support.actions.withdraw_offer import withdraw_offer
from doudi.support.models import Need, Part
from tests.factories.cases import TOWN, VILLAGE, case_at, office, staff

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)


@pytest.fixture
def case(clock, city):
    """A confirmed case."""
    return case_at("confirmed", clock)


@pytest.fixture
def applicant(case):
    """Whoever applied, by his phone."""
    return Actor("citizen", case.application.phone_index, "")


def registered(name="演示爱心社", county=TOWN[:6]):
    """A group of the county with its account; gives the account."""
    speaker = staff(f"group.{name}.{county}".lower(), Role.CHARITY, county)
    officer = staff(f"officer.{name}.{county}", Role.COUNTY_OFFICER, county)
    told = Registered(county, name, "51610700MJ0000001X", speaker.account)
    register_group(told, by=officer, at=now())
    return speaker


def stated(case, applicant, **more):
    """Coal for the winter, stated by the household."""
    lack = Lack("heating", "一冬的煤", "own", **more)
    return state_need(uuid4(), case.pk, lack, by=applicant, at=now())


def matched(case, applicant, group):
    """The need with an offer that the town chose."""
    need = stated(case, applicant)
    made = offer(need.pk, "无烟煤半吨", today() + WEEK, by=group, at=now())
    return match(made.pk, "goods", by=office().clerk, at=now())


def test_from_the_need_to_the_coal_in_the_shed_both_sides_have_spoken(case, applicant):
    group = registered()
    part = matched(case, applicant, group)

    deliver_part(part.pk, by=group, at=now())
    receive_part(part.pk, by=applicant, at=now())

    kept = Part.objects.get()
    assert (kept.state, kept.receipt, kept.delivered_by) == ("received", "self", group.name)
    assert Need.objects.get().state == "met"
    assert Message.objects.filter(template="support_promised").count() == 1


def test_a_group_sees_the_needs_of_its_own_county_without_a_name(case, applicant):
    home, away = registered(), registered("外县爱心社", "610728")
    stated(case, applicant)

    seen = queries.needs_to_meet(queries.group_of(home))

    assert [n.kind for n in seen] == ["heating"]
    assert queries.needs_to_meet(queries.group_of(away)) == []


def test_a_need_taken_back_is_out_of_sight_at_once_and_its_promise_is_off(case, applicant):
    group = registered()
    part = matched(case, applicant, group)

    take_back_need(part.need_id, by=applicant, at=now())

    part.refresh_from_db()
    assert part.state == "cancelled"
    with pytest.raises(NotFound):
        queries.need_to_meet(queries.group_of(group), part.need_id)
    with pytest.raises(WrongStage):
        deliver_part(part.pk, by=group, at=now())


def test_of_two_groups_one_is_matched_and_the_other_is_told_to_look_again(case, applicant):
    one, two = registered(), registered("第二爱心社")
    need = stated(case, applicant)
    offers = [offer(need.pk, "煤半吨", today() + WEEK, by=g, at=now()) for g in (one, two)]

    match(offers[0].pk, "goods", by=office().clerk, at=now())
    with pytest.raises(WrongStage):
        match(offers[1].pk, "goods", by=office().reviewer, at=now())

    assert Part.objects.get().supplier == "演示爱心社"


def test_the_database_itself_holds_a_need_to_one_promise(case, applicant):
    group = registered()
    part = matched(case, applicant, group)
    Need.objects.update(state="open")

    with pytest.raises(Conflict):
        match(part.offer_id, "goods", by=office().clerk, at=now())

    assert Part.objects.count() == 1


def test_what_did_not_come_opens_the_need_again_and_may_come_after_all(case, applicant):
    group = registered()
    part = matched(case, applicant, group)
    deliver_part(part.pk, by=group, at=now())

    miss_part(part.pk, by=applicant, at=now())
    again = Need.objects.get().state
    receive_part(part.pk, "邻居老李", by=office().clerk, at=now())

    part.refresh_from_db()
    assert again == "open"
    assert (part.state, part.receipt, part.witness.open()) == ("received", "witness", "邻居老李")
    assert Need.objects.get().state == "met"


def test_a_witness_is_neither_the_officer_nor_who_brought_it(case, applicant):
    group = registered()
    part = matched(case, applicant, group)
    deliver_part(part.pk, by=group, at=now())
    clerk = office().clerk

    for name in (clerk.name, group.name, "演示爱心社", " "):
        with pytest.raises(Invalid):
            receive_part(part.pk, name, by=clerk, at=now())

    part.refresh_from_db()
    assert part.state == "delivered"


def test_another_resident_can_neither_state_nor_receive_nor_deny(case, applicant):
    part = matched(case, applicant, registered())
    made = paired(case)
    help_ = record_help(made.pk, visit(), by=office().clerk, at=now())
    stranger = Actor("citizen", "0" * 32, "")

    for deed in (
        lambda: stated(case, stranger),
        lambda: receive_part(part.pk, by=stranger, at=now()),
        lambda: miss_part(part.pk, by=stranger, at=now()),
        lambda: take_back_need(part.need_id, by=stranger, at=now()),
        lambda: deny_help(help_.pk, by=stranger, at=now()),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_a_group_cannot_deliver_for_another_nor_offer_in_another_county(case, applicant):
    part = matched(case, applicant, registered())
    other, away = registered("第二爱心社"), registered("外县爱心社", "610728")
    need = stated(case, applicant)

    with pytest.raises(NotFound):
        deliver_part(part.pk, by=other, at=now())
    with pytest.raises(NotFound):
        offer(need.pk, "煤半吨", today() + WEEK, by=away, at=now())


def test_an_officer_states_a_need_only_with_consent_and_never_as_the_person_himself(case):
    clerk = office().clerk

    for consent in ("", "own"):
        with pytest.raises(Invalid):
            state_need(uuid4(), case.pk, Lack("food", "米面", consent), by=clerk, at=now())
    made = state_need(uuid4(), case.pk, Lack("food", "米面", "phoned"), by=clerk, at=now())

    assert Need.objects.get() == made


def test_the_same_form_twice_is_one_need_and_one_part(case, applicant):
    ref, clerk = uuid4(), office().clerk
    lack, told = Lack("food", "米面", "own"), Promise("goods", "大米20斤", "镇政府", today())

    needs = [state_need(ref, case.pk, lack, by=applicant, at=now()) for _ in range(2)]
    parts = [promise_part(ref, case.pk, told, by=clerk, at=now()) for _ in range(2)]

    assert (needs[0], parts[0]) == (needs[1], parts[1])
    assert (Need.objects.count(), Part.objects.count()) == (1, 1)


def test_an_ended_group_offers_no_more_and_its_promise_is_looked_for_anew(case, applicant):
    group = registered()
    part = matched(case, applicant, group)
    officer = staff("county", Role.COUNTY_OFFICER, TOWN[:6])

    end_group(queries.group_of(group).pk, by=officer, at=now())

    part.refresh_from_db()
    assert (part.state, Need.objects.get().state) == ("cancelled", "open")
    with pytest.raises(NotAllowed):
        offer(part.need_id, "煤", today() + WEEK, by=group, at=now())


def test_an_offer_is_withdrawn_until_it_is_matched(case, applicant):
    group = registered()
    need = stated(case, applicant)
    offer(need.pk, "煤半吨", today() + WEEK, by=group, at=now())

    withdraw_offer(need.pk, by=group, at=now())
    again = offer(need.pk, "煤一吨", today() + WEEK, by=group, at=now())
    match(again.pk, "goods", by=office().clerk, at=now())

    with pytest.raises(WrongStage):
        withdraw_offer(need.pk, by=group, at=now())


def paired(case):
    """A helper from the village school."""
    helper = Helper("王老师", "村小学", "13900000001", today())
    return pair(case.pk, helper, by=office().clerk, at=now())


def visit(**more):
    """A visit of half an hour."""
    return Done(**({"kind": "visit", "on": today(), "minutes": 30, "what": "看望，送药"} | more))


def test_a_helper_is_named_records_what_he_did_and_the_household_may_deny_it(case, applicant):
    made = paired(case)
    help_ = record_help(made.pk, visit(), by=office().clerk, at=now())

    deny_help(help_.pk, by=applicant, at=now())

    help_.refresh_from_db()
    made.refresh_from_db()
    assert help_.denied_at is not None
    assert made.last_help_on == today()
    with pytest.raises(Conflict):
        paired(case)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"on": dt.date(2021, 1, 1)}, "on"),
        ({"on": dt.date(2035, 1, 1)}, "on"),
        ({"minutes": 0}, "minutes"),
        ({"what": " "}, "what"),
        ({"kind": "money"}, "kind"),
    ],
)
def test_a_line_that_cannot_be_is_named(case, more, field):
    made = paired(case)

    with pytest.raises(Invalid) as refusal:
        record_help(made.pk, visit(**more), by=office().clerk, at=now())

    assert set(refusal.value.fields) == {field}


def test_a_pair_without_a_record_is_asked_after_once_thirty_days_have_passed(case, clock):
    made, clerk = paired(case), office().clerk

    clock.shift(30 * 86_400)
    on_the_day = queries.quiet_pairings(clerk, today())
    clock.shift(86_400)
    after = queries.quiet_pairings(clerk, today())
    record_help(made.pk, visit(), by=clerk, at=now())

    assert on_the_day == []
    assert [p.pk for p in after] == [made.pk]
    assert queries.quiet_pairings(clerk, today()) == []
    end_pairing(made.pk, by=clerk, at=now())
    with pytest.raises(WrongStage):
        record_help(made.pk, visit(), by=clerk, at=now())


def test_what_is_owed_stands_on_the_towns_list_the_day_after(case, clock):
    clerk = office().clerk
    told = Promise("service", "每周做饭两次", "社工站", today() + WEEK, 20_000)
    promise_part(uuid4(), case.pk, told, by=clerk, at=now())

    clock.shift(7 * 86_400)
    on_the_day = queries.owed_parts(clerk, today())
    clock.shift(86_400)

    assert on_the_day == []
    assert [p.value_fen for p in queries.owed_parts(clerk, today())] == [20_000]
    assert queries.waiting(clerk, today()) == 1


def test_no_group_is_registered_for_an_officers_account_nor_twice_for_one(case):
    county = staff("county", Role.COUNTY_OFFICER, TOWN[:6])
    group = registered()

    clerks = Registered(TOWN[:6], "演示", "51", office().clerk.account)
    with pytest.raises(Invalid) as refusal:
        register_group(clerks, by=county, at=now())
    again = Registered(TOWN[:6], "另一个", "52", group.account)
    with pytest.raises(Conflict):
        register_group(again, by=county, at=now())

    assert set(refusal.value.fields) == {"account"}


def test_a_group_joins_no_other_post_and_the_town_sees_only_its_own(case, applicant):
    stated(case, applicant)
    away = staff("away", Role.TOWN_CLERK, "610728101")

    assert not may_join({Role.CHARITY, Role.TOWN_CLERK})
    assert queries.open_needs(away) == []
    assert [n.village for n in queries.open_needs(office().clerk)] == [VILLAGE]
