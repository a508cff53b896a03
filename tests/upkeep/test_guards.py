"""What is unknown, done already, ill told or somebody else's is refused, and nothing is left."""

import datetime as dt
from uuid import uuid4

import pytest

from doudi.accounts.permissions import Role
from doudi.audit.models import Entry
from doudi.benefits.models import AwardChange
from doudi.clock.time import now, today
from doudi.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, WrongStage
from doudi.upkeep import queries
from doudi.upkeep.actions.answer_proposal import answer_proposal
from doudi.upkeep.actions.appeal_change import appeal_change
from doudi.upkeep.actions.approve_standard import approve_standard, drop_standard
from doudi.upkeep.actions.change_account import Account, apply_account, ask_account, call_back
from doudi.upkeep.actions.decide_proposal import decide_proposal
from doudi.upkeep.actions.keep_card import Agreement, end_custody, keep_card
from doudi.upkeep.actions.prepare_standard import prepare_standard
from doudi.upkeep.actions.propose import Why, propose
from doudi.upkeep.actions.record_recheck import Seen, record_recheck
from doudi.upkeep.actions.recover import decide_recovery, propose_recovery, receive_part
from doudi.upkeep.actions.report_death import report_death
from doudi.upkeep.actions.settle_run import settle_run
from doudi.upkeep.actions.take_in_plans import remove_plans
from doudi.upkeep.models import Recheck, Run
from doudi.upkeep.parts import Asked, plan_of
from tests.benefits.running import COUNTY, TOWN, award
from tests.factories.cases import staff
from tests.upkeep.test_changes import FACTS, agreed, hands, proposed
from tests.upkeep.test_rights import NEW

pytestmark = pytest.mark.django_db
assert hands  # the fixture


def refuses(error, *deeds):
    """Each deed is refused so, and writes nothing into the journal."""
    before = Entry.objects.count()
    for number, deed in enumerate(deeds, 1):
        with pytest.raises(error):
            pytest.fail(f"deed {number} went through: {deed()}")
    assert Entry.objects.count() == before


def recheck_of(running):
    """An open re-check."""
    place = {"town": running.town, "county": running.county}
    return Recheck.objects.create(
        award=running, call="plan", klass="a", due_on=today(), opened_at=now(), **place
    )


def run_of(**more):
    """A run of the town that was held."""
    values = {"what": "birthdays", "month": "2022-05", "town": TOWN, "is_held": True} | more
    return Run.objects.create(proposed=0, at=now(), **values)


def test_what_does_not_exist_is_not_found(hands):
    clerk, head, county = ({"by": hands[who], "at": now()} for who in ("clerk", "head", "county"))
    none, day = uuid4(), today()

    refuses(
        NotFound,
        lambda: answer_proposal(none, "知道了", **clerk),
        lambda: decide_proposal(none, agree=True, why="同意", **head),
        lambda: decide_recovery(none, 1, "同意", **county),
        lambda: call_back(none, is_confirmed=True, **clerk),
        lambda: end_custody(none, **clerk),
        lambda: record_recheck(none, Seen(day, "same", FACTS), **clerk),
        lambda: settle_run(none, go=True, **county),
        lambda: approve_standard(none, "文号", **county),
        lambda: queries.proposal(none),
        lambda: queries.proposal_for(none, hands["clerk"]),
        lambda: queries.award_for(none, hands["clerk"]),
        lambda: queries.recheck_for(none, hands["clerk"]),
        lambda: queries.standard_run(none, hands["county"]),
        lambda: queries.run_for(none, hands["county"]),
    )


def test_what_lies_elsewhere_or_is_held_is_not_found_either(hands):
    running = award()
    held = proposed(running, "adjust", "means", hands, base=60_000, top_up=0)
    due, run = recheck_of(running), run_of()
    listed = prepare_standard(COUNTY, "2025-10", by=hands["county"], at=now())
    far = staff("far.county", Role.COUNTY_OFFICER, "610722")

    refuses(
        NotFound,
        lambda: queries.proposal_for(held.pk, far),
        lambda: queries.award_for(running.pk, far),
        lambda: queries.recheck_for(due.pk, far),
        lambda: queries.standard_run(listed.pk, far),
        lambda: queries.run_for(run.pk, far),
    )
    held.state = "held"
    held.save()
    refuses(NotFound, lambda: queries.proposal_for(held.pk, hands["clerk"]))


