"""What must hold for every household, on random and on boundary ones."""

import datetime as dt
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doudi.kernel.money import plain_yuan
from doudi.policy import codes
from doudi.policy.assess import assess, recompute, to_store
from doudi.policy.facts import HouseholdFacts, facts_to_json, parse_household
from doudi.policy.runners.arrays import RESULTS, columns_of, run
from doudi.policy.runners.one_household import work
from tests.policy.build import PACK, household
from tests.policy.by_sql import run_sql

DAYS = ("2021-10-01", "2022-06-01", "2022-10-20", "2024-12-31", "2025-01-01", "2025-10-01")
TOWNS = (("urban", "610702008"), ("rural", "610728104"), ("rural", "610722101"))
# Yearly limits in fen: the standard, 1.5 times it, disposable income, money limits, 60 % lines.
LIMITS = (786_000, 540_000, 810_000, 570_000, 1_179_000, 1_215_000, 4_071_300, 1_474_500)
CAREFUL = settings(
    deadline=None,
    derandomize=True,
    max_examples=80,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def fen(draw: st.DrawFn) -> int:
    """Often exactly on a limit or one fen beside it, for one to three persons."""
    if draw(st.booleans()):
        limit = draw(st.sampled_from(LIMITS)) * draw(st.integers(1, 3))
        return limit + draw(st.integers(-1, 1))
    return draw(st.integers(0, 999_999_999))


def yuan() -> st.SearchStrategy[str]:
    return fen().map(plain_yuan)


@st.composite
def members(draw: st.DrawFn) -> dict[str, Any]:
    disability = st.fixed_dictionaries(
        {"kind": st.sampled_from(codes.DISABILITIES[1:]), "grade": st.integers(1, 4)}
    )
    return {
        "born": draw(st.dates(dt.date(1930, 1, 1), dt.date(2021, 1, 1))),
        "disability": draw(st.none() | disability),
        "serious_illness": draw(st.booleans()),
        "employed": draw(st.booleans()),
        "excluded": draw(st.none() | st.sampled_from(codes.EXCLUSIONS[1:])),
        "special": draw(st.none() | st.sampled_from(codes.SPECIAL[1:])),
        "supporter": draw(st.sampled_from(codes.SUPPORTERS)),
        "self_care_failed": draw(st.lists(st.sampled_from(codes.SELF_CARE), unique=True)),
        "income": draw(st.dictionaries(st.sampled_from(codes.INCOMES), yuan(), max_size=2)),
        "expenses": draw(st.dictionaries(st.sampled_from(codes.EXPENSES), yuan(), max_size=2)),
    }


@st.composite
def events(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "kind": draw(st.sampled_from(codes.EVENTS[1:])),
        "persons": draw(st.integers(1, 5)),
        "months": draw(st.integers(0, 12)),
        "own_cost_yuan": draw(yuan()),
        "last_same_cause_on": draw(st.none() | st.just("2021-07-01")),
    }


@st.composite
def households(draw: st.DrawFn, on: str | None = None) -> HouseholdFacts:
    area, region = draw(st.sampled_from(TOWNS))
    short = {
        "at": on or draw(st.sampled_from(DAYS)),
        "area": area,
        "region": region,
        "setting": draw(st.sampled_from(codes.SETTINGS)),
        "members": draw(st.lists(members(), min_size=1, max_size=4)),
        "property": {
            "money_yuan": draw(yuan()),
            "vehicles": draw(st.lists(st.sampled_from(codes.VEHICLES), max_size=1)),
            "homes": draw(st.lists(st.sampled_from(codes.HOMES), max_size=2)),
        },
        "event": draw(st.none() | events()),
    }
    return parse_household(household(short))


def book_of(facts: HouseholdFacts) -> Any:
    return PACK.book.at(facts.on, facts.county, facts.area)


def dibao(facts: HouseholdFacts) -> int:
    finding = assess(facts, book_of(facts)).finding("dibao")
    assert finding is not None
    return finding.monthly or 0


@CAREFUL
@given(households(), st.sampled_from(("wage", "business", "pension", "other")), st.integers(0, 3))
def test_more_income_never_raises_dibao(facts: HouseholdFacts, kind: str, who: int) -> None:
    richer = facts_to_json(facts)
    person = richer["members"][who % len(richer["members"])]

    person["income"].append({"kind": kind, "yuan": "1234.56"})

    assert dibao(parse_household(richer)) <= dibao(facts)


@CAREFUL
@given(households(), st.randoms(use_true_random=False))
def test_the_order_of_members_is_irrelevant(facts: HouseholdFacts, dice: Any) -> None:
    mixed = facts_to_json(facts)
    for place, person in enumerate(mixed["members"]):
        person["name"] = f"甲{place}"
    shuffled = {**mixed, "members": dice.sample(mixed["members"], len(mixed["members"]))}

    first, second = (parse_household(thing) for thing in (mixed, shuffled))
    found, again = (assess(f, book_of(f)).findings for f in (first, second))

    for one, two in zip(found, again, strict=True):
        assert (one.outcome, one.monthly, one.one_off) == (two.outcome, two.monthly, two.one_off)
        assert set(one.persons) == set(two.persons)
        assert one.per_person == two.per_person


@CAREFUL
@given(households())
def test_every_programme_has_one_finding_with_clauses(facts: HouseholdFacts) -> None:
    findings = assess(facts, book_of(facts), explain=True).findings

    groups = {m.special for m in facts.members}
    expected = [
        p
        for p in codes.PROGRAMMES
        if (p != "expense_hardship" or facts.on.year >= 2025)
        and (p not in codes.OF_GROUPS or p in groups)
    ]
    assert [f.programme for f in findings] == expected
    for finding in findings:
        assert finding.reasons
        assert finding.steps
        assert all(PACK.clause(r.document, r.article) for r in finding.reasons)


@CAREFUL
@given(households())
def test_facts_and_decisions_survive_storing(facts: HouseholdFacts) -> None:
    assessment = assess(facts, book_of(facts), explain=True)

    again = recompute(to_store(assessment))

    assert parse_household(facts_to_json(facts)) == facts
    assert again.to_json() == assessment.to_json()


@CAREFUL
@given(st.sampled_from(DAYS).flatmap(lambda on: st.lists(households(on), min_size=1, max_size=6)))
def test_one_household_equals_columns(batch: list[HouseholdFacts]) -> None:
    books = [PACK.book.at(batch[0].on, region[:6], area) for area, region in TOWNS]
    places = [TOWNS.index((f.area, f.region)) for f in batch]
    used = [books[place] for place in places]

    columns = run(columns_of(batch, used), books, np.array(places))
    alone = [work(f, book).household for f, book in zip(batch, used, strict=True)]

    kept = [name for name in RESULTS if name in alone[0]]
    assert set(columns) == set(kept)
    for name in kept:
        assert columns[name].tolist() == [int(values[name]) for values in alone]


@settings(CAREFUL, max_examples=15)
@given(st.sampled_from(DAYS).flatmap(lambda on: st.lists(households(on), min_size=9, max_size=12)))
def test_one_household_equals_the_register_by_sql(batch: list[HouseholdFacts]) -> None:
    books = [PACK.book.at(batch[0].on, region[:6], area) for area, region in TOWNS]
    places = [TOWNS.index((f.area, f.region)) for f in batch]

    found = run_sql(batch, books, places)

    alone = [work(f, books[p]).household for f, p in zip(batch, places, strict=True)]
    assert found == {name: [int(values[name]) for values in alone] for name in found}
    assert len(found) >= 15
