"""Nobody is asked a fact twice: the lists that the journeys counted in a real browser.

A journey that types anything else than its list fails by itself (tests/browser/conftest.py).
"""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

LISTS = sorted((Path(__file__).resolve().parents[1] / "browser" / "fields").glob("*.csv"))

# The same word on two pages, and why it is not the same fact.
NOT_THE_SAME = {
    "code": "digits of a message or a place that is tapped: each time another",
    "agreed": "each person agrees to his own signature",
    "name": "the signature, or another person",
    "id_number": "another person",
    "phone": "another person's, or the proof that a phone is one's own",
    "relation": "another person, or the representative",
    "reason": "why one applies, why one decides: other reasons",
    "text": "an appeal, a complaint, an objection: other texts",
    "q": "searching is not telling",
    "note": "another act",
    "withdrew": "another meeting",
    "account": "the desk's act of urgent aid; a resident's own application may follow",
    "bank": "the same",
    "file": "another file: the delivery, the answers",
}
# What the applicant declared and an officer could only copy.
FACTS = {"address", "hukou", "registered_address", "issued", "last_endorsed", "causes"} | {
    "disability_kind",
    "disability_grade",
    "student",
    "employed",
    "money_yuan",
    "home_kind",
    "home_metres",
    "income_wage",
    "expense_medical_own",
    "expense_tuition",
    "holder",
}


def rows(path: Path) -> list[tuple[str, str, int]]:
    """Page, field, how often."""
    return [(page, field, int(n)) for page, field, n in csv.reader(path.open(encoding="utf-8"))]


def asked_twice(found: list[tuple[str, str, int]]) -> dict[str, set[str]]:
    """Fields that stand on more than one page, without those that are not the same fact."""
    pages: dict[str, set[str]] = defaultdict(set)
    for page, field, _times in found:
        pages[field].add(page)
    return {f: p for f, p in pages.items() if len(p) > 1 and f not in NOT_THE_SAME}


@pytest.mark.parametrize("path", LISTS, ids=lambda p: p.stem)
def test_no_fact_is_typed_on_two_pages_of_a_journey(path):
    twice = asked_twice([row for row in rows(path) if not row[0].startswith("/desk/")])

    assert twice == {}


@pytest.mark.parametrize("path", LISTS, ids=lambda p: p.stem)
def test_no_officer_copies_what_the_applicant_declared(path):
    copied = {f for page, f, _n in rows(path) if page.startswith("/desk/")} & FACTS

    assert copied == set()


def test_every_journey_of_the_issue_has_its_list():
    assert len(LISTS) >= 13
    assert all(rows(path) for path in LISTS)


def test_a_fact_asked_twice_would_be_found():
    found = [("/apply/2/", "address", 1), ("/apply/5/", "address", 1), ("/apply/2/", "code", 1)]

    assert asked_twice(found) == {"address": {"/apply/2/", "/apply/5/"}}