def test_who_lacks_the_right_proposes_and_decides_nothing(hands):
    running = award()
    plan = plan_of(running, "stop", Asked("2022-07"), now())
    waiting = proposed(running, "adjust", "means", hands, base=60_000, top_up=0)
    listed = prepare_standard(COUNTY, "2025-10", by=hands["county"], at=now())
    run, colleague = run_of(), staff("u.second", Role.TOWN_CLERK, TOWN)
    head = {"by": hands["head"], "at": now()}

    refuses(
        NotAllowed,
        lambda: propose(
            running.pk, "stop", plan, Why("means", FACTS), by=hands["county"], at=now()
        ),
        lambda: decide_proposal(waiting.pk, agree=True, why="同意", by=colleague, at=now()),
        lambda: approve_standard(listed.pk, "文号1", **head),
        lambda: drop_standard(listed.pk, **head),
        lambda: settle_run(run.pk, go=True, by=hands["clerk"], at=now()),
    )


def test_an_appeal_at_the_window_is_written_down_by_the_own_town_only(hands):
    agreed(award(), "stop", "means", hands, month="2022-07")
    change = AwardChange.objects.get()

    refuses(
        NotAllowed,
        lambda: appeal_change(change.pk, FACTS, asks_hold=False, by=hands["county"], at=now()),
    )


def test_what_was_decided_is_decided_once(hands):
    running, county = award(), {"by": hands["other"], "at": now()}
    done = agreed(running, "stop", "means", hands, month="2022-07")
    back = propose_recovery(running.pk, "error", 10_000, FACTS, by=hands["clerk"], at=now())
    refuses(WrongStage, lambda: receive_part(back.pk, "2022-06", **county))
    decide_recovery(back.pk, 2, "家属同意", by=hands["county"], at=now())
    receive_part(back.pk, "2022-06", **county)
    listed = prepare_standard(COUNTY, "2025-10", by=hands["county"], at=now())
    drop_standard(listed.pk, **county)

    refuses(
        WrongStage,
        lambda: answer_proposal(done.pk, "还有话说", by=hands["clerk"], at=now()),
        lambda: decide_proposal(done.pk, agree=True, why="同意", by=hands["head"], at=now()),
        lambda: decide_recovery(back.pk, 1, "同意", **county),
        lambda: approve_standard(listed.pk, "文号1", **county),
    )
    run = run_of(settled_at=now())
    refuses(
        Conflict,
        lambda: receive_part(back.pk, "2022-06", **county),
        lambda: settle_run(run.pk, go=True, by=hands["county"], at=now()),
        lambda: settle_run(
            run_of(is_held=False, month="2022-04").pk, go=True, by=hands["county"], at=now()
        ),
    )


def test_a_recheck_is_recorded_once_and_told_in_full(hands):
    running, by = award(), {"by": hands["clerk"], "at": now()}
    due, later = recheck_of(running), today() + dt.timedelta(days=1)

    refuses(
        Invalid,
        lambda: record_recheck(due.pk, Seen(today(), "better", FACTS), **by),
        lambda: record_recheck(due.pk, Seen(today(), "cut", FACTS), **by),
        lambda: record_recheck(due.pk, Seen(later, "same", FACTS), **by),
        lambda: record_recheck(due.pk, Seen(today(), "same", "没变"), **by),
    )
    record_recheck(due.pk, Seen(today(), "same", FACTS), **by)
    refuses(Conflict, lambda: record_recheck(due.pk, Seen(today(), "same", FACTS), **by))


def test_one_change_of_a_kind_waits_at_a_time(hands):
    running = award()
    proposed(running, "adjust", "means", hands, base=60_000, top_up=0)

    refuses(Conflict, lambda: proposed(running, "adjust", "means", hands, base=61_000, top_up=0))


