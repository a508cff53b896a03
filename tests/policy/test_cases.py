"""Runs the cases that a policy officer can read: tests/policy/<programme>/*.yaml."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from doudi.kernel.money import plain_yuan
from doudi.policy.assess import assess
from doudi.policy.book import NotInForce
from doudi.policy.facts import parse_household
from tests.policy.build import PACK, household

HERE = Path(__file__).resolve().parent
CASES = [
    pytest.param(path.parent.name, case, id=f"{path.parent.name}-{case['name']}")
    for path in sorted(HERE.glob("*/*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def test_there_are_at_least_120_cases() -> None:
    assert len(CASES) >= 120


@pytest.mark.parametrize(("programme", "case"), CASES)
def test_the_rules_find_what_the_case_expects(programme: str, case: dict[str, Any]) -> None:
    facts = parse_household(household(case))
    expected = case["expect"]
    document, article = case["clause"].split(" ", 1)
    assert PACK.clause(document, article)
    if "error" in expected:
        with pytest.raises(NotInForce):
            PACK.book.at(facts.on, facts.county, facts.area)
        return

    book = PACK.book.at(facts.on, facts.county, facts.area)
    finding = assess(facts, book, deduct=case.get("deduct", True)).finding(programme)

    if "absent" in expected:
        assert finding is None
        return
    assert finding is not None
    amount = finding.one_off if programme == "temporary_aid" else finding.monthly
    assert finding.outcome == expected["outcome"]
    if "amount" in expected:
        assert amount is not None
        assert plain_yuan(amount) == expected["amount"]
    if expected["outcome"] == "ineligible":
        assert amount is None
    assert set(expected.get("reasons", [])) <= {reason.code for reason in finding.reasons}
    assert list(finding.flags) == expected.get("flags", list(finding.flags))
    assert list(finding.persons) == expected.get("persons", list(finding.persons))
    yuan = {name: plain_yuan(fen) for name, fen in finding.per_person.items()}
    assert yuan == expected.get("per_person", yuan)
