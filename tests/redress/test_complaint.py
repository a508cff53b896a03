"""投诉和差评: answered by its day, by the right office, never by the one it is about."""

import datetime as dt

import pytest

from doudi.accounts.permissions import Role
from doudi.audit.models import Entry
from doudi.clock.time import now
from doudi.kernel.errors import Invalid, Missing, NotAllowed, NotFound, WrongStage
from doudi.notices.models import Message
from doudi.outbox.deliver import deliver_all
from doudi.redress.actions.answer_complaint import answer_complaint
from doudi.redress.actions.escalate import escalate
from doudi.redress.actions.file_complaint import Said, file_complaint
from doudi.redress.models import Complaint
from doudi.redress.queries import complaint_for, complaints_for
from tests.factories.cases import office, staff
from tests.redress.conftest import owner

pytestmark = pytest.mark.django_db
ANSWER = "已核实，经办人已作说明，今后当天答复。"


def complained(**more: str) -> Complaint:
    said = Said(**{"kind": "delay", "text": "跑了三趟都不办"} | more)
    return file_complaint("610702", said, at=now())


def answered(complaint: Complaint, by: object) -> Complaint:
    made = answer_complaint(complaint.pk, ANSWER, by=by, at=now())
    deliver_all()
    return made


def test_the_county_has_fifteen_working_days(city):
    complaint = complained()

    assert (complaint.office, complaint.due_on - now().date()) == ("610702", dt.timedelta(days=21))


@pytest.mark.parametrize(("kind", "text"), [("nothing", "跑了三趟都不办"), ("delay", "不办")])
def test_it_needs_a_kind_and_words(city, kind, text):
    with pytest.raises(Invalid):
        complained(kind=kind, text=text)


def test_who_is_complained_of_in_the_county_neither_sees_nor_answers(county, bureau):
    colleague = staff("hantai.second", Role.COUNTY_OFFICER, "610702", "李副主任")

    complaint = complained(text="何主任对我拍桌子")

    assert (complaint.about_id, complaint.office) == (str(county.pk), "610700")
    assert [list(complaints_for(p)) for p in (county, colleague, bureau)] == [[], [], [complaint]]
    with pytest.raises(NotFound):
        complaint_for(complaint.pk, county)
    with pytest.raises(NotFound):
        answered(complaint, county)
    with pytest.raises(NotAllowed):
        answered(complaint, colleague)
    assert answered(complaint, bureau).state == "answered"


def test_who_is_complained_of_in_the_city_does_not_see_it_even_when_it_is_overdue(
    county, bureau, clock
):
    complaint = complained(text="钱科长，就是市局钱科长，要我请客")
    clock.shift(dt.timedelta(days=30))
    escalate(at=now())

    assert complaint.about_id == str(bureau.pk)
    assert list(complaints_for(bureau)) == []
    assert list(complaints_for(county)) == [complaint]


def test_one_of_the_town_never_sees_complaints(city):
    desk = office()
    complaint = complained(about_id=str(desk.clerk.pk))

    for person in (desk.clerk, desk.reviewer, desk.head):
        assert list(complaints_for(person)) == []
    with pytest.raises(NotFound):
        answered(complaint, desk.clerk)
    with pytest.raises(NotAllowed):
        answered(complaint, desk.head)


def test_a_neighbour_county_sees_nothing_and_answers_nothing(county, other_county):
    complaint = complained()

    assert list(complaints_for(other_county)) == []
    with pytest.raises(NotAllowed):
        answered(complaint, other_county)


def test_what_nobody_answered_by_its_day_is_on_the_citys_list_once_and_stays(county, bureau, clock):
    complaint = complained()
    before = list(complaints_for(bureau))
    clock.shift(dt.timedelta(days=22))

    counts = [escalate(at=now()), escalate(at=now())]
    answered(complaint, county)

    assert (before, counts) == ([], [1, 0])
    assert list(complaints_for(bureau)) == [complaint]
    assert Entry.objects.filter(action="redress.overdue").count() == 1


def test_an_answer_needs_words_and_is_given_once(county):
    complaint = complained()

    with pytest.raises(Missing):
        answer_complaint(complaint.pk, "好", by=county, at=now())
    answered(complaint, county)
    with pytest.raises(WrongStage):
        answered(complaint, county)


def test_only_a_name_that_was_given_gets_a_message(refused, county):
    answered(complained(), county)
    none = Message.objects.filter(template="complaint_answered").count()
    said = Said("delay", "跑了三趟都不办")
    named = file_complaint("610702", said, case_id=refused.pk, by=owner(refused), at=now())
    answered(named, county)

    assert (none, Message.objects.filter(template="complaint_answered").count()) == (0, 1)


def test_the_journal_of_an_anonymous_complaint_names_nobody(city):
    complained(contact="13800009876")

    entry = Entry.objects.get(action="complaint.filed")

    assert (entry.actor_id, entry.actor_name, entry.detail) == ("", "", {})


def test_codes_are_no_two_alike(city):
    codes = {complained().tracking.open() for _ in range(50)}

    assert len(codes) == 50
