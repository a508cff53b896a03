"""P21: whatever waits is taken up or told by its day, and the table names every waiting state.

One object is put into each state, the clock goes on, the house's own timetable runs once.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps

from doudi.audit.actor import SYSTEM
from doudi.cases.actions.ask_for_more import ask_for_more
from doudi.cases.actions.pause import pause
from doudi.cases.models import Case
from doudi.clock.time import now
from doudi.notices.models import Message
from doudi.outbox.models import Event
from doudi.outbox.schedule import tick
from doudi.redress.actions.file_appeal import file_appeal
from doudi.redress.actions.file_complaint import Said, file_complaint
from doudi.redress.actions.report_change import Change, report_change
from doudi.referrals.actions.refer import Asked, refer
from doudi.referrals.models import Referral
from doudi.urgent.actions.propose import Proposal, propose
from doudi.urgent.actions.raise_help import Told, raise_help
from doudi.urgent.actions.record_visit import Found, record_visit
from doudi.urgent.actions.take import take
from doudi.urgent.models import HelpCall
from tests.factories.cases import case_at, demo_database, office, submitted
from tests.redress.conftest import owner

pytestmark = pytest.mark.django_db
MONTHS = dt.timedelta(days=75, hours=1)  # nine in the morning: what runs daily has run
TOWN = "610702008"


def line(case: Case) -> bool:
    """A line of the case's own story says that a day was missed."""
    return case.steps.filter(move="overdue").exists()


def a_case(goal: str) -> Callable[[Any], Case]:
    return lambda clock: case_at(goal, clock)


def without_papers(clock: Any) -> Case:
    case = submitted()
    items = [{"what": "残疾人证照片", "why": "不清楚"}]
    ask_for_more(case.pk, items, version=None, by=office().clerk, at=now())
    return case


def standing(clock: Any) -> Case:
    case = case_at("accepted", clock)
    pause(case.pk, "核对未返回", "", version=None, by=office().clerk, at=now())
    return case


def a_call(stage: str) -> Callable[[Any], HelpCall]:
    def make(clock: Any) -> HelpCall:
        demo_database()
        desk = office(TOWN)
        told = Told("illness", TOWN, "12900000031", "赵某")
        call = raise_help(uuid4(), told, by=SYSTEM, at=now())
        if stage != "raised":
            take(call.pk, version=None, by=desk.clerk, at=now())
        if stage in ("visited", "unsigned"):
            pair = (str(desk.clerk.pk), str(desk.reviewer.pk))
            found = Found(now(), pair, "", "属实")
            record_visit(call.pk, found, version=None, by=desk.clerk, at=now())
        if stage == "unsigned":
            money = Proposal(600_000, "cash", "赵某", reason="缺口大")
            propose(call.pk, money, version=None, by=desk.clerk, at=now())
        return call

    return make


def rung(about: str) -> Callable[[HelpCall], bool]:
    """Somebody was asked after the call had been left lying."""
    return lambda call: call.ringings.filter(about=about, asked_at__gt=now() - MONTHS / 2).exists()


def matter(kind: str) -> Callable[[Any], Any]:
    def make(clock: Any) -> Any:
        case = case_at("refused" if kind == "appeal" else "accepted", clock)
        by = owner(case)
        if kind == "appeal":
            return file_appeal(case.pk, "我家没有那么多收入。", by=by, at=now())
        if kind == "complaint":
            return file_complaint(case.county, Said("delay", "拖了很久没有人管"), by=by, at=now())
        return report_change(case.pk, Change("other", "孩子上学了"), by=by, at=now())

    return make


def escalated(found: Any) -> bool:
    found.refresh_from_db()
    return found.escalated_at is not None


def handed_on(clock: Any) -> Referral:
    case = case_at("assessed", clock)
    asked = Asked("medical", "present", "每周透析三次，想办医疗救助。")
    return refer(uuid4(), case.pk, asked, by=office().clerk, at=now())


