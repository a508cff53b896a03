"""Every verb of upkeep asks for its own right: who holds another one gets nowhere."""

import datetime as dt
from uuid import uuid4

import pytest

from doudi.accounts.permissions import Role
from doudi.clock.time import now, today
from doudi.kernel.errors import NotAllowed
from doudi.upkeep.actions.answer_proposal import answer_proposal
from doudi.upkeep.actions.call_recheck import call_recheck
from doudi.upkeep.actions.change_account import Account, apply_account, ask_account, call_back
from doudi.upkeep.actions.keep_card import Agreement, end_custody, keep_card
from doudi.upkeep.actions.prepare_standard import prepare_standard
from doudi.upkeep.actions.record_recheck import Seen, record_recheck
from doudi.upkeep.actions.recover import decide_recovery, propose_recovery, receive_part
from doudi.upkeep.actions.report_death import report_death
from doudi.upkeep.models import Recheck
from tests.benefits.running import award
from tests.factories.cases import staff
from tests.upkeep.test_changes import FACTS, hands, proposed

pytestmark = pytest.mark.django_db
assert hands  # the fixture
NEW = Account("6217000000000000025", "演示银行", "任建明")


def refused(deed, by):
    """Whether the right is missing."""
    with pytest.raises(NotAllowed):
        deed(by=by, at=now())


def test_what_a_towns_clerk_proposes_neither_the_county_nor_another_town_may(clock, hands):
    running, elsewhere = award(), staff("u.far", Role.TOWN_CLERK, "610722001")
    waiting = proposed(running, "stop", "means", hands, month="2022-07")
    asked = ask_account(running.pk, NEW, by=hands["clerk"], at=now())
    keep_card(running.pk, Agreement("村主任", "行动不便", "协议1号"), by=hands["clerk"], at=now())
    values = {"town": running.town, "county": running.county, "call": "plan", "klass": "a"}
    due = Recheck.objects.create(award=running, due_on=today(), opened_at=now(), **values)
    seen, day = Seen(today(), "same", FACTS), today() + dt.timedelta(days=9)

    for by in (hands["county"], elsewhere):
        refused(lambda **w: propose_recovery(running.pk, "error", 100, FACTS, **w), by)
        refused(lambda **w: call_recheck(running.pk, "plan", FACTS, day, **w), by)
        refused(lambda **w: keep_card(running.pk, Agreement("甲", "乙丙", "丁"), **w), by)
        refused(lambda **w: end_custody(running.pk, **w), by)
        refused(lambda **w: report_death(running.pk, uuid4(), today(), FACTS, **w), by)
        refused(lambda **w: ask_account(running.pk, NEW, **w), by)
        refused(lambda **w: call_back(asked.pk, is_confirmed=True, **w), by)
        refused(lambda **w: answer_proposal(waiting.pk, "知道了", **w), by)
        refused(lambda **w: record_recheck(due.pk, seen, **w), by)


def test_what_is_decided_above_the_clerk_may_not(clock, hands):
    running = award()
    back = propose_recovery(running.pk, "error", 10_000, FACTS, by=hands["clerk"], at=now())
    asked = ask_account(running.pk, NEW, by=hands["clerk"], at=now())

    for by in (hands["clerk"], hands["head"]):
        refused(lambda **w: decide_recovery(back.pk, 3, "同意", **w), by)
        refused(lambda **w: prepare_standard("610702", "2022-10", **w), by)
    refused(lambda **w: apply_account(asked.pk, **w), hands["clerk"])
    decide_recovery(back.pk, 3, "家属同意", by=hands["county"], at=now())

    refused(lambda **w: receive_part(back.pk, "2022-06", **w), hands["head"])
