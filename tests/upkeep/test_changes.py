"""Running awards change by two hands, after the household was heard, to the fen."""

import datetime as dt

import pytest

from doudi.accounts.permissions import Role
from doudi.audit.actor import Actor
from doudi.benefits.actions.change_award import Change
from doudi.benefits.actions.move_award import move_award
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.dues import lines_due, overpaid
from doudi.benefits.figures import due_for
from doudi.benefits.models import Award, AwardChange, AwardPerson, Roll
from doudi.benefits.queries import changes_of
from doudi.clock.time import now
from doudi.kernel.errors import Conflict, Invalid, NotAllowed
from doudi.kernel.periods import Month
from doudi.ledger.figures import fund
from doudi.ledger.queries import balances
from doudi.outbox.deliver import deliver_all
from doudi.people.models import BenefitMark
from doudi.upkeep.actions.answer_proposal import answer_proposal
from doudi.upkeep.actions.change_account import Account, apply_account, ask_account, call_back
from doudi.upkeep.actions.decide_proposal import decide_proposal
from doudi.upkeep.actions.find_birthdays import find_birthdays
from doudi.upkeep.actions.keep_card import Agreement, end_custody, keep_card
from doudi.upkeep.actions.plan_rechecks import plan_rechecks
from doudi.upkeep.actions.propose import Why, propose
from doudi.upkeep.actions.record_recheck import Seen, record_recheck
from doudi.upkeep.actions.recover import decide_recovery, propose_recovery, receive_part
from doudi.upkeep.actions.report_death import report_death
from doudi.upkeep.actions.settle_run import settle_run
from doudi.upkeep.figures import instalments
from doudi.upkeep.models import Custody, Proposal, Recheck, RecheckPlan, Run
from doudi.upkeep.parts import Asked, plan_of
from doudi.upkeep.queries import due_now, not_asked_back, proposals_listed
from tests.benefits.running import COUNTY, TOWN, award, persons
from tests.factories.cases import staff

pytestmark = pytest.mark.django_db
FACTS = "演示：已入户核实情况"


@pytest.fixture
def hands(city):
    return {
        "clerk": staff("u.clerk", Role.TOWN_CLERK, TOWN),
        "head": staff("u.head", Role.TOWN_HEAD, TOWN),
        "county": staff("u.county", Role.COUNTY_OFFICER, COUNTY),
        "other": staff("u.other", Role.COUNTY_OFFICER, COUNTY),
        "there": staff("u.there", Role.TOWN_HEAD, OTHER[:9]),
    }


def proposed(running, kind, cause, hands, month="2022-06", **more):
    asked = Asked(month, **more)
    why = Why(cause, FACTS, person_id=asked.person_id)
    plan = plan_of(running, kind, asked, now())
    return propose(running.pk, kind, plan, why, by=hands["clerk"], at=now())


def agreed(running, kind, cause, hands, **more):
    made = proposed(running, kind, cause, hands, **more)
    if made.answer_by_on:
        answer_proposal(made.pk, "知道了", by=hands["clerk"], at=now())
    decide_proposal(made.pk, agree=True, why="同意", by=hands["head"], at=now())
    deliver_all()
    running.refresh_from_db()
    return made


def dues(running, *months):
    return [due_for(running, month) for month in months]


def test_who_proposed_does_not_decide(hands):
    running = award()
    hands["clerk"].posts.create(
        role=Role.TOWN_HEAD.value, region_id=TOWN + "000", from_on=dt.date(2021, 7, 1)
    )
    hands["clerk"].__dict__.pop("_posts", None)
    made = proposed(running, "adjust", "means", hands, base=60_000, top_up=0)

    with pytest.raises(NotAllowed):
        decide_proposal(made.pk, agree=True, why="同意", by=hands["clerk"], at=now())

    assert AwardChange.objects.count() == 0


