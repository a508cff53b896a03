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
from doudi.policy.runners.one_household import Worked, explain, work

ORDER = ("tekun", "dibao", "single_person", "borderline", "expense_hardship", "temporary_aid")
THINGS = ("vehicle_over", "homes_over", "company_over", "machine_over")
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
        steps = tuple(explain(facts, book, worked, ends)) if with_steps else ()
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


def _reason(book: Book, code: str, key: str, **fen: int) -> Reason:
    row = book.rows_of(key)[0]
    values = {f"{name}_yuan": plain_yuan(value) for name, value in fen.items()}
    return Reason(code, row.document, row.article, values)


def _flags(worked: Worked, money: str) -> tuple[str, ...]:
    return tuple(name for name in (money, *THINGS) if worked.household[name])


def _income_reason(book: Book, worked: Worked) -> Reason:
    h = worked.household
    code = "income_below_standard" if h["below_standard"] else "income_not_below_standard"
    return _reason(book, code, "dibao.standard", net=h["net_income"], limit=h["dibao_line"])


def _property_reasons(book: Book, flags: tuple[str, ...], borderline: bool) -> list[Reason]:
    keys = {
        "money_over": "property.money_years",
        "money_over_borderline": "property.money_years_borderline",
        "vehicle_over": "property.vehicles",
        "homes_over": "property.homes",
        "company_over": "property.companies",
        "machine_over": "property.machines",
    }
    return [_reason(book, flag, keys[flag]) for flag in flags]


def _dibao(
    programme: str, facts: HouseholdFacts, book: Book, worked: Worked, steps: Any
) -> Finding:
    h = worked.household
    outcome = OUTCOMES[int(h["dibao_outcome"])]
    flags = _flags(worked, "money_over")
    reasons = [_income_reason(book, worked), *_property_reasons(book, flags, False)]
    entitled = outcome != "ineligible"
    if entitled and h["top_ups"]:
        reasons.append(_reason(book, "top_ups", "top_up.severe_share", amount=int(h["top_ups"])))
    return Finding(
        programme,
        outcome,
        _counted(facts, worked),
        int(h["dibao_amount"]) if entitled else 0,
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
    programme: str, facts: HouseholdFacts, book: Book, worked: Worked, steps: Any
) -> Finding:
    amounts = _amounts(facts, worked, "tekun_amount")
    code = "three_withouts" if amounts else "not_three_withouts"
    reasons = (_reason(book, code, "tekun.elder_from"),)
    outcome = OUTCOMES[int(worked.household["tekun_outcome"])]
    total = int(worked.household["tekun_total"])
    return Finding(programme, outcome, tuple(amounts), total, None, amounts, reasons, (), steps)


def _single(
    programme: str, facts: HouseholdFacts, book: Book, worked: Worked, steps: Any
) -> Finding:
    h = worked.household
    amounts = _amounts(facts, worked, "single_amount")
    flags = _flags(worked, "money_over") if h["single_anybody"] else ()
    reasons = [_income_reason(book, worked)]
    if amounts:
        reasons.append(_reason(book, "single_person_covered", "single_person.floor"))
    elif flags:
        reasons += _property_reasons(book, flags, False)
    elif h["below_standard"]:
        reasons.append(_reason(book, "whole_household_first", "dibao.standard"))
    else:
        reasons.append(_reason(book, "nobody_fits_single_person", "single_person.floor"))
    outcome = OUTCOMES[int(h["single_outcome"])]
    total = int(h["single_total"])
    return Finding(
        programme, outcome, tuple(amounts), total, None, amounts, tuple(reasons), flags, steps
    )


def _borderline(
    programme: str, facts: HouseholdFacts, book: Book, worked: Worked, steps: Any
) -> Finding:
    h = worked.household
    flags = _flags(worked, "money_over_borderline")
    code = "income_near_standard" if h["near_standard"] else "income_not_near_standard"
    line = h["dibao_line"]
    upper = line * book.whole("borderline.factor") // 10_000
    reasons = [
        _reason(book, code, "borderline.factor", net=h["net_income"], lower=line, upper=upper),
        *_property_reasons(book, flags, True),
    ]
    outcome = OUTCOMES[int(h["borderline_outcome"])]
    return Finding(
        programme, outcome, _counted(facts, worked), None, None, {}, tuple(reasons), flags, steps
    )


def _hardship(
    programme: str, facts: HouseholdFacts, book: Book, worked: Worked, steps: Any
) -> Finding:
    h = worked.household
    flags = _flags(worked, "money_over_borderline")
    below, heavy = h["below_disposable"], h["heavy_expenses"]
    reasons = [
        _reason(
            book,
            "income_below_disposable" if below else "income_not_below_disposable",
            "income.disposable",
            gross=h["gross_income"],
            limit=h["disposable_line"],
        ),
        _reason(
            book,
            "expenses_heavy" if heavy else "expenses_not_heavy",
            "expense_hardship.share",
            expenses=h["deductions"],
            gross=h["gross_income"],
        ),
    ]
    if not h["in_no_other"]:
        reasons.append(_reason(book, "in_other_programme", "expense_hardship.share"))
    reasons += _property_reasons(book, flags, True)
    outcome = OUTCOMES[int(h["expense_hardship_outcome"])]
    return Finding(
        programme, outcome, _counted(facts, worked), None, None, {}, tuple(reasons), flags, steps
    )


def _temporary(
    programme: str, facts: HouseholdFacts, book: Book, worked: Worked, steps: Any
) -> Finding:
    h = worked.household
    amount = int(h["temporary_amount"])
    event = facts.event
    flags: tuple[str, ...] = ()
    if event is None:
        reasons = [_reason(book, "no_event", "temporary.urgent_months")]
    elif h["event_repeated"]:
        reasons = [_reason(book, "same_cause_again", "temporary.same_cause_months")]
    elif event.kind == "urgent":
        reasons = [_reason(book, "urgent_event", "temporary.urgent_months", cost=event.own_cost)]
    else:
        flags = _flags(worked, "money_over")
        code = "income_below_disposable" if h["below_disposable"] else "income_not_below_disposable"
        limits = {"gross": h["gross_income"], "limit": h["disposable_line"]}
        reasons = [_reason(book, code, "income.disposable", **limits)]
        reasons += _property_reasons(book, flags, False)
    outcome = OUTCOMES[int(h["temporary_outcome"])]
    if amount > book.whole("temporary.town_limit"):
        flags = (*flags, "above_town_limit")
    return Finding(
        programme, outcome, _counted(facts, worked), None, amount, {}, tuple(reasons), flags, steps
    )


Maker = Callable[[str, HouseholdFacts, Book, Worked, Any], Finding]
MAKERS: dict[str, tuple[Maker, tuple[str, ...]]] = {
    "tekun": (_tekun, ("tekun_outcome", "tekun_total")),
    "dibao": (_dibao, ("dibao_outcome", "dibao_amount")),
    "single_person": (_single, ("single_outcome", "single_total")),
    "borderline": (_borderline, ("borderline_outcome",)),
    "expense_hardship": (_hardship, ("expense_hardship_outcome",)),
    "temporary_aid": (_temporary, ("temporary_outcome", "temporary_amount")),
}
