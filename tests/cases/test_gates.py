"""Every gate, tried by somebody who should not pass."""

import datetime as dt
import uuid

import pytest

from doudi.accounts.models import Relative
from doudi.accounts.permissions import Role
from doudi.cases.actions.accept import accept
from doudi.cases.actions.answer_objection import answer_objection
from doudi.cases.actions.assess import assess
from doudi.cases.actions.confirm import confirm
from doudi.cases.actions.object import object_to
from doudi.cases.actions.pause import pause, resume
from doudi.cases.actions.record_visit import Seen, record_visit
from doudi.cases.actions.refuse import refuse
from doudi.cases.actions.review import review
from doudi.cases.actions.submit import submit
from doudi.cases.actions.withdraw import withdraw
from doudi.cases.models import Application, Case, Draft, PublicNotice
from doudi.cases.queries import case_by_tracking, case_for_resident, notices_now
from doudi.clock.time import now
from doudi.demo.play import CITIZEN
from doudi.kernel.errors import Conflict, Invalid, Missing, NotAllowed, NotFound, WrongStage
from doudi.outbox.models import Event
from doudi.people.models import Person
from tests.factories.cases import (
    NUMBERS,
    TOWN,
    case_at,
    draft,
    office,
    ren_declaration,
    staff,
    submitted,
)

pytestmark = pytest.mark.django_db


def test_the_same_draft_always_gives_the_same_receipt(city):
    ref = draft()

    first = submit(ref, by=CITIZEN, at=now())
    again = submit(ref, by=CITIZEN, at=now())

    assert first == again
    assert Application.objects.count() == Case.objects.count() == 1
    assert Event.objects.filter(kind="ApplicationSubmitted").count() == 1


def test_an_incomplete_application_names_everything_at_once_and_changes_nothing(city):
    broken = ren_declaration(reason="")
    broken["members"][1]["id_number"] = "610799197706180026"
    broken["applicant"]["address"] = ""
    ref = draft(broken, sign=False)

    with pytest.raises(Invalid) as refusal:
        submit(ref, by=CITIZEN, at=now())

    assert set(refusal.value.fields) == {"reason", "members[1].id_number", "applicant.address"}
    assert Draft.objects.get().submitted_at is None


def test_without_every_authorisation_nothing_is_accepted(city):
    case = submitted(sign=False)

    with pytest.raises(Missing) as refusal:
        accept(case.pk, version=None, by=office().clerk, at=now())

    assert "还缺授权书" in refusal.value.sentence


def test_a_permit_not_endorsed_within_twelve_months_is_shut(city):
    family = ren_declaration()
    family["applicant"]["permit"]["last_endorsed"] = "2021-05-08"
    case = submitted(family)

    with pytest.raises(Missing) as refusal:
        accept(case.pk, version=None, by=office().clerk, at=now())

    assert "签注" in refusal.value.sentence


def test_a_second_application_in_another_county_is_stopped_with_the_first_ones_number(clock, city):
    first = case_at("accepted", clock)
    home = ren_declaration()
    home["applicant"] |= {"region": "610727105201", "permit": None}
    second = submitted(home)

    with pytest.raises(Missing) as refusal:
        accept(second.pk, version=None, by=office("610727105").clerk, at=now())

    assert first.number in refusal.value.sentence


def test_whoever_is_paid_anywhere_is_not_accepted_again(clock, city):
    case_at("confirmed", clock)
    second = submitted(ren_declaration())

    with pytest.raises(Missing) as refusal:
        accept(second.pk, version=None, by=office().clerk, at=now())

    assert "在享受待遇" in refusal.value.sentence


def test_a_name_on_file_is_never_overwritten(clock, city):
    Person.objects.create(
        name="任建民",
        id_number=NUMBERS["m1"],
        sex="male",
        born_on=dt.date(1974, 2, 11),
        created_at=now(),
    )
    case = submitted()
    clerk = office().clerk

    with pytest.raises(Missing):
        accept(case.pk, version=None, by=clerk, at=now())
    accept(case.pk, version=None, by=clerk, at=now(), name_reason="户口本为任建明，登记有误")

    assert Person.objects.get(id_index__isnull=False, name="任建民").name == "任建民"