def test_a_cut_waits_until_the_household_answered_or_its_days_are_over(hands, clock):
    running = award()
    made = proposed(running, "stop", "means", hands, month="2022-07")
    assert made.answer_by_on == dt.date(2022, 5, 23)

    with pytest.raises(Invalid):
        decide_proposal(made.pk, agree=True, why="同意", by=hands["head"], at=now())
    clock.move_to(dt.datetime(2022, 5, 24, 1, 0, tzinfo=dt.UTC))
    decide_proposal(made.pk, agree=True, why="期满未答复", by=hands["head"], at=now())

    running.refresh_from_db()
    assert dues(running, "2022-06", "2022-07") == [50_000, 0]
    assert BenefitMark.objects.get().until_month == "2022-06"


def test_a_raise_is_decided_at_once_and_what_is_dropped_changes_nothing(hands):
    running = award()
    up = proposed(running, "adjust", "means", hands, base=60_000, top_up=0)
    decide_proposal(up.pk, agree=False, why="证据不足", by=hands["head"], at=now())

    running.refresh_from_db()
    assert (up.answer_by_on, dues(running, "2022-06"), AwardChange.objects.count()) == (
        None,
        [50_000],
        0,
    )


def test_the_award_of_a_single_person_ends_with_the_month_of_death_and_nothing_sooner(hands):
    running = award()
    made = report_death(
        running.pk, persons(running)[0], dt.date(2022, 4, 20), FACTS, by=hands["clerk"], at=now()
    )
    decide_proposal(made.pk, agree=True, why="火化证明", by=hands["head"], at=now())

    running.refresh_from_db()
    assert isinstance(made, Proposal)
    assert (running.end_month, dues(running, "2022-04", "2022-05")) == ("2022-04", [50_000, 0])


def test_where_the_last_of_a_household_died_the_award_ends_with_that_month(hands):
    running = award(born=("1960-01-01", "1962-01-01"))
    first, second = persons(running)
    told = {"by": hands["clerk"], "at": now()}
    report_death(running.pk, second, dt.date(2022, 5, 3), FACTS, **told)

    made = report_death(running.pk, first, dt.date(2022, 4, 20), FACTS, **told)

    assert isinstance(made, Proposal)
    assert (made.kind, made.from_month) == ("death", "2022-06")


def test_what_was_paid_after_a_death_is_shown_and_asked_back_only_by_the_county(hands):
    running = award()
    _paid(running, "2022-04", "2022-05")
    gone = report_death(
        running.pk, persons(running)[0], dt.date(2022, 4, 20), FACTS, by=hands["clerk"], at=now()
    )
    decide_proposal(gone.pk, agree=True, why="火化证明", by=hands["head"], at=now())
    running.refresh_from_db()
    much = overpaid(running, "2022-06", changes_of(running))
    back = propose_recovery(running.pk, "death", much, FACTS, by=hands["clerk"], at=now())
    decide_recovery(back.pk, 3, "家属同意", by=hands["county"], at=now())

    told = (now(), changes_of(running), [back])
    assert (not_asked_back(running, *told[:2], []), not_asked_back(running, *told)) == (much, 0)
    parts = list(back.parts.values_list("month", "fen"))
    for month, _fen in parts:
        receive_part(back.pk, month, by=hands["county"], at=now())
    back.refresh_from_db()

    assert (much, [fen for _, fen in parts], back.state) == (
        50_000,
        [16_666, 16_666, 16_668],
        "repaid",
    )
    assert balances([fund(COUNTY), f"repaid.{COUNTY}"]) == {
        fund(COUNTY): much,
        f"repaid.{COUNTY}": -much,
    }


def _paid(running, *months):
    for month in months:
        roll = Roll.objects.create(
            number=f"R{month}",
            county=COUNTY,
            month=month,
            prepared_by_id="1",
            prepared_by="演示",
            prepared_at=now(),
        )
        roll.payments.create(
            end_to_end_id=f"E{month}{running.number}",
            award=running,
            person_id=running.payee_id,
            month=month,
            kind="dibao",
            amount_fen=50_000,
        )
        Roll.objects.filter(pk=roll.pk).update(stage="settled")


def test_an_error_made_in_good_faith_is_not_asked_back(hands):
    running = award()
    back = propose_recovery(running.pk, "error", 10_000, FACTS, by=hands["clerk"], at=now())

    decide_recovery(back.pk, 0, "本人不知情，办理差错", by=hands["county"], at=now())

    back.refresh_from_db()
    assert (back.state, back.parts.count()) == ("waived", 0)


