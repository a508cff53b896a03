"""交接: a leaver's whole work goes to named colleagues in one act; nothing is left with nobody."""

import datetime as dt
from uuid import UUID

import pytest

from doudi.accounts.actions.suspend_staff import suspend_staff
from doudi.accounts.models import Post
from doudi.accounts.permissions import Role
from doudi.audit.actor import Actor
from doudi.audit.models import Entry
from doudi.cases.actions.change_clerk import change_clerk
from doudi.cases.models import Case, Draft
from doudi.clock.time import now, today
from doudi.discrepancies.actions.take_inquiry import take_inquiry
from doudi.discrepancies.models import Inquiry
from doudi.handover.actions.hand_over import hand_over
from doudi.handover.models import Handover
from doudi.handover.queries import desks, left_behind, work_of
from doudi.kernel.errors import Invalid, Missing, NotFound
from doudi.mandates.actions.file_lead import Seen, file_lead
from doudi.urgent.actions.raise_help import Told, raise_help
from doudi.urgent.actions.set_roster import Shift, add_shift
from doudi.urgent.actions.take import take
from doudi.urgent.models import DutyShift, HelpCall
from tests.factories.cases import TOWN, VILLAGE, case_at, office, staff, submitted
from tests.pages.desk.test_workbench import another_family

pytestmark = pytest.mark.django_db
SYSTEM = Actor("system", "tests", "")


@pytest.fixture
def leaving(clock, town):
    """The clerk has a case, a window's draft, a call, a line of the roster, a lead, an inquiry."""
    case_at("accepted", clock)
    clerk = town.clerk
    begun = {"phone": "12900000077", "declaration": {}, "staff_id": str(clerk.pk)}
    Draft.objects.create(**begun, started_at=now(), saved_at=now())
    told = Told("illness", TOWN, "12900000078", name="演示求助人", what="住院押金不够")
    call = raise_help(UUID(int=7), told, by=SYSTEM, at=now())
    take(call.pk, version=None, by=clerk, at=now())
    add_shift(TOWN, Shift(clerk.pk, 8, 18, 0), by=town.head, at=now())
    seen = Seen(
        VILLAGE, "met", "alone", "agreed", name="演示老人", phone="12900000079", what="独居"
    )
    file_lead(UUID(int=8), seen, by=clerk, at=now())
    asked = Inquiry.objects.create(
        number="YJ1", household_id=UUID(int=9), county=TOWN[:6], town=TOWN, village=VILLAGE,
        opened_at=now(), due_on=today(),
    )  # fmt: skip
    take_inquiry(asked.pk, by=clerk, at=now())
    return clerk


@pytest.fixture
def successor(town):
    return staff("successor", Role.TOWN_CLERK, TOWN, "接手人")


def all_to(person, work):
    return {(piece.kind, piece.ref): str(person.pk) for piece in work}


def test_everything_goes_in_one_act_and_nothing_stays(leaving, successor, town):
    work = work_of(leaving, town.head, today())

    hand_over(leaving.pk, all_to(successor, work), "调离", by=town.head, at=now())

    assert {piece.kind for piece in work} == {"case", "draft", "call", "shift", "lead", "inquiry"}
    assert work_of(leaving, town.head, today()) == []
    taken = work_of(successor, town.head, today())
    assert {(p.kind, p.ref) for p in taken} == {(p.kind, p.ref) for p in work}
    assert Case.objects.get().clerk_id == successor.pk
    assert HelpCall.objects.get().taken_by == "接手人"
    assert Inquiry.objects.get().officer == "接手人"
    assert DutyShift.objects.get().officer_id == successor.pk


def test_one_piece_without_a_colleague_stops_the_whole_act(leaving, successor, town):
    plan = all_to(successor, work_of(leaving, town.head, today()))
    forgotten = next(key for key in plan if key[0] == "call")
    del plan[forgotten]

    with pytest.raises(Missing, match="还没有人接手"):
        hand_over(leaving.pk, plan, "调离", by=town.head, at=now())

    assert Case.objects.get().clerk_id == leaving.pk
    assert not Handover.objects.exists()


