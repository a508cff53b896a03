"""An objection leaves nothing by which the household or a related officer finds who objected."""

import datetime as dt

import pytest
from django.core.serializers import serialize
from django.test import Client

from doudi.accounts.actions.declare_relative import declare_relative
from doudi.accounts.permissions import Role
from doudi.audit.models import Entry
from doudi.audit.queries import by_officers
from doudi.cases.actions.answer_objection import answer_objection
from doudi.cases.models import Objection, PublicNotice, Step
from doudi.clock.time import now
from doudi.kernel.errors import NotAllowed
from doudi.notices.models import Attempt, Message
from doudi.outbox.deliver import deliver_all
from doudi.outbox.models import Event
from doudi.vault.index import blind_index
from tests.factories.cases import NUMBERS, case_at, office, staff
from tests.house.scene import browser_of, browser_of_phone
from tests.pages.portal.conftest import PHONE

pytestmark = pytest.mark.django_db
ADDRESS, CONTACT, TEXT = "198.51.100.77", "13800009876", "他家有一辆小汽车，停在后院"


@pytest.fixture
def objected(clock, city):
    """The Ren family's noticed case, objected to at 10:17:23 from somebody's phone."""
    case = case_at("noticed", clock)
    deliver_all()
    clock.move_to(now().replace(hour=10, minute=17, second=23))
    notice = PublicNotice.objects.get(case=case)
    said = {"text": TEXT, "contact": CONTACT}
    answer = Client(REMOTE_ADDR=ADDRESS).post(f"/notices/{notice.pk}/object/", said)
    assert answer.status_code == 200
    deliver_all()
    clock.shift(dt.timedelta(hours=2))
    return case


def contact_page(case):
    return f"/desk/cases/{case.pk}/objections/{Objection.objects.get().pk}/"


def test_journal_steps_events_and_messages_hold_neither_words_nor_contact_nor_address(objected):
    kept = [*Entry.objects.all(), *Step.objects.all(), *Event.objects.all(), *Attempt.objects.all()]

    text = serialize("json", kept) + "".join(m.text.open() for m in Message.objects.all())

    marks = {TEXT, CONTACT, ADDRESS, blind_index("token", ADDRESS), blind_index("phone", CONTACT)}
    assert [mark for mark in marks if mark in text] == []


def test_the_journal_says_only_that_somebody_objected(objected):
    entry = Entry.objects.get(action="case.object")

    assert (entry.actor_kind, entry.actor_id, entry.actor_name) == ("citizen", "", "")
    assert (entry.purpose, entry.detail) == ("", {})


def test_only_the_day_of_an_objection_is_kept_with_its_words(objected):
    raised = Objection.objects.get().raised_at.astimezone(now().tzinfo)

    assert (raised.hour, raised.minute, raised.second, raised.microsecond) == (0, 0, 0, 0)


def test_the_count_of_objections_tells_no_minute_and_fits_no_other_trace(objected, clock):
    Client(REMOTE_ADDR=ADDRESS).post("/track/", {"secret": "nothing"})

    rows = {a.kind: a for a in Attempt.objects.filter(kind__in=("object.address", "track.address"))}
    objecting, tracking = rows["object.address"], rows["track.address"]

    assert (objecting.at.minute, objecting.at.second) == (0, 0)
    assert objecting.who_index != tracking.who_index


def test_the_limit_still_holds_for_the_day_and_the_rows_of_the_day_before_go(objected, clock):
    notice = PublicNotice.objects.get()
    path, said = f"/notices/{notice.pk}/object/", {"text": TEXT}

    states = [Client(REMOTE_ADDR=ADDRESS).post(path, said).status_code for _ in range(10)]
    clock.shift(dt.timedelta(days=1))
    tomorrow = Client(REMOTE_ADDR=ADDRESS).post(path, said).status_code

    assert states == [200] * 9 + [429]
    assert tomorrow == 200
    assert Attempt.objects.filter(kind="object.address").count() == 1