def test_a_household_is_looked_at_within_three_months_after_a_death_and_paid_until_then(hands):
    running = award(born=("1960-01-01", "1962-01-01"))

    called = report_death(
        running.pk, persons(running)[1], dt.date(2022, 4, 20), FACTS, by=hands["clerk"], at=now()
    )

    assert isinstance(called, Recheck)
    assert (called.due_on, dues(running, "2022-08")) == (dt.date(2022, 7, 20), [50_000])


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2022-05-09", [("2022-06", 50_000), ("2022-08", 50_000), ("2022-09", 0)]),
        ("2022-10-20", [("2022-11", 50_000), ("2023-02", 25_000), ("2023-05", 0)]),
    ],
)
def test_a_gradual_exit_goes_by_the_rule_of_its_day_and_then_ends(hands, clock, day, expected):
    running = award()
    clock.move_to(dt.datetime.fromisoformat(f"{day}T10:00:00+08:00"))

    agreed(running, "taper", "job", hands, month=expected[0][0])

    assert dues(running, *(m for m, _ in expected)) == [fen for _, fen in expected]


def test_whoever_refuses_work_loses_only_the_own_part(hands):
    running = award(fen=99_999, up=19_650, born=("1980-01-01", "1982-01-01", "2010-01-01"))

    agreed(running, "person_out", "refused_work", hands, person_id=persons(running)[1])

    left = AwardPerson.objects.filter(award=running, until_month="2022-05")
    assert dues(running, "2022-06") == [66_666 + 19_650]
    assert list(left.values_list("person_id", flat=True)) == [persons(running)[1]]
    assert BenefitMark.objects.filter(until_month="").count() == 2


def test_when_the_one_who_is_paid_dies_the_eldest_who_stays_is_paid(hands):
    running = award(fen=90_000, born=("1950-01-01", "2010-01-01", "1952-01-01"))
    payee, child, widow = persons(running)

    agreed(running, "person_out", "death", hands, person_id=payee)
    june = prepare_roll(COUNTY, "2022-06", by=hands["county"], at=now())

    running.refresh_from_db()
    assert (running.payee_id, june.payments.get().person_id) == (widow, widow)
    assert june.payments.get().amount_fen == 60_000


def test_a_suspended_award_comes_back_under_the_standard_of_its_month(hands, clock):
    running = award(fen=50_000)
    agreed(running, "suspend", "checking", hands, month="2025-09")
    clock.move_to(dt.datetime(2025, 10, 9, 10, tzinfo=dt.UTC))

    agreed(running, "resume", "cleared", hands, month="2025-11")

    assert dues(running, "2025-08", "2025-09", "2025-10", "2025-11") == [50_000, 0, 0, 52_000]


def test_a_move_to_another_county_leaves_no_month_out_and_pays_none_twice(hands):
    running = award()
    why = Why("moved", FACTS, to_village=OTHER)
    plan = plan_of(running, "move", Asked("2022-07", 48_000, 0), now())
    made = propose(running.pk, "move", plan, why, by=hands["clerk"], at=now())
    decide_proposal(made.pk, agree=True, why="同意接收", by=hands["there"], at=now())
    deliver_all()

    new = Award.objects.get(follows=running)
    months = ("2022-05", "2022-06", "2022-07", "2022-08")
    here = [sum(x.fen for x in lines_due(COUNTY, m)) for m in months]
    there = [sum(x.fen for x in lines_due(OTHER[:6], m)) for m in months]

    assert (here, there) == ([50_000, 50_000, 0, 0], [0, 0, 48_000, 48_000])
    assert (new.county, new.payee_id) == (OTHER[:6], running.payee_id)
    assert BenefitMark.objects.filter(until_month="").get().award_ref == new.pk


