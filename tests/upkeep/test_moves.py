"""What hangs on an award goes with the household, and both places can tell."""

import datetime as dt

import pytest

from doudi.audit.models import Entry
from doudi.benefits.models import Award
from doudi.clock.time import now, today
from doudi.kernel.errors import NotFound
from doudi.upkeep.actions.call_recheck import call_recheck
from doudi.upkeep.actions.change_account import Account, apply_account, ask_account, call_back
from doudi.upkeep.actions.decide_proposal import decide_proposal
from doudi.upkeep.actions.keep_card import Agreement, end_custody, keep_card
from doudi.upkeep.actions.plan_rechecks import plan_rechecks
from doudi.upkeep.actions.propose import Why, propose
from doudi.upkeep.models import AccountRequest, Custody, RecheckPlan
from doudi.upkeep.parts import Asked, plan_of
from tests.benefits.running import COUNTY, award
from tests.house.scene.who import browser_of
from tests.upkeep.test_changes import COUNTRY, FACTS, OTHER, hands

pytestmark = pytest.mark.django_db
assert hands  # the fixture
NEW = Account("6210990000000000025", "演示农商银行", "演示甲")
KEPT = Agreement("演示保管人", "本人卧床", "协议2022-1")


def asked_to_move(running, village, hands):
    plan = plan_of(running, "move", Asked("2022-07", 48_000, 0), now())
    why = Why("moved", FACTS, to_village=village)
    return propose(running.pk, "move", plan, why, by=hands["clerk"], at=now())


def moved(running, village, hands, decider) -> Award:
    made = asked_to_move(running, village, hands)
    decide_proposal(made.pk, agree=True, why="同意", by=hands[decider], at=now())
    return Award.objects.get(follows=running)


def journal(chain):
    found = Entry.objects.filter(chain=chain, action__endswith="_moved")
    return list(found.order_by("pk").values_list("action", "subject"))


@pytest.mark.parametrize(("village", "decider"), [(OTHER, "there"), (COUNTRY, "head")])
def test_a_kept_card_is_filed_anew_where_the_household_lives_now(hands, village, decider):
    running = award()
    first = keep_card(running.pk, KEPT, by=hands["clerk"], at=now())

    new = moved(running, village, hands, decider)

    first.refresh_from_db()
    there = Custody.objects.get(award=new, ended_on=None)
    assert (first.ended_on, first.ended_by) == (today(), hands[decider].name)
    assert (there.county, there.town) == (village[:6], village[:9])
    assert (there.keeper.open(), there.reason.open()) == (KEPT.keeper, KEPT.reason)
    assert (there.paper, there.since_on) == (KEPT.paper, first.since_on)
    with pytest.raises(NotFound):
        end_custody(running.pk, by=hands["clerk"], at=now())


def test_an_account_asked_for_before_the_move_is_paid_after_it_by_another_hand_there(hands, clock):
    running = award()
    asked = ask_account(running.pk, NEW, by=hands["clerk"], at=now())
    call_back(asked.pk, is_confirmed=True, by=hands["clerk"], at=now())

    new = moved(running, OTHER, hands, "there")
    clock.shift(dt.timedelta(days=5))
    apply_account(asked.pk, by=hands["there"], at=now())

    new.refresh_from_db()
    running.refresh_from_db()
    assert (new.account.open(), new.bank) == (NEW.number, NEW.bank)
    assert running.account.open() != NEW.number
    assert AccountRequest.objects.get().county == OTHER[:6]


def test_both_counties_journals_tell_what_went_and_what_came(hands):
    running = award()
    keep_card(running.pk, KEPT, by=hands["clerk"], at=now())
    ask_account(running.pk, NEW, by=hands["clerk"], at=now())

    new = moved(running, OTHER, hands, "there")

    old, came = f"award:{running.pk}", f"award:{new.pk}"
    assert journal(COUNTY) == [("award.card_moved", old), ("award.account_moved", old)]
    assert journal(OTHER[:6]) == [("award.card_moved", came), ("award.account_moved", came)]


def test_what_was_settled_before_stays_where_it_was(hands):
    running = award()
    keep_card(running.pk, KEPT, by=hands["clerk"], at=now())
    end_custody(running.pk, by=hands["clerk"], at=now())
    asked = ask_account(running.pk, NEW, by=hands["clerk"], at=now())
    call_back(asked.pk, is_confirmed=False, by=hands["clerk"], at=now())

    moved(running, OTHER, hands, "there")

    assert Custody.objects.get().award_id == running.pk
    assert AccountRequest.objects.get().award_id == running.pk


def test_the_day_of_the_next_recheck_stays_and_an_open_one_is_done_there(hands):
    running = award()
    plan_rechecks(at=now())
    planned = RecheckPlan.objects.get(award=running)
    called = call_recheck(running.pk, "report", FACTS, today(), by=hands["clerk"], at=now())

    new = moved(running, OTHER, hands, "there")

    called.refresh_from_db()
    there = RecheckPlan.objects.get(award=new)
    assert (called.award_id, called.county, called.town) == (new.pk, OTHER[:6], OTHER[:9])
    assert (called.note.open(), called.due_on) == (FACTS, today())
    assert (there.klass, there.due_on) == (planned.klass, planned.due_on)
    assert ("award.recheck_moved", f"award:{new.pk}") in journal(OTHER[:6])


def test_whoever_is_to_consent_reads_first_what_comes_along(hands):
    running = award()
    alone = asked_to_move(award(born=("1970-01-01",)), OTHER, hands)
    keep_card(running.pk, KEPT, by=hands["clerk"], at=now())
    ask_account(running.pk, NEW, by=hands["clerk"], at=now())
    made = asked_to_move(running, OTHER, hands)
    there = browser_of(hands["there"])

    pages = [there.get(f"/desk/proposals/{p.pk}/").content.decode() for p in (alone, made)]

    said = [("代保管协议随户迁走" in page, "换账户在办：随户迁走" in page) for page in pages]
    assert said == [(False, False), (True, True)]