def test_a_clerks_brother_is_marked_as_near_relative(city):
    clerk = office().clerk
    Relative.objects.create(
        staff=clerk, name="任建明", relation="兄弟", id_number=NUMBERS["m1"], declared_at=now()
    )
    case = submitted()

    accept(case.pk, version=None, by=clerk, at=now())

    assert "兄弟" in Case.objects.get(pk=case.pk).near_relative


def test_another_towns_clerk_cannot_accept(city):
    case = submitted()

    with pytest.raises(NotAllowed):
        accept(case.pk, version=None, by=office("610727105").clerk, at=now())


def test_a_clerk_cannot_confirm_and_a_head_cannot_accept(clock, city):
    case = submitted()
    noticed = Case.objects.get(pk=case.pk)

    with pytest.raises(NotAllowed):
        confirm(noticed.pk, version=None, by=office().clerk, at=now())
    with pytest.raises(NotAllowed):
        accept(case.pk, version=None, by=office().head, at=now())


@pytest.mark.parametrize("days", [0, 1, 6, 7])
def test_nothing_is_confirmed_before_the_notice_has_ended(days, clock, city):
    case = case_at("noticed", clock)
    clock.shift(dt.timedelta(days=days))

    with pytest.raises(Missing) as refusal:
        confirm(case.pk, version=None, by=office().head, at=now())

    assert "公示" in refusal.value.sentence


def test_after_the_notice_it_is(clock, city):
    case = case_at("noticed", clock)
    clock.shift(dt.timedelta(days=8))

    decision = confirm(case.pk, version=None, by=office().head, at=now())

    assert decision.granted


def test_the_assessor_cannot_review_nor_the_reviewer_confirm_even_with_the_right(clock, city):
    case = case_at("assessed", clock)
    both = staff("both", Role.TOWN_REVIEWER, TOWN)
    heads_too = staff("head2", Role.TOWN_HEAD, TOWN)
    review(case.pk, "同意", version=None, by=both, at=now())
    Case.objects.filter(pk=case.pk).update(stage="assessed")
    assess_by = office().clerk
    assess_by.posts.update(role=Role.TOWN_REVIEWER.value)

    with pytest.raises(Missing) as refusal:
        review(case.pk, "同意", version=None, by=assess_by, at=now())

    assert "核算人不能审核" in refusal.value.sentence
    assert heads_too.pk


def test_the_reviewer_made_head_still_cannot_confirm_his_own_review(clock, city):
    case = case_at("noticed", clock)
    reviewer = office().reviewer
    reviewer.posts.update(role=Role.TOWN_HEAD.value)
    clock.shift(dt.timedelta(days=8))

    with pytest.raises(Missing) as refusal:
        confirm(case.pk, version=None, by=reviewer, at=now())

    assert "您参与过" in refusal.value.sentence


def test_an_open_objection_holds_the_confirmation_until_it_is_answered(clock, city):
    case = case_at("noticed", clock)
    notice = PublicNotice.objects.get(case=case)
    objection = object_to(notice.pk, "他家有一辆小汽车", "", at=now())
    clock.shift(dt.timedelta(days=8))

    with pytest.raises(Missing):
        confirm(case.pk, version=None, by=office().head, at=now())
    answer_objection(
        objection.pk, False, "车是邻居的", version=None, by=office().reviewer, at=now()
    )

    assert confirm(case.pk, version=None, by=office().head, at=now()).granted


def test_a_notice_disappears_after_its_days_and_takes_no_more_objections(clock, city):
    case = case_at("noticed", clock)
    notice = PublicNotice.objects.get(case=case)
    clock.shift(dt.timedelta(days=8))

    hanging = notices_now(now().date())

    assert hanging == []
    with pytest.raises(NotFound):
        object_to(notice.pk, "他家有一辆小汽车", "", at=now())