def test_facts_causes_and_reasons_are_asked_for(hands):
    running, clerk = award(), {"by": hands["clerk"], "at": now()}
    plan = plan_of(running, "stop", Asked("2022-07"), now())
    waiting = proposed(running, "adjust", "means", hands, base=60_000, top_up=0)
    heard = proposed(running, "stop", "means", hands, month="2022-07")
    back = propose_recovery(award().pk, "error", 10_000, FACTS, **clerk)
    listed = prepare_standard(COUNTY, "2025-10", by=hands["county"], at=now())
    number = "这户的号码是610799198801014418，已核实"

    refuses(
        Invalid,
        lambda: propose(running.pk, "stop", plan, Why("age", FACTS), **clerk),
        lambda: propose(running.pk, "stop", plan, Why("means", "短"), **clerk),
        lambda: propose(running.pk, "stop", plan, Why("means", number), **clerk),
        lambda: answer_proposal(heard.pk, "我", **clerk),
        lambda: answer_proposal(heard.pk, "我" * 1001, **clerk),
        lambda: decide_proposal(waiting.pk, agree=True, why=" ", by=hands["head"], at=now()),
        lambda: propose_recovery(running.pk, "whim", 10_000, FACTS, **clerk),
        lambda: propose_recovery(running.pk, "error", 0, FACTS, **clerk),
        lambda: propose_recovery(running.pk, "error", 1, " ", **clerk),
        lambda: decide_recovery(back.pk, 25, "同意", by=hands["county"], at=now()),
        lambda: decide_recovery(back.pk, 1, " ", by=hands["county"], at=now()),
        lambda: ask_account(running.pk, Account("62109900", "演示银行", ""), **clerk),
        lambda: ask_account(running.pk, Account("62109900000000x", "演示银行", ""), **clerk),
        lambda: keep_card(running.pk, Agreement("演示保管人", "本人卧床", ""), **clerk),
        lambda: report_death(running.pk, uuid4(), today(), FACTS, **clerk),
        lambda: approve_standard(listed.pk, " ", by=hands["other"], at=now()),
    )


def test_who_proposed_decides_neither_money_nor_account(hands, clock):
    running, clerk = award(), hands["clerk"]
    back = propose_recovery(running.pk, "error", 10_000, FACTS, by=clerk, at=now())
    asked = ask_account(running.pk, NEW, by=clerk, at=now())
    call_back(asked.pk, is_confirmed=True, by=clerk, at=now())
    clock.shift(dt.timedelta(days=6))
    for role, place in ((Role.TOWN_HEAD, TOWN), (Role.COUNTY_OFFICER, COUNTY)):
        since, region = dt.date(2021, 7, 1), place.ljust(12, "0")
        clerk.posts.create(role=role.value, region_id=region, from_on=since)
    clerk.__dict__.pop("_posts", None)

    refuses(
        NotAllowed,
        lambda: decide_recovery(back.pk, 1, "同意", by=clerk, at=now()),
        lambda: apply_account(asked.pk, by=clerk, at=now()),
    )


@pytest.mark.parametrize(
    ("kind", "asked", "error"),
    [
        ("adjust", Asked("2022-06"), Invalid),
        ("adjust", Asked("2022-06", base=1), Invalid),
        ("adjust", Asked("六月", base=1, top_up=0), Invalid),
        ("taper", Asked("2021-12"), Conflict),
        ("person_out", Asked("2022-06", person_id=uuid4()), Invalid),
        ("resume", Asked("2022-06"), Conflict),
    ],
)
def test_a_plan_that_cannot_be_is_refused(kind, asked, error, city):
    refuses(error, lambda: plan_of(award(), kind, asked, now()))


def test_nobody_leaves_alone_nor_takes_more_than_the_households_supplement(city):
    alone, two = award(), award(up=1_000, born=("1970-01-01", "1972-01-01"))
    one, other = (a.persons.first().person_id for a in (alone, two))

    refuses(
        Invalid,
        lambda: plan_of(alone, "person_out", Asked("2022-06", person_id=one), now()),
        lambda: plan_of(
            two, "person_out", Asked("2022-06", person_id=other, own_top_up=1_001), now()
        ),
    )


def test_a_takeover_somebody_worked_on_keeps_its_plans(hands):
    changed, checked = award(), award()
    proposed(changed, "stop", "means", hands, month="2022-07")
    done = recheck_of(checked)
    record_recheck(done.pk, Seen(today(), "same", FACTS), by=hands["clerk"], at=now())

    refuses(Conflict, lambda: remove_plans([changed.pk]), lambda: remove_plans([checked.pk]))

    assert Recheck.objects.filter(pk=done.pk).exists()
