"""申诉: within its days, to the county, once, never to those who decided; the way back is real."""

import datetime as dt

import pytest

from doudi.accounts.models import Post
from doudi.accounts.permissions import Role
from doudi.cases.actions.assess import assess
from doudi.cases.actions.confirm import confirm
from doudi.cases.models import Case, Decision, Letter
from doudi.clock.time import now
from doudi.demo.play import ACTS, STEPS
from doudi.kernel.errors import Conflict, Invalid, Missing, NotAllowed, WrongStage
from doudi.notices.models import Message
from doudi.outbox.deliver import deliver_all
from doudi.redress.actions.answer_appeal import answer_appeal
from doudi.redress.actions.file_appeal import file_appeal
from doudi.redress.models import Appeal, ChangeReport
from doudi.redress.queries import appeals_for, chance_to_appeal, may_answer_appeal
from tests.factories.cases import case_at, office, staff
from tests.redress.conftest import REASONS, WORDS, owner

pytestmark = pytest.mark.django_db


def appealed(case: Case) -> Appeal:
    return file_appeal(case.pk, WORDS, by=owner(case), at=now())


def answered(appeal: Appeal, upheld: bool, by: object) -> Appeal:
    made = answer_appeal(appeal.pk, upheld, REASONS, by=by, at=now())
    deliver_all()
    return made


def texts(template: str) -> list[str]:
    return [m.text.open() for m in Message.objects.filter(template=template)]


def test_an_appeal_goes_to_the_county_with_a_day_to_be_answered_by(refused):
    appeal = appealed(refused)
    deliver_all()

    assert (appeal.office, appeal.due_on) == ("610702", dt.date(2022, 5, 30))
    assert (appeal.limit_on, appeal.late) == (dt.date(2022, 7, 8), False)
    assert "2022-05-30" in texts("appeal_received")[0]


def test_the_words_are_sealed(refused):
    appealed(refused)

    raw = bytes(Appeal.objects.values_list("text", flat=True).get())

    assert WORDS.encode() not in raw


def test_a_second_appeal_against_the_same_decision_is_a_conflict(refused):
    appealed(refused)

    with pytest.raises(Conflict):
        appealed(refused)


def test_an_open_case_has_nothing_to_appeal(clock, city):
    case = case_at("accepted", clock)

    with pytest.raises(WrongStage):
        appealed(case)


def test_an_appeal_needs_words(refused):
    with pytest.raises(Invalid):
        file_appeal(refused.pk, "不服", by=owner(refused), at=now())


@pytest.mark.parametrize(("days", "late"), [(60, False), (61, True)])
def test_the_last_day_counts_and_a_late_appeal_is_taken_and_marked(refused, clock, days, late):
    clock.shift(dt.timedelta(days=days))

    appeal = appealed(refused)

    assert appeal.late is late


def test_the_days_run_from_the_day_the_letter_was_handed_over(refused):
    handed = now() + dt.timedelta(days=10)
    Letter.objects.filter(case=refused, form="F13").update(delivered_at=handed)

    chance = chance_to_appeal(refused, now().date())

    assert chance.limit_on == dt.date(2022, 7, 18)


def test_an_upheld_appeal_reopens_the_case_with_a_new_clock(refused, county, clock):
    appeal = appealed(refused)
    clock.shift(dt.timedelta(days=7))

    answered(appeal, True, county)

    refused.refresh_from_db()
    assert (refused.stage, refused.ended_at) == ("accepted", None)
    assert (refused.reopened_on, refused.due_on) == (dt.date(2022, 5, 16), dt.date(2022, 6, 7))
    assert refused.accepted_on == dt.date(2022, 5, 9)
    assert Decision.objects.get(case=refused).set_aside_at is not None
    assert texts("appeal_upheld")


def test_a_reopened_case_goes_all_the_way_to_money(refused, county, clock):
    answered(appealed(refused), True, county)
    desk = office(refused.town)

    assess(refused.pk, version=None, by=desk.clerk, at=now())
    for step in ("panel", "review", "notice"):
        ACTS[step](refused.pk, desk)
    clock.shift(dt.timedelta(days=8))
    confirm(refused.pk, version=None, by=desk.head, at=now())

    made = Decision.objects.filter(case=refused).order_by("at")
    assert [(d.granted, d.set_aside_at is None) for d in made] == [(False, False), (True, True)]


def test_a_second_refusal_may_be_appealed_again(refused, county):
    answered(appealed(refused), True, county)
    desk = office(refused.town)
    assess(refused.pk, version=None, by=desk.clerk, at=now())
    ACTS["refuse"](refused.pk, desk)

    again = appealed(refused)

    assert again.state == "open"


def test_a_dismissed_appeal_leaves_the_decision_and_names_the_court(refused, county):
    answered(appealed(refused), False, county)

    refused.refresh_from_db()
    assert (refused.stage, Decision.objects.get(case=refused).set_aside_at) == ("refused", None)
    assert "6个月" in texts("appeal_dismissed")[0]


def test_an_application_that_was_not_accepted_comes_back_to_the_towns_list(clock, city, county):
    case = case_at("not_accepted", clock)

    answered(appealed(case), True, county)

    case.refresh_from_db()
    assert (case.stage, case.ended_at) == ("submitted", None)


def test_an_amount_that_was_too_small_is_rechecked_and_paid_on(clock, city, county):
    case = case_at("confirmed", clock)

    answered(appealed(case), True, county)
    deliver_all()

    case.refresh_from_db()
    report = ChangeReport.objects.get(case=case)
    assert (case.stage, report.office, report.state) == ("confirmed", case.town, "open")


def test_an_answer_needs_reasons_and_is_given_once(refused, county):
    appeal = appealed(refused)

    with pytest.raises(Missing):
        answer_appeal(appeal.pk, False, "不行", by=county, at=now())
    answered(appeal, False, county)
    with pytest.raises(WrongStage):
        answered(appeal, True, county)


def test_neither_town_nor_neighbour_nor_city_answers(refused, other_county, bureau):
    appeal = appealed(refused)

    for person in (office(refused.town).head, other_county, bureau):
        with pytest.raises(NotAllowed):
            answered(appeal, False, person)


def test_whoever_had_a_hand_in_the_case_does_not_answer_even_from_the_county(refused):
    appeal, head = appealed(refused), office(refused.town).head
    Post.objects.filter(staff=head).update(role=Role.COUNTY_OFFICER.value, region_id="610702000000")

    with pytest.raises(NotAllowed):
        answered(appeal, False, head)
    assert not may_answer_appeal(head, appeal)


def test_only_the_county_sees_it(refused, county, other_county, bureau):
    appeal = appealed(refused)

    assert [list(appeals_for(who)) for who in (county, other_county, bureau)] == [[appeal], [], []]
    assert list(appeals_for(staff("t", Role.TOWN_HEAD, refused.town))) == []


def test_the_steps_to_a_refusal_are_the_ones_played_here():
    assert STEPS["refused"][-1] == "refuse"