def reminded(found: Any) -> bool:
    found.refresh_from_db()
    return found.reminded_at is not None


def stuck(clock: Any) -> Event:
    case = case_at("submitted", clock)
    event = Event.objects.filter(kind="ApplicationSubmitted").get()
    Event.objects.filter(pk=event.pk).update(state="stuck")
    assert case
    return event


def tried_again(event: Event) -> bool:
    event.refresh_from_db()
    return event.state != "stuck"


def queued(clock: Any) -> Message:
    submitted()
    return Message.objects.get(template="submitted")


def sent(message: Message) -> bool:
    message.refresh_from_db()
    return message.state == "sent"


Make, Sign = Callable[[Any], Any], Callable[[Any], bool]
WAITING: dict[str, tuple[Make, Sign]] = {
    "cases.Case submitted": (a_case("submitted"), line),
    "cases.Case awaiting_papers": (without_papers, line),
    "cases.Case accepted": (a_case("accepted"), line),
    "cases.Case assessed": (a_case("assessed"), line),
    "cases.Case reviewed": (a_case("reviewed"), line),
    "cases.Case noticed": (a_case("noticed"), line),
    "cases.Pause open": (standing, line),
    "urgent.HelpCall raised": (a_call("raised"), rung("call")),
    "urgent.HelpCall taken": (a_call("taken"), rung("visit")),
    "urgent.HelpCall visited": (a_call("visited"), rung("visit")),
    "urgent.Advance unsigned": (a_call("unsigned"), rung("sign")),
    "redress.Appeal open": (matter("appeal"), escalated),
    "redress.Complaint open": (matter("complaint"), escalated),
    "redress.ChangeReport open": (matter("change"), escalated),
    "referrals.Referral open": (handed_on, reminded),
    "outbox.Event stuck": (stuck, tried_again),
    "notices.Message queued": (queued, sent),
}
# Waiting states whose own room shows, in a test of its own, that they are told by their day.
SHOWN_ELSEWHERE = {
    "urgent.HelpCall helped": "tests/urgent/test_advance.py::"
    "test_overdue_papers_are_listed_the_day_after",
    "urgent.HelpCall referred": "tests/urgent/test_advance.py::"
    "test_a_revisit_past_its_day_is_red_on_the_list",
    "mandates.Lead open": "tests/mandates/test_leads.py::test_a_lead_left_lying_is_late",
    "referrals.PlaceRequest open": "tests/referrals/test_places.py::"
    "test_an_answer_owed_past_its_day_is_said_once_to_both_and_names_nobody",
    "referrals.LifeProof open": "tests/referrals/test_life.py::"
    "test_past_its_day_he_and_the_town_are_told_once_and_nothing_stops",
}
ENDED = {
    "cases.Case": {"confirmed", "refused", "not_accepted", "withdrawn"},
    "urgent.HelpCall": {"closed"},
    "redress.Appeal": {"dismissed", "upheld"},
    "redress.Complaint": {"answered"},
    "mandates.Lead": {"applied", "not_wanted", "urgent", "elsewhere"},
    "referrals.Referral": {"given", "not_fit", "moot", "stopped"},
    "referrals.PlaceRequest": {"answered"},
    "referrals.LifeProof": {"proved"},
}


@pytest.mark.parametrize("state", WAITING)
def test_what_waits_is_taken_up_or_told(state, clock, city):
    make, sign = WAITING[state]
    found = make(clock)
    clock.shift(MONTHS)
    before = sign(found)

    tick(now())

    assert (before, sign(found)) == (False, True)


def test_every_state_of_these_rooms_is_in_the_table():
    states = {
        f"{label} {choice}"
        for label in ENDED
        for field in apps.get_model(label)._meta.concrete_fields
        if field.name in ("stage", "state")
        for choice, _words in field.choices
        if choice not in ENDED[label]
    }

    assert states - set(WAITING) == set(SHOWN_ELSEWHERE)
