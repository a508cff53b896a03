"""Facts that are no facts: each is refused at its path with a sentence."""

import copy
import json
from typing import Any

import pytest

from doudi.policy.facts import facts_to_json, parse_household
from doudi.policy.reader import FactError, object_of
from tests.policy.build import household

GONE = object()
PERMIT = {
    "issued": "2020-01-01",
    "last_endorsed": "2022-01-01",
    "registered_region": "610727105",
}


def _good() -> dict[str, Any]:
    short = {
        "members": [
            {
                "disability": {"kind": "visual", "grade": 2},
                "income": {"wage": "1", "pension": "2"},
                "expenses": {"tuition": "3"},
            },
            {},
        ],
        "property": {"vehicles": ["car"], "homes": ["owned"], "companies": ["店"]},
        "permit": PERMIT,
        "event": {"kind": "urgent", "last_same_cause_on": "2021-01-01"},
    }
    return household(short)


# path → the value put there; the refusal must name that path (or the one given third).
NASTY: list[tuple[str, Any] | tuple[str, Any, str]] = [
    ("surprise", 1),
    ("case", ""),
    ("case", 7),
    ("case", None),
    ("case", "x" * 101),
    ("case", "换\n行"),
    ("case", "\ud800"),
    ("case", GONE),
    ("on", "2022-02-30"),
    ("on", "2022-6-1"),
    ("on", "20220601"),
    ("on", "2022-W22-3"),
    ("on", "２０２２-06-01"),
    ("on", 20220601),
    ("on", None),
    ("on", "0001-01-01"),
    ("on", "9999-12-31"),
    ("on", GONE),
    ("region", "61070200"),
    ("region", 610702008),
    ("region", "61070200x"),
    ("region", "６１０７０２００８"),
    ("region", " 610702008"),
    ("area", "suburban"),
    ("area", "URBAN"),
    ("area", ["urban"]),
    ("setting", None),
    ("members", []),
    ("members", {}),
    ("members", None),
    ("members", GONE),
    ("members[0]", None),
    ("members[0]", []),
    ("members[0].surprise", 1),
    ("members[0].name", ""),
    ("members[0].name", "名\x00"),
    ("members[0].relation", "cousin"),
    ("members[0].relation", None),
    ("members[0].born", "2022-06-02"),
    ("members[0].born", "2023-01-01"),
    ("members[0].born", "1979-02-29"),
    ("members[0].born", "1066-10-14"),
    ("members[0].born", GONE),
    ("members[0].sex", "F"),
    ("members[0].disability", "visual"),
    ("members[0].disability.kind", "none"),
    ("members[0].disability.kind", "spleen"),
    ("members[0].disability.grade", 0),
    ("members[0].disability.grade", 5),
    ("members[0].disability.grade", 2.0),
    ("members[0].disability.grade", True),
    ("members[0].disability.grade", "2"),
    ("members[0].disability.grade", GONE),
    ("members[0].serious_illness", 1),
    ("members[0].serious_illness", "false"),
    ("members[0].serious_illness", None),
    ("members[0].student", "phd"),
    ("members[0].employed", 0),
    ("members[0].excluded", "none"),
    ("members[0].excluded", "emigrated"),
    ("members[0].supporter", "rich"),
    ("members[0].self_care_failed", "eat"),
    ("members[0].self_care_failed", ["fly"], "members[0].self_care_failed[0]"),
    ("members[0].self_care_failed", ["eat", "eat"]),
    ("members[0].income", {"wage": "1"}),
    ("members[0].income", None),
    ("members[0].income[1].yuan", 12.5),
    ("members[0].income[1].yuan", 12),
    ("members[0].income[1].yuan", True),
    ("members[0].income[1].yuan", None),
    ("members[0].income[1].yuan", float("nan")),
    ("members[0].income[1].yuan", "-1"),
    ("members[0].income[1].yuan", "+1"),
    ("members[0].income[1].yuan", "1.234"),
    ("members[0].income[1].yuan", "1,000"),
    ("members[0].income[1].yuan", "1e3"),
    ("members[0].income[1].yuan", ""),
    ("members[0].income[1].yuan", " 1"),
    ("members[0].income[1].yuan", "1\n"),
    ("members[0].income[1].yuan", ".5"),
    ("members[0].income[1].yuan", "5."),
    ("members[0].income[1].yuan", "007"),
    ("members[0].income[1].yuan", "NaN"),
    ("members[0].income[1].yuan", "１２"),
    ("members[0].income[1].yuan", "壹佰"),
    ("members[0].income[1].yuan", "10000000.00"),
    ("members[0].income[1].yuan", "9" * 5000),
    ("members[0].income[1].yuan", GONE),
    ("members[0].income[1].kind", "lottery"),
    ("members[0].income[1].per", "month"),
    ("members[0].income", [{"kind": "wage", "yuan": "1"}] * 51),
    ("members[0].expenses[0].kind", "wage"),
    ("members[0].expenses[0].yuan", "1.001"),
    ("property", None),
    ("property.money_yuan", 3000),
    ("property.money_yuan", GONE),
    ("property.gold", "1"),
    ("property.vehicles[0].kind", "yacht"),
    ("property.vehicles[0].yuan", -1),
    ("property.vehicles", [{"kind": "car", "yuan": "1"}] * 51),
    ("property.homes[0].kind", "castle"),
    ("property.homes[0].square_metres", 62),
    ("property.homes[0].square_metres", "62.123"),
    ("property.companies", 1),
    ("property.companies[0]", 1),
    ("property.companies[0]", {"a": {"b": {}}}, "property.companies[0].a"),
    ("property.machines", [float("inf")], "property.machines[0]"),
    ("permit", "yes"),
    ("permit.issued", "2022-06-02"),
    ("permit.last_endorsed", "2019-12-31"),
    ("permit.last_endorsed", "2022-06-02"),
    ("permit.registered_region", "61"),
    ("permit.issued", GONE),
    ("event.kind", "none"),
    ("event.kind", "flood"),
    ("event.cause", ""),
    ("event.on", "2022-06-02"),
    ("event.persons", 0),
    ("event.persons", 31),
    ("event.persons", 1.0),
    ("event.months", -1),
    ("event.months", True),
    ("event.own_cost_yuan", 1),
    ("event.last_same_cause_on", "2022-06-02"),
    ("event.own_cost_yuan", GONE),
]


