"""assess(): the findings of one household for every programme of the day, and which comes first."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from doudi.kernel.money import plain_yuan
from doudi.policy.book import Book
from doudi.policy.codes import OUTCOMES
from doudi.policy.facts import HouseholdFacts, facts_to_json, parse_household
from doudi.policy.finding import Finding, Reason
from doudi.policy.runners.one_household import Step, Worked, explain, work

ORDER = ("tekun", "dibao", "single_person", "borderline", "expense_hardship", "temporary_aid")
THINGS = ("vehicle_over", "homes_over", "company_over", "machine_over")
Steps = tuple[Step, ...]
# The clause behind each reason; DOUDI marks our own assumption (rules.md R5, R6, R9, R10).
CLAUSES = {
    "income_below_standard": ("DB57", "13"),
    "income_not_below_standard": ("DB57", "13"),
    "income_near_standard": ("OP39", "二"),
    "income_not_near_standard": ("OP39", "二"),
    "top_ups": ("DB57", "27"),
    "money_over": ("DOUDI", "R5"),
    "money_over_borderline": ("DOUDI", "R5"),
    "vehicle_over": ("DOUDI", "R5"),
    "homes_over": ("DOUDI", "R5"),
    "company_over": ("DOUDI", "R5"),
    "machine_over": ("DOUDI", "R5"),
    "three_withouts": ("TK43", "4"),
    "not_three_withouts": ("TK43", "4"),
    "single_person_covered": ("DB57", "8"),
    "whole_household_first": ("NT22", "一(一)"),
    "nobody_fits_single_person": ("DB57", "8"),
    "income_below_disposable": ("RE24", "4"),
    "income_not_below_disposable": ("RE24", "4"),
    "expenses_heavy": ("RE24", "5"),
    "expenses_not_heavy": ("RE24", "5"),
    "in_other_programme": ("RE24", "3"),
    "no_event": ("LS23", "二(一)"),
    "same_cause_again": ("DOUDI", "R10"),
    "urgent_event": ("LS23", "二(一)"),
}
HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Assessment:
    """Findings with what they rest on."""

    facts: HouseholdFacts
    book: Book
    findings: tuple[Finding, ...]
    deduct: bool

    @property
    def recommended(self) -> str | None:
        """The first eligible programme in the order of rules.md, or None."""
        eligible = {f.programme for f in self.findings if f.outcome == "eligible"}
        return next((p for p in ORDER if p in eligible), None)

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

    def to_json(self, *, explain: bool) -> dict[str, Any]:
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
    facts: HouseholdFacts, book: Book, *, with_steps: bool = False, deduct: bool = True
) -> Assessment:
    """Findings under a book (of the same day, area and county); `deduct=False` switches R3 off."""
    worked = work(facts, book, deduct=deduct)
    makers = {**MAKERS} if "expense_hardship_outcome" in worked.household else _without_hardship()
    findings = []
    for programme, (maker, ends) in makers.items():
        steps = explain(facts, book, worked, ends) if with_steps else ()
        findings.append(maker(programme, facts, book, worked, steps))
    return Assessment(facts, book, tuple(findings), deduct)


def _without_hardship() -> dict[str, Any]:
    return {name: maker for name, maker in MAKERS.items() if name != "expense_hardship"}


def recompute(stored: dict[str, Any]) -> Assessment:
    """From what a decision stored (`facts`, `book`, `deduct`): the same assessment, anywhere."""
    book = Book.from_json(stored["book"])
    facts = parse_household(stored["facts"])
    return assess(facts, book, with_steps=True, deduct=stored.get("deduct", True))


def to_store(assessment: Assessment) -> dict[str, Any]:
    """What recompute() needs."""
    return {
        "facts": facts_to_json(assessment.facts),
        "book": assessment.book.to_json(),
        "deduct": assessment.deduct,
    }


@cache
def rules_version() -> str:
    """`sha256:…` over the text of every formula and operator."""
    paths = sorted((HERE / "rules").glob("*.py"))
    paths += [HERE / name for name in ("quantity.py", "graph.py", "inputs.py", "assess.py")]
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return "sha256:" + digest.hexdigest()


def _counted(facts: HouseholdFacts, worked: Worked) -> tuple[str, ...]:
    pairs = zip(facts.members, worked.members, strict=True)
    return tuple(m.name for m, own in pairs if own["counted"])


def _reason(code: str, **fen: int) -> Reason:
    document, article = CLAUSES[code]
    values = {f"{name}_yuan": plain_yuan(int(value)) for name, value in fen.items()}
    return Reason(code, document, article, values)


def _flags(worked: Worked, money: str) -> tuple[str, ...]:
    return tuple(name for name in (money, *THINGS) if worked.household[name])


def _income_reason(worked: Worked) -> Reason:
    h = worked.household
    code = "income_below_standard" if h["below_standard"] else "income_not_below_standard"
    return _reason(code, net=h["net_income"], limit=h["dibao_line"])


def _property_reasons(flags: tuple[str, ...]) -> list[Reason]:
    return [_reason(flag) for flag in flags]


def _dibao(
    programme: str, facts: HouseholdFacts, book: Book, worked: Worked, steps: Steps
) -> Finding:
    h = worked.household
    outcome = OUTCOMES[int(h["dibao_outcome"])]
    flags = _flags(worked, "money_over")
    reasons = [_income_reason(worked), *_property_reasons(flags)]
    entitled = outcome != "ineligible"
    if entitled and h["top_ups"]:
        reasons.append(_reason("top_ups", amount=int(h["top_ups"])))
    return Finding(
        programme,
        outcome,
        _counted(facts, worked),
        int(h["dibao_amount"]) if entitled else None,
        None,
        {},
        tuple(reasons),
        flags,
        steps,
    )


def _amounts(facts: HouseholdFacts, worked: Worked, quantity: str) -> dict[str, int]:
    pairs = zip(facts.members, worked.members, strict=True)
    return {m.name: int(own[quantity]) for m, own in pairs if own[quantity]}


def _tekun(
    programme: str, facts: HouseholdFacts, book: Book, worked: Worked, steps: Steps
) -> Finding:
    amounts = _amounts(facts, worked, "tekun_amount")
    code = "three_withouts" if amounts else "not_three_withouts"
    reasons = (_reason(code),)
    outcome = OUTCOMES[int(worked.household["tekun_outcome"])]
    total = int(worked.household["tekun_total"]) or None
    return Finding(programme, outcome, tuple(amounts), total, None, amounts, reasons, (), steps)


def _single(
    programme: str, facts: HouseholdFacts, book: Book, worked: Worked, steps: Steps
) -> Finding:
    h = worked.household
    amounts = _amounts(facts, worked, "single_amount")
    flags = _flags(worked, "money_over") if h["single_anybody"] else ()
    reasons = [_income_reason(worked)]
    if amounts:
        reasons.append(_reason("single_person_covered"))
    elif flags:
        reasons += _property_reasons(flags)
    elif h["below_standard"]:
        reasons.append(_reason("whole_household_first"))
    else:
        reasons.append(_reason("nobody_fits_single_person"))
    outcome = OUTCOMES[int(h["single_outcome"])]
    total = int(h["single_total"]) or None
    return Finding(
        programme, outcome, tuple(amounts), total, None, amounts, tuple(reasons), flags, steps
    )


def _borderline(
    programme: str, facts: HouseholdFacts, book: Book, worked: Worked, steps: Steps
) -> Finding:
    h = worked.household
    flags = _flags(worked, "money_over_borderline")
    code = "income_near_standard" if h["near_standard"] else "income_not_near_standard"
    line = h["dibao_line"]
    upper = line * book.whole("borderline.factor") // 10_000
    reasons = [
        _reason(code, net=h["net_income"], lower=line, upper=upper),
        *_property_reasons(flags),
    ]
    outcome = OUTCOMES[int(h["borderline_outcome"])]
    return Finding(
        programme, outcome, _counted(facts, worked), None, None, {}, tuple(reasons), flags, steps
    )


def _hardship(
    programme: str, facts: HouseholdFacts, book: Book, worked: Worked, steps: Steps
) -> Finding:
    h = worked.household
    flags = _flags(worked, "money_over_borderline")
    below, heavy = h["below_disposable"], h["heavy_expenses"]
    reasons = [
        _reason(
            "income_below_disposable" if below else "income_not_below_disposable",
            gross=h["gross_income"],
            limit=h["disposable_line"],
        ),
        _reason(
            "expenses_heavy" if heavy else "expenses_not_heavy",
            expenses=h["deductions"],
            gross=h["gross_income"],
        ),
    ]
    if not h["in_no_other"]:
        reasons.append(_reason("in_other_programme"))
    reasons += _property_reasons(flags)
    outcome = OUTCOMES[int(h["expense_hardship_outcome"])]
    return Finding(
        programme, outcome, _counted(facts, worked), None, None, {}, tuple(reasons), flags, steps
    )


def _temporary(
    programme: str, facts: HouseholdFacts, book: Book, worked: Worked, steps: Steps
) -> Finding:
    h = worked.household
    amount = int(h["temporary_amount"])
    event = facts.event
    flags: tuple[str, ...] = ()
    if event is None:
        reasons = [_reason("no_event")]
    elif h["event_repeated"]:
        reasons = [_reason("same_cause_again")]
    elif event.kind == "urgent":
        reasons = [_reason("urgent_event", cost=event.own_cost)]
    else:
        flags = _flags(worked, "money_over")
        code = "income_below_disposable" if h["below_disposable"] else "income_not_below_disposable"
        limits = {"gross": h["gross_income"], "limit": h["disposable_line"]}
        reasons = [_reason(code, **limits)]
        reasons += _property_reasons(flags)
    outcome = OUTCOMES[int(h["temporary_outcome"])]
    if amount > book.whole("temporary.town_limit"):
        flags = (*flags, "above_town_limit")
    return Finding(
        programme,
        outcome,
        _counted(facts, worked),
        None,
        amount or None,
        {},
        tuple(reasons),
        flags,
        steps,
    )


Maker = Callable[[str, HouseholdFacts, Book, Worked, Steps], Finding]
MAKERS: dict[str, tuple[Maker, tuple[str, ...]]] = {
    "tekun": (_tekun, ("tekun_outcome", "tekun_total")),
    "dibao": (_dibao, ("dibao_outcome", "dibao_amount")),
    "single_person": (_single, ("single_outcome", "single_total")),
    "borderline": (_borderline, ("borderline_outcome",)),
    "expense_hardship": (_hardship, ("expense_hardship_outcome",)),
    "temporary_aid": (_temporary, ("temporary_outcome", "temporary_amount")),
}
