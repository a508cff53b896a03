"""协查函: the hukou town answers, nobody travels, and the clock of the case runs on."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from doudi.accounts.permissions import Role
from doudi.audit.models import Entry
from doudi.cases.progress import progress
from doudi.clock.time import now, today
from doudi.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, WrongStage
from doudi.notices.models import Message
from doudi.referrals import queries
from doudi.referrals.actions.answer_place import Finding, answer_place
from doudi.referrals.actions.ask_place import Question, ask_place
from doudi.referrals.actions.open_place import open_place
from doudi.referrals.actions.remind import remind
from doudi.referrals.models import PlaceRequest
from tests.factories.cases import case_at, office, ren_declaration, staff, submitted

pytestmark = pytest.mark.django_db
HUKOU = "610727105"
ASKED = Question(("benefits", "home"), "房子是不是还能住人？")
FOUND = Finding({"benefits": "no", "home": "yes"}, "老屋两间，已不能住人。")
LETTER = Finding({"benefits": "no", "home": "no"}, "", "某县民政局王科长", "ab" * 32)


@pytest.fixture
def case(clock, city):
    """The Ren family, registered in Lueyang, applies in Qili by its residence permit."""
    return case_at("accepted", clock)


def outside():
    """The same family, registered in another province."""
    declaration = ren_declaration()
    declaration["applicant"]["registered_region"] = "0" * 12
    return declaration


def ask(case, asked=ASKED, **more):
    told = {"by": office().clerk, "at": now()} | more
    return ask_place(told.pop("form", uuid4()), case.pk, asked, **told)


def test_the_hukou_town_is_asked_and_the_family_need_not_travel(case):
    made = ask(case)

    assert (made.to_town, made.state) == (HUKOU, "open")
    assert "徐家坪镇" in made.to_name
    text = Message.objects.get(template="place_asked").text.open()
    assert "不用您回去跑" in text
    assert Entry.objects.filter(action="place.asked", chain="610727").exists()
    told = [line["what"] for line in progress(case)["done"]]
    assert "已请户籍地协查，不用您回去跑" in told


def test_the_clock_of_the_case_runs_on(case):
    due, version = case.due_on, case.version

    ask(case)

    case.refresh_from_db()
    assert (case.due_on, case.version, case.pauses.count()) == (due, version, 0)


def test_a_form_sent_twice_is_one_request(case):
    form = uuid4()

    first, again = ask(case, form=form), ask(case, form=form)

    assert (first.pk, PlaceRequest.objects.count()) == (again.pk, 1)


def test_while_one_is_open_there_is_no_second(case):
    ask(case)

    with pytest.raises(Conflict):
        ask(case)


def test_after_an_answer_there_may_be_another(case):
    first = ask(case)
    answer_place(first.pk, FOUND, by=office(HUKOU).clerk, at=now())

    second = ask(case, Question(("family",)))

    assert second.number != first.number


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (Question(()), "questions"),
        (Question(("income",)), "questions"),
        (Question(("home",), "电话12900000001"), "text"),
    ],
)
def test_what_is_wrong_with_a_request_is_said(case, asked, field):
    with pytest.raises(Invalid) as refused:
        ask(case, asked)

    assert set(refused.value.fields) == {field}


def test_a_family_registered_in_the_town_itself_is_not_asked_about(clock, city):
    declaration = ren_declaration()
    declaration["applicant"] |= {"registered_region": "610702008001", "permit": None}
    case = case_at("accepted", clock, declaration)

    with pytest.raises(Invalid):
        ask(case)


def test_before_acceptance_nobody_is_asked(clock, city):
    with pytest.raises(WrongStage):
        ask(submitted())


def test_another_town_does_not_ask(case):
    with pytest.raises(NotAllowed):
        ask(case, by=office("610725101").clerk)


def test_the_hukou_town_answers_and_the_case_says_where_it_comes_from(case):
    made = ask(case)

    ended = answer_place(made.pk, FOUND, by=office(HUKOU).clerk, at=now())

    assert (ended.state, ended.manner) == ("answered", "desk")
    assert ended.findings.open() == FOUND.findings
    step = case.steps.get(move="place_answered")
    assert "徐家坪镇" in step.note
    assert Entry.objects.filter(action="place.answered", chain="610702").exists()
    assert Entry.objects.filter(action="place.answered", chain="610727").exists()
    with pytest.raises(WrongStage):
        answer_place(made.pk, FOUND, by=office(HUKOU).clerk, at=now())


@pytest.mark.parametrize(
    ("found", "field"),
    [
        (Finding({"benefits": "no"}), "home"),
        (Finding({"benefits": "no", "home": "perhaps"}), "home"),
        (Finding({"benefits": "no", "home": "yes"}), "text"),
    ],
)
def test_every_question_is_answered_and_what_was_found_is_said(case, found, field):
    made = ask(case)

    with pytest.raises(Invalid) as refused:
        answer_place(made.pk, found, by=office(HUKOU).clerk, at=now())

    assert set(refused.value.fields) == {field}


def test_the_town_that_asks_does_not_answer_for_the_other_without_a_letter(case):
    made = ask(case)

    with pytest.raises(Invalid) as refused:
        answer_place(made.pk, FOUND, by=office().clerk, at=now())

    assert set(refused.value.fields) == {"who", "sheet"}


def test_a_third_town_does_not_answer(case):
    made = ask(case)

    with pytest.raises(NotAllowed):
        answer_place(made.pk, FOUND, by=office("610725101").clerk, at=now())


def test_outside_the_city_it_goes_by_letter_and_the_answer_is_recorded(clock, city):
    case = case_at("accepted", clock, outside())

    with pytest.raises(Invalid) as refused:
        ask(case)
    made = ask(case, Question(("benefits", "home"), place="甘肃省某县民政局"))
    ended = answer_place(made.pk, LETTER, by=office().clerk, at=now())

    assert set(refused.value.fields) == {"place"}
    assert (made.to_town, made.to_name) == ("", "甘肃省某县民政局")
    assert (ended.manner, ended.answered_from) == ("paper", LETTER.who)


def test_only_the_hukou_town_sees_whom_it_is_asked_about_and_each_look_is_kept(case):
    made = ask(case)

    asked = open_place(made.pk, by=office(HUKOU).clerk)

    assert asked.persons[0].name == case.applicant_name
    for county in ("610702", "610727"):
        assert Entry.objects.filter(action="place.opened", chain=county).count() == 1
    with pytest.raises(NotAllowed):
        open_place(made.pk, by=office().clerk)
    with pytest.raises(NotFound):
        open_place(made.pk, by=office("610725101").clerk)


def test_both_towns_have_it_on_their_lists_and_nobody_else(case):
    made = ask(case)
    third = office("610725101").clerk

    ours = [r.request.pk for r in queries.asked_of_us(office(HUKOU).clerk, today())]
    theirs = [r.request.pk for r in queries.asked_by_us(office().clerk, today())]

    assert (ours, theirs) == ([made.pk], [made.pk])
    assert queries.owed(office(HUKOU).clerk, today()).places_waiting == 1
    assert queries.asked_of_us(third, today()) == queries.asked_by_us(third, today()) == []


def test_an_answer_owed_past_its_day_is_said_once_to_both_and_names_nobody(case, clock):
    for number, officer in enumerate((office().clerk, office(HUKOU).clerk)):
        officer.phone = f"1390000008{number}"
        officer.save()
    ask(case)
    clock.shift(dt.timedelta(days=15))

    said = [remind(at=now()), remind(at=now())]

    assert said == [1, 0]
    sent = Message.objects.filter(template="place_late")
    assert {m.to.open() for m in sent} == {"13900000080", "13900000081"}
    assert all(case.applicant_name not in m.text.open() for m in sent)
    assert queries.owed(office().clerk, today()).places_late == 1


def test_the_process_in_force_names_no_pause_for_it(city):
    assert queries.may_pause_for_place(today()) is False


def test_a_county_officer_reads_but_does_not_answer(case):
    made = ask(case)
    county = staff("lueyang.county", Role.COUNTY_OFFICER, "610727")

    assert queries.place_request_for(made.pk, county).pk == made.pk
    with pytest.raises(NotAllowed):
        answer_place(made.pk, FOUND, by=county, at=now())


def test_the_database_refuses_an_answer_without_a_hand_and_a_letter_without_its_sheet(case):
    made = ask(case)
    this = PlaceRequest.objects.filter(pk=made.pk)

    for values in ({"state": "answered"}, {"manner": "paper"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            this.update(**values)