def test_work_that_came_after_the_page_was_shown_stops_it_too(leaving, successor, town, clock):
    plan = all_to(successor, work_of(leaving, town.head, today()))
    late = case_at("accepted", clock, another_family(3))

    with pytest.raises(Missing, match=late.number):
        hand_over(leaving.pk, plan, "调离", by=town.head, at=now())


def test_nobody_takes_what_his_post_may_not_do(leaving, town):
    work = work_of(leaving, town.head, today())

    with pytest.raises(Invalid, match="没有办理权限"):
        hand_over(leaving.pk, all_to(town.reviewer, work), "调离", by=town.head, at=now())


def test_the_act_is_journalled_with_its_reason_and_every_case_tells_it(leaving, successor, town):
    work = work_of(leaving, town.head, today())

    hand_over(leaving.pk, all_to(successor, work), "退休", by=town.head, at=now())

    entry = Entry.objects.get(action="staff.handed_over")
    assert (entry.purpose, entry.actor_name) == ("退休", town.head.name)
    assert entry.detail == {"case": 1, "draft": 1, "call": 1, "shift": 1, "lead": 1, "inquiry": 1}
    step = Case.objects.get().steps.get(move="change_clerk")
    assert (step.note, step.public) == ("交接：经办人改为接手人", False)


def test_a_person_who_is_gone_stands_first_with_what_was_left(leaving, town):
    Post.objects.filter(staff=leaving).update(until_on=today() - dt.timedelta(days=1))
    suspend_staff(leaving, reason="离职", by=SYSTEM, at=now())

    found = desks(town.head, today())

    assert [(desk.staff.pk, desk.gone, desk.total) for desk in found] == [(leaving.pk, True, 6)]
    assert left_behind(town.head, today()) == 1


def test_the_workbench_of_the_head_says_how_much_was_left_behind(leaving, town, sign_in):
    before = sign_in(town.head).get("/desk/").content.decode()
    Post.objects.filter(staff=leaving).update(until_on=today() - dt.timedelta(days=1))

    after = sign_in(town.head).get("/desk/").content.decode()

    assert "■ 没有人经办" not in before
    assert "■ 没有人经办" in after


def test_a_head_sees_nobody_of_another_town_and_not_himself(leaving, town, sign_in):
    stranger = office("610702001").head

    with pytest.raises(NotFound):
        hand_over(leaving.pk, {}, "调离", by=stranger, at=now())
    assert sign_in(stranger).get(f"/desk/handover/{leaving.pk}/").status_code == 404
    assert sign_in(town.head).get(f"/desk/handover/{town.head.pk}/").status_code == 404


def test_the_page_hands_over_with_one_press(leaving, successor, town, sign_in):
    head = sign_in(town.head)
    page = head.get(f"/desk/handover/{leaving.pk}/")
    form = page.context["form"]

    told = {field.name: str(successor.pk) for field in form.kinds()} | {"reason": "调离"}
    empty = head.post(f"/desk/handover/{leaving.pk}/", {"reason": ""})
    done = head.post(f"/desk/handover/{leaving.pk}/", told)

    assert empty.status_code == 422
    assert (done.status_code, done["Location"]) == (302, "/desk/handover/")
    assert work_of(leaving, town.head, today()) == []


def test_several_cases_go_to_one_colleague_or_none_does(clock, town, successor):
    cases = [case_at("accepted", clock), case_at("accepted", clock, another_family(1))]
    waiting = submitted(another_family(2))

    with pytest.raises(Invalid):
        change_clerk([c.pk for c in cases], town.reviewer, by=town.head, at=now())
    change_clerk([c.pk for c in cases], successor, by=town.head, at=now())

    assert set(Case.objects.exclude(pk=waiting.pk).values_list("clerk_id", flat=True)) == {
        successor.pk
    }