@pytest.mark.parametrize("page", ["", "who/", "changes/"])
def test_the_household_sees_no_trace_of_it(objected, page):
    text = browser_of_phone(PHONE).get(f"/track/cases/{objected.pk}/{page}").content.decode()

    assert "异议" not in text
    assert "小汽车" not in text


def test_among_the_looks_there_is_nothing_that_no_officer_did(objected):
    actions = {entry.action for entry in by_officers([f"case:{objected.pk}"])}

    assert "case.publish_notice" in actions
    assert "case.object" not in actions


def test_the_household_gets_no_message_of_it(objected):
    assert not Message.objects.filter(text__isnull=False, template__contains="objection").exists()


@pytest.mark.parametrize("tab", ["log", "notice", "facts"])
def test_the_desk_shows_no_minute_of_it(objected, tab):
    page = f"/desk/cases/{objected.pk}/?tab={tab}"

    text = browser_of(office(objected.town).reviewer).get(page).content.decode()

    assert "10:17" not in text
    assert "收到异议" not in text


def related(case, person):
    """The officer declared the applicant as a near relative."""
    told = {"promised": True, "by": person, "at": now()}
    declare_relative(person, "任建明", "兄弟姐妹", NUMBERS["m1"], **told)


def test_a_related_reviewer_reads_neither_words_nor_contact_and_cannot_answer(objected):
    reviewer = office(objected.town).reviewer
    related(objected, reviewer)
    browser = browser_of(reviewer)

    tab = browser.get(f"/desk/cases/{objected.pk}/?tab=notice").content.decode()
    act = browser.get(f"/desk/cases/{objected.pk}/act/answer_objection/").content.decode()
    contact = browser.post(contact_page(objected), {"purpose": "contact"})

    assert "小汽车" not in tab + act
    assert contact.status_code == 403
    assert CONTACT not in contact.content.decode()
    with pytest.raises(NotAllowed):
        answer_objection(
            Objection.objects.get().pk, False, "不属实", version=None, by=reviewer, at=now()
        )


def test_the_clerk_reads_neither_words_nor_contact(objected):
    browser = browser_of(office(objected.town).clerk)

    tab = browser.get(f"/desk/cases/{objected.pk}/?tab=notice").content.decode()
    contact = browser.post(contact_page(objected), {"purpose": "contact"})

    assert "小汽车" not in tab
    assert "只有答复异议的人能看" in tab
    assert contact.status_code == 403


def test_who_answers_sees_the_contact_with_a_purpose_and_the_journal_knows(objected):
    browser = browser_of(office(objected.town).reviewer)

    tab = browser.get(f"/desk/cases/{objected.pk}/?tab=notice").content.decode()
    without = browser.post(contact_page(objected), {})
    with_ = browser.post(contact_page(objected), {"purpose": "contact"})

    entry = Entry.objects.get(action="person.revealed")
    assert "小汽车" in tab
    assert CONTACT not in tab
    assert CONTACT not in without.content.decode()
    assert without.status_code == 422
    assert CONTACT in with_.content.decode()
    assert (entry.purpose, entry.subject.split(":")[0]) == ("contact", "objection")


def test_neither_another_town_nor_another_case_opens_the_contact(objected):
    elsewhere = staff("next.review", Role.TOWN_REVIEWER, "610702001")

    answer = browser_of(elsewhere).post(contact_page(objected), {"purpose": "contact"})

    assert answer.status_code == 404


def test_the_resident_who_is_signed_in_leaves_no_mark_in_the_objection(clock, city):
    case = case_at("noticed", clock)
    neighbour = browser_of_phone("12900000077")
    said = {"text": TEXT, "contact": ""}

    neighbour.post(f"/notices/{PublicNotice.objects.get(case=case).pk}/object/", said)

    kept = serialize("json", [*Entry.objects.all(), *Step.objects.all(), *Event.objects.all()])
    assert blind_index("phone", "12900000077") not in kept
    assert not Objection.objects.get().contact
