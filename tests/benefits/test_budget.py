"""Funds, the towns' reserve, and what is left before a release: a warning, and a person decides."""

import pytest
from django.db import IntegrityError, transaction

from doudi.benefits.worklist import budget_of
from doudi.clock.time import now
from doudi.kernel.errors import Conflict, Invalid, NotAllowed
from doudi.ledger.actions.allot import allot
from doudi.ledger.actions.post import post
from doudi.ledger.actions.spend_reserve import spend_reserve
from doudi.ledger.actions.top_up import top_up
from doudi.ledger.figures import Leg
from doudi.ledger.models import Movement
from doudi.ledger.queries import balances, left_in_fund, reserves
from doudi.outbox.deliver import deliver_all
from tests.benefits.month import COUNTY, county, hands, prepared, released

pytestmark = pytest.mark.django_db
TOWN = "610702008"


@pytest.fixture
def by(city):
    return hands()


def give(by, fen: int, document: str = "汉财社〔2022〕1号") -> None:
    """An allotment of the city into the county's fund."""
    allot(COUNTY, "610700", fen, document, by=by.finance, at=now())


def test_what_is_left_is_shown_before_the_release_and_spent_by_it(by):
    county(0.0001)
    draft = prepared(by)
    assert budget_of(draft) is None
    give(by, draft.total_fen + 100)

    before = budget_of(draft)
    released(by)
    deliver_all()

    assert (before.after_fen, before.is_short) == (100, False)
    assert left_in_fund(COUNTY) == 100


def test_a_budget_that_does_not_reach_warns_and_does_not_forbid(by):
    county(0.0001)
    give(by, 1)
    draft = prepared(by)

    assert budget_of(draft).is_short
    assert released(by).stage == "released"


def test_a_reserve_is_topped_up_from_the_fund_and_spent_in_cash_once(by):
    give(by, 1_000_000)
    top_up(TOWN, 300_000, "支001", by=by.finance, at=now())

    for _ in range(2):
        spend_reserve(TOWN, 120_000, "2022-05", "advance:1", at=now())

    assert reserves([TOWN]) == {TOWN: 180_000}
    assert left_in_fund(COUNTY) == 700_000


def test_a_document_counts_once_and_only_finance_of_the_county_writes(by):
    give(by, 500)

    with pytest.raises(Conflict):
        give(by, 500)
    with pytest.raises(Invalid):
        give(by, 0, "汉财社〔2022〕2号")
    for other in (by.officer, by.checker):
        with pytest.raises(NotAllowed):
            allot(COUNTY, "610700", 500, "汉财社〔2022〕3号", by=other, at=now())
    with pytest.raises(NotAllowed):
        allot("610722", "610700", 500, "汉财社〔2022〕4号", by=by.finance, at=now())

    assert balances(["fund.610702"]) == {"fund.610702": 500}


@pytest.mark.parametrize(("debit", "credit", "fen"), [("a", "a", 1), ("a", "b", 0), ("a", "b", -1)])
def test_no_row_of_the_ledger_has_one_side_or_no_money(debit, credit, fen, by):
    with pytest.raises(IntegrityError), transaction.atomic():
        post([Leg("k", debit, credit, fen, COUNTY, "2022-05")], at=now())

    assert Movement.objects.count() == 0