@pytest.mark.parametrize(("kind", "cause"), [("taper", "job"), ("suspend", "checking")])
def test_what_is_phased_out_or_suspended_does_not_begin_anew_elsewhere(kind, cause, hands):
    running = award()
    why = Why("moved", FACTS, to_village=OTHER)
    plan = plan_of(running, "move", Asked("2022-06", base=50_000, top_up=0), now())
    move = propose(running.pk, "move", plan, why, by=hands["clerk"], at=now())
    agreed(running, kind, cause, hands)

    with pytest.raises(Conflict):
        plan_of(running, "move", Asked("2022-06", base=50_000, top_up=0), now())
    with pytest.raises(Conflict):
        decide_proposal(move.pk, agree=True, why="同意", by=hands["there"], at=now())

    assert Award.objects.count() == 1


def test_an_old_number_with_a_stroke_stays_whole_in_each_place(hands):
    running = award()
    Award.objects.filter(pk=running.pk).update(number="J汉台-001")
    Award.objects.filter(pk=award().pk).update(number="J汉台-002")
    amounts, by = (("2022-06", 50_000, 0),), Actor("staff", "1", "负责人")

    there = move_award(
        running.pk, OTHER, Change("move", "2022-06", 50_000, amounts), by=by, at=now()
    )
    later = Change("move", "2022-07", 50_000, (("2022-07", 50_000, 0),))
    back = move_award(there.pk, running.village, later, by=by, at=now())

    assert (there.number, back.number) == ("J汉台-001-2", "J汉台-001-3")


def test_a_move_from_town_to_country_inside_a_county_leaves_out_no_month_either(hands):
    running = award(fen=50_000)
    why = Why("moved", FACTS, to_village=COUNTRY)
    plan = plan_of(running, "move", Asked("2022-07", 45_000, 0), now())
    made = propose(running.pk, "move", plan, why, by=hands["clerk"], at=now())

    decide_proposal(made.pk, agree=True, why="同意", by=hands["head"], at=now())

    lines = {m: [(x.award.area, x.fen) for x in lines_due(COUNTY, m)] for m in JUNE_AND_JULY}
    assert lines == {"2022-06": [("urban", 50_000)], "2022-07": [("rural", 45_000)]}


JUNE_AND_JULY = ("2022-06", "2022-07")
COUNTRY, OTHER = "610702006200", "610722001001"


def test_a_move_to_another_county_waits_for_the_consent_of_that_county(hands):
    running = award()
    why = Why("moved", FACTS, to_village=OTHER)
    plan = plan_of(running, "move", Asked("2022-07", 48_000, 0), now())
    made = propose(running.pk, "move", plan, why, by=hands["clerk"], at=now())

    for nobody in (hands["head"], hands["county"]):
        with pytest.raises(NotAllowed):
            decide_proposal(made.pk, agree=True, why="同意", by=nobody, at=now())

    assert [p.pk for p in proposals_listed(hands["there"])] == [made.pk]
    assert not Award.objects.filter(follows=running).exists()
    decide_proposal(made.pk, agree=False, why="本人不迁了", by=hands["head"], at=now())
    assert Proposal.objects.get().state == "dropped"


def test_a_consent_that_comes_after_the_roll_was_made_leaves_that_month_where_it_is(hands):
    running = award()
    why = Why("moved", FACTS, to_village=OTHER)
    plan = plan_of(running, "move", Asked("2022-06", 48_000, 0), now())
    made = propose(running.pk, "move", plan, why, by=hands["clerk"], at=now())
    prepare_roll(COUNTY, "2022-06", by=hands["county"], at=now())

    decide_proposal(made.pk, agree=True, why="同意接收", by=hands["there"], at=now())

    running.refresh_from_db()
    new = Award.objects.get(follows=running)
    assert dues(running, "2022-06", "2022-07") == [50_000, 0]
    assert dues(new, "2022-06", "2022-07") == [0, 48_000]
    assert overpaid(running, "2022-08", changes_of(running)) == 0


def test_birthdays_are_proposed_once_and_nothing_changes_by_itself(hands):
    child = award(fen=50_000, up=19_650, born=("1980-01-01", "2004-05-20"))
    elder = award(fen=50_000, born=("1952-05-30",))

    made = (find_birthdays(at=now()), find_birthdays(at=now()))

    kinds = dict(Proposal.objects.values_list("award_id", "kind"))
    assert (made, kinds) == ((2, 0), {child.pk: "age_child", elder.pk: "age_elder"})
    assert {p.after_fen for p in Proposal.objects.all()} == {50_000, 69_650}
    assert AwardChange.objects.count() == 0