def _put(thing: Any, path: str, value: Any) -> None:
    """Sets or (with GONE) takes away what stands at a path."""
    *way, last = path.replace("[", ".[").split(".")
    for part in way:
        thing = thing[int(part[1:-1])] if part.startswith("[") else thing[part]
    place: Any = int(last[1:-1]) if last.startswith("[") else last
    if value is GONE:
        del thing[place]
    else:
        thing[place] = value


@pytest.mark.parametrize("nasty", NASTY, ids=lambda n: f"{n[0]}={str(n[1])[:20]!a}")
def test_a_nasty_fact_is_refused_at_its_path(nasty: tuple[Any, ...]) -> None:
    facts = copy.deepcopy(_good())
    _put(facts, nasty[0], nasty[1])

    with pytest.raises(FactError) as refused:
        parse_household(facts)

    assert refused.value.path == (nasty[2] if len(nasty) == 3 else nasty[0])
    assert len(refused.value.message) >= 4


def test_the_unspoiled_facts_are_taken() -> None:
    assert parse_household(_good()).members[0].disability_grade == 2


@pytest.mark.parametrize("thing", [None, [], "x", 1, True, float("nan"), {}])
def test_what_is_no_household_is_refused(thing: Any) -> None:
    with pytest.raises(FactError):
        parse_household(thing)


def test_thirty_members_are_taken_and_thirty_one_refused() -> None:
    thirty = household({"members": [{}] * 30})
    more = household({"members": [{}] * 31})

    assert len(parse_household(thirty).members) == 30
    with pytest.raises(FactError, match="members"):
        parse_household(more)


def test_a_key_that_stands_twice_is_refused_at_its_path() -> None:
    text = json.dumps(_good()).replace('"area": "urban"', '"area": "urban", "area": "rural"')

    with pytest.raises(FactError) as refused:
        parse_household(json.loads(text, object_pairs_hook=object_of))

    assert refused.value.path == "area"


def test_the_largest_amount_is_taken_and_comes_back() -> None:
    facts = parse_household(household({"income": {"wage": "9999999.99"}}))

    assert facts.members[0].income[0].fen == 999_999_999
    assert parse_household(facts_to_json(facts)) == facts


def test_members_of_one_name_stay_apart() -> None:
    people = [{"name": "王某", "born": "1950-01-01", "supporter": "none"}] * 2

    assert parse_household(household({"members": people})).names == ("王某", "王某#2")
