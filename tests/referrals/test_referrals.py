"""转介: the facts suggest, the officer chooses, the household agrees, somebody asks after it."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from doudi.accounts.permissions import Role
from doudi.audit.actor import Actor
from doudi.audit.models import Entry
from doudi.clock.time import now, today
from doudi.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, WrongStage
from doudi.notices.models import Message
from doudi.referrals import queries
from doudi.referrals.actions.answer_referral import Answer, answer_referral
from doudi.referrals.actions.refer import Asked, refer
from doudi.referrals.actions.remind import remind
from doudi.referrals.actions.stop_referral import stop_referral
from doudi.referrals.models import Referral
from tests.factories.cases import case_at, office, staff, submitted

pytestmark = pytest.mark.django_db
ASKED = Asked("medical", "present", "每周透析三次，想办医疗救助。")
ANSWER = Answer("given", "已纳入重特大疾病救助，按比例报销。", "医保局李科长")


@pytest.fixture
def assessed(clock, city):
    """The Ren family's case after the assessment."""
    return case_at("assessed", clock)


def hand_on(case, asked=ASKED, **more):
    told = {"by": office().clerk, "at": now()} | more
    return refer(told.pop("form", uuid4()), case.pk, asked, **told)


def told(template):
    return list(Message.objects.filter(template=template))


def test_the_facts_suggest_departments_and_choose_none(assessed):
    found = queries.chances([], assessed.facts.open(), today())

    suggested = {c.department.key: c.grounds for c in found if c.grounds}
    assert "in_school" in suggested["education"]
    assert len(found) == 5
    assert Referral.objects.count() == 0


def test_a_family_that_agrees_is_handed_on_and_told(assessed):
    made = hand_on(assessed)

    assert (made.state, made.county) == ("open", assessed.county)
    assert made.due_on > today()
    text = told("referred")[0].text.open()
    assert "医疗保障局" in text
    assert str(made.due_on) in text
    entry = Entry.objects.get(action="referral.made")
    assert entry.detail == {"department": "medical", "consent": "present"}


def test_a_form_sent_twice_is_one_referral(assessed):
    form = uuid4()

    first, again = hand_on(assessed, form=form), hand_on(assessed, form=form)

    assert (first.pk, Referral.objects.count()) == (again.pk, 1)


def test_a_department_that_owes_an_answer_is_not_asked_twice(assessed):
    hand_on(assessed)

    with pytest.raises(Conflict):
        hand_on(assessed)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (Asked("medical", "", "想办医疗救助"), "consent"),
        (Asked("tax", "present", "想办医疗救助"), "department"),
        (Asked("medical", "present", " "), "what"),
    ],
)
def test_without_consent_department_or_words_nobody_is_handed_on(assessed, asked, field):
    with pytest.raises(Invalid) as refused:
        hand_on(assessed, asked)

    assert set(refused.value.fields) == {field}
    assert Referral.objects.count() == 0


def test_before_the_assessment_nobody_is_handed_on(clock, city):
    case = submitted()

    with pytest.raises(WrongStage):
        hand_on(case)


def test_another_town_does_not_hand_it_on(assessed):
    with pytest.raises(NotAllowed):
        hand_on(assessed, by=office("610725101").clerk)


def test_the_answer_ends_it_and_the_family_hears(assessed):
    made = hand_on(assessed)

    ended = answer_referral(made.pk, ANSWER, by=office().reviewer, at=now())

    assert (ended.state, ended.ended_by) == ("given", office().reviewer.name)
    assert ended.answer.open() == ANSWER.text
    assert len(told("referral_answered")) == 1
    with pytest.raises(WrongStage):
        answer_referral(made.pk, ANSWER, by=office().reviewer, at=now())


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (Answer("lost", ANSWER.text, ANSWER.who), "outcome"),
        (Answer("given", " ", ANSWER.who), "text"),
        (Answer("given", ANSWER.text, ""), "who"),
    ],
)
def test_an_answer_says_what_and_who(assessed, answer, field):
    made = hand_on(assessed)

    with pytest.raises(Invalid) as refused:
        answer_referral(made.pk, answer, by=office().clerk, at=now())

    assert set(refused.value.fields) == {field}


def test_who_changes_his_mind_stops_it_on_his_own_page(assessed):
    made = hand_on(assessed)
    owner = Actor("citizen", assessed.application.phone_index, "")

    stopped = stop_referral(made.pk, by=owner, at=now())

    assert stopped.state == "stopped"
    assert Entry.objects.get(action="referral.stopped").actor_kind == "citizen"


def test_nobody_else_stops_it(assessed):
    made = hand_on(assessed)

    with pytest.raises(NotAllowed):
        stop_referral(made.pk, by=Actor("citizen", "someone else", ""), at=now())
    with pytest.raises(NotAllowed):
        stop_referral(made.pk, by=office("610725101").clerk, at=now())


def test_what_a_department_owes_is_late_and_said_once(assessed, clock):
    clerk = office().clerk
    clerk.phone = "13900000088"
    clerk.save()
    made = hand_on(assessed, by=clerk)
    clock.shift(dt.timedelta(days=30))

    said = [remind(at=now()), remind(at=now())]

    assert said == [1, 0]
    assert queries.owed(clerk, today()).referrals_late == 1
    assert queries.light(Referral.objects.get(pk=made.pk), today()).kind == "late"
    assert [m.to.open() for m in told("referral_late")] == ["13900000088"]
    assert Entry.objects.filter(action="referral.late").count() == 1


def test_a_reminder_names_nobody(assessed, clock):
    clerk = office().clerk
    clerk.phone = "13900000088"
    clerk.save()
    hand_on(assessed, by=clerk)
    clock.shift(dt.timedelta(days=30))

    remind(at=now())

    text = told("referral_late")[0].text.open()
    assert assessed.number in text
    assert assessed.applicant_name not in text


def test_what_is_answered_is_not_late(assessed, clock):
    made = hand_on(assessed)
    answer_referral(made.pk, ANSWER, by=office().clerk, at=now())
    clock.shift(dt.timedelta(days=30))

    assert remind(at=now()) == 0
    assert queries.owed(office().clerk, today()).referrals_late == 0


def test_only_the_places_of_the_officer_are_seen(assessed):
    made = hand_on(assessed)
    county = staff("hantai.watch", Role.COUNTY_OFFICER, "610702")

    assert [r.referral.pk for r in queries.listed(county, today())] == [made.pk]
    stranger = office("610725101").clerk
    assert queries.listed(stranger, today()) == []
    with pytest.raises(NotFound):
        queries.referral_for(made.pk, stranger)


def test_the_database_refuses_an_end_without_a_hand(assessed):
    made = hand_on(assessed)

    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=made.pk).update(state="given")
