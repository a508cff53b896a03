"""assess(): the findings of one household for every programme of the day, and which comes first."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from doudi.policy.book import Book
from doudi.policy.codes import OF_GROUPS
from doudi.policy.facts import HouseholdFacts, facts_to_json, parse_household
from doudi.policy.finding import Finding
from doudi.policy.proposals import PROPOSALS, Basis
from doudi.policy.runners.one_household import steps_behind, work

# The groups first (TK43 art 9: a child who is an orphan need not be tekun), tekun persons next,
# then from the most to the least support; temporary aid stands beside all.
ORDER = (
    *OF_GROUPS,
    "tekun",
    "dibao",
    "single_person",
    "borderline",
    "expense_hardship",
    "temporary_aid",
)
BY_DIFFERENCE = frozenset({"unsupported_child"})
HERE = Path(__file__).resolve().parent
SOURCES = ("quantity.py", "formula.py", "graph.py", "inputs.py", "proposals.py", "assess.py")


@dataclass(frozen=True)
class Assessment:
    """Findings with what they rest on."""

    facts: HouseholdFacts
    book: Book
    findings: tuple[Finding, ...]
    deduct: bool

    @property
    def recommended(self) -> str | None:
        """The first eligible programme in the order of rules.md, or None.

        Dibao goes before a child's subsidy: with the difference it never gives less (CH62).
        """
        eligible = {f.programme for f in self.findings if f.outcome == "eligible"}
        first = next((p for p in ORDER if p in eligible), None)
        return "dibao" if first in BY_DIFFERENCE and "dibao" in eligible else first

    @property
    def book_hash(self) -> str:
        """Which values were in force."""
        return self.book.hash

    @property
    def rules_version(self) -> str:
        """Which formulas ran."""
        return rules_version()

    def finding(self, programme: str) -> Finding | None:
        """The finding of one programme, None where it does not exist yet."""
        return next((f for f in self.findings if f.programme == programme), None)

    def to_json(self, explain: bool = True) -> dict[str, Any]:
        """The answer of `doudi assess` for one household."""
        return {
            "case": self.facts.case,
            "on": self.facts.on.isoformat(),
            "book": self.book_hash,
            "rules": self.rules_version,
            "recommended": self.recommended,
            "findings": [f.to_json(self.book, explain) for f in self.findings],
        }


def assess(
    facts: HouseholdFacts, book: Book, *, explain: bool = False, deduct: bool = True
) -> Assessment:
    """Findings under a book of the same county and area (ValueError otherwise).

    `explain` adds every step; `deduct=False` switches the rigid deductions (R3) off, for
    comparison only.
    """
    if (book.county, book.area) != (facts.county, facts.area):
        raise ValueError("the book is of another county or area than the household")
    worked = work(facts, book, deduct=deduct)
    findings = []
    groups = {member.special for member in facts.members}
    for programme, (make, ends) in PROPOSALS.items():
        asked = programme not in OF_GROUPS or programme in groups
        if asked and ends[0] in worked.household:
            ends = (*ends, *_with_children(programme, groups))
            steps = steps_behind(facts, book, worked, ends) if explain else ()
            findings.append(make(Basis(facts, book, worked, steps)))
    return Assessment(facts, book, tuple(findings), deduct)


def _with_children(programme: str, groups: set[str]) -> tuple[str, ...]:
    """The sum that dibao leads to where a child's difference is added."""
    return ("dibao_with_difference",) if programme == "dibao" and groups & BY_DIFFERENCE else ()


def to_store(assessment: Assessment) -> dict[str, Any]:
    """What a decision keeps, and recompute() needs: plain JSON."""
    return {
        "facts": facts_to_json(assessment.facts),
        "book": assessment.book.to_json(),
        "deduct": assessment.deduct,
    }


def recompute(stored: dict[str, Any]) -> Assessment:
    """From what to_store() gave: the same assessment with its steps, on any machine."""
    book = Book.from_json(stored["book"])
    facts = parse_household(stored["facts"])
    return assess(facts, book, explain=True, deduct=stored.get("deduct", True))


@cache
def rules_version() -> str:
    """`sha256:…` over the text of every formula and operator."""
    paths = [*sorted((HERE / "rules").glob("*.py")), *(HERE / name for name in SOURCES)]
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return "sha256:" + digest.hexdigest()