def test_of_twins_the_second_is_not_forgotten(hands):
    award(fen=50_000, up=39_300, born=("1980-01-01", "2004-05-20", "2004-05-20"))

    made = find_birthdays(at=now())

    assert (made, Recheck.objects.get().call) == (1, "report")


def test_a_run_over_two_percent_is_held_until_a_person_let_it_go(hands):
    for day in range(1, 4):
        award(fen=50_000, up=0, born=(f"1952-05-{day:02d}",))

    find_birthdays(at=now())
    run = Run.objects.get()
    held = set(Proposal.objects.values_list("state", flat=True))
    settle_run(run.pk, go=True, by=hands["county"], at=now())

    assert (run.is_held, run.proposed, held) == (True, 3, {"held"})
    assert set(Proposal.objects.values_list("state", flat=True)) == {"open"}


def test_a_new_account_waits_for_call_and_days_and_a_second_hand(hands, clock):
    running = award()
    given = Account("6210990000000000025", "演示农商银行", "演示甲")
    asked = ask_account(running.pk, given, by=hands["clerk"], at=now())

    with pytest.raises(Conflict):
        apply_account(asked.pk, by=hands["head"], at=now())
    call_back(asked.pk, is_confirmed=True, by=hands["clerk"], at=now())
    with pytest.raises(Conflict):
        apply_account(asked.pk, by=hands["head"], at=now())
    clock.shift(dt.timedelta(days=5))
    apply_account(asked.pk, by=hands["head"], at=now())

    running.refresh_from_db()
    assert running.account.open() == given.number


def test_an_account_nobody_asked_for_is_never_paid(hands, clock):
    running = award()
    before = running.account.open()
    given = Account("6210990000000000025", "演示农商银行", "演示甲")
    asked = ask_account(running.pk, given, by=hands["clerk"], at=now())
    call_back(asked.pk, is_confirmed=False, by=hands["clerk"], at=now())
    clock.shift(dt.timedelta(days=6))

    with pytest.raises(Conflict):
        apply_account(asked.pk, by=hands["head"], at=now())

    running.refresh_from_db()
    assert running.account.open() == before


def test_a_kept_card_has_one_written_agreement_that_ends(hands):
    running = award()
    told = Agreement("演示保管人", "本人卧床", "协议2022-1")
    keep_card(running.pk, told, by=hands["clerk"], at=now())

    with pytest.raises(Conflict):
        keep_card(running.pk, told, by=hands["clerk"], at=now())
    end_custody(running.pk, by=hands["clerk"], at=now())

    assert Custody.objects.get().ended_on == dt.date(2022, 5, 9)


def test_a_recheck_comes_by_class_and_its_outcome_is_a_proposal(hands, clock):
    running = award(born=("1980-01-01",), at=dt.datetime(2021, 11, 20, tzinfo=dt.UTC))
    plan_rechecks(at=now())
    found = Recheck.objects.get()
    seen = Seen(
        dt.date(2022, 5, 9),
        "cut",
        "收入增加，重新核定",
        {"people": 1},
        {"people": 1, "income_fen": 200_000},
        plan=plan_of(running, "adjust", Asked("2022-07", 40_000, 0), now()),
    )

    record_recheck(found.pk, seen, by=hands["clerk"], at=now())

    found.refresh_from_db()
    assert (found.klass, found.due_on) == ("b", dt.date(2022, 5, 20))
    assert (found.proposal.state, found.proposal.after_fen) == ("hearing", 40_000)
    assert RecheckPlan.objects.get().due_on == dt.date(2022, 11, 9)
    assert due_now(running, now()).fen == 50_000


def test_no_part_of_what_is_paid_back_is_nothing():
    assert instalments(2, 24, Month(2022, 6)) == [("2022-06", 1), ("2022-07", 1)]