def test_a_visit_needs_two_people(clock, city):
    case = case_at("accepted", clock)
    clerk = office().clerk

    with pytest.raises(Invalid):
        record_visit(
            case.pk,
            Seen(now().date(), (str(clerk.pk), str(clerk.pk)), "本人", "true"),
            version=None,
            by=clerk,
            at=now(),
        )

    assert not Case.objects.get(pk=case.pk).homevisits.exists()


def test_a_visit_may_adopt_a_value_and_leaves_its_origin(clock, city):
    case = case_at("accepted", clock)
    desk = office()
    adopted = {"property.money_yuan": "5000.00"}

    record_visit(
        case.pk,
        Seen(
            now().date(),
            (str(desk.clerk.pk), str(desk.reviewer.pk)),
            "本人",
            "partly",
            adopted=adopted,
        ),
        version=None,
        by=desk.clerk,
        at=now(),
    )

    case.refresh_from_db()
    assert case.facts.open()["property"]["money_yuan"] == "5000.00"
    assert case.origins == {"property.money_yuan": "visited"}


@pytest.mark.parametrize("value", [5000.0, "5,000", "-1", "99999999999", None, {"a": 1}])
def test_a_value_that_cannot_be_changes_nothing(value, clock, city):
    case = case_at("accepted", clock)
    desk = office()
    seen = Seen(
        now().date(),
        (str(desk.clerk.pk), str(desk.reviewer.pk)),
        "本人",
        "partly",
        adopted={"property.money_yuan": value},
    )

    with pytest.raises(Invalid):
        record_visit(case.pk, seen, version=None, by=desk.clerk, at=now())

    case.refresh_from_db()
    assert case.facts.open()["property"]["money_yuan"] == "3000.00"


def test_whoever_saw_an_older_version_overwrites_nothing(clock, city):
    case = case_at("visited", clock)
    desk = office()
    assess(case.pk, version=case.version, by=desk.clerk, at=now())

    with pytest.raises(Conflict):
        assess(case.pk, version=case.version, by=desk.clerk, at=now())


def test_to_depart_from_the_recommendation_needs_a_reason(clock, city):
    case = case_at("visited", clock)

    with pytest.raises(Missing):
        assess(case.pk, chosen="", version=None, by=office().clerk, at=now())
    with pytest.raises(Missing):
        assess(
            case.pk,
            chosen="borderline",
            reason="情况特殊",
            version=None,
            by=office().clerk,
            at=now(),
        )


def test_the_clock_stands_only_with_a_reason_of_the_process_and_moves_the_last_day(clock, city):
    case = case_at("accepted", clock)
    clerk = office().clerk
    with pytest.raises(Invalid):
        pause(case.pk, "我没空", "", version=None, by=clerk, at=now())
    pause(case.pk, "核对未返回", "", version=None, by=clerk, at=now())
    clock.shift(dt.timedelta(days=3))

    resumed = resume(case.pk, version=None, by=clerk, at=now())

    assert resumed.due_on == dt.date(2022, 6, 2)


def test_a_case_cannot_skip_a_stage(clock, city):
    case = case_at("accepted", clock)

    with pytest.raises(WrongStage):
        review(case.pk, "同意", version=None, by=office().reviewer, at=now())


def test_a_refusal_says_why_and_is_not_the_assessors(clock, city):
    case = case_at("assessed", clock)
    with pytest.raises(Missing):
        refuse(case.pk, "不行", version=None, by=office().head, at=now())

    decision = refuse(
        case.pk, "家庭人均收入高于当地低保标准", version=None, by=office().head, at=now()
    )

    assert not decision.granted


def test_an_applicant_withdraws_at_any_open_stage(clock, city):
    case = case_at("noticed", clock)

    withdrawn = withdraw(case.pk, "不需要了", by=CITIZEN, at=now())

    assert withdrawn.stage == "withdrawn"
    assert notices_now(now().date()) == []


def test_a_wrong_secret_and_a_strangers_phone_answer_alike(city):
    case = submitted()

    with pytest.raises(NotFound):
        case_by_tracking("AAAAAAAAAAAAAAAA")
    with pytest.raises(NotFound):
        case_for_resident(case.pk, "another phone")
    with pytest.raises(NotFound):
        case_for_resident(uuid.uuid4(), str(case.application.phone_index))
