"""F14, F17: a household worked out under the rule books of two dates, side by side.

What was found then, by the book of then and by the book of today; what is found now, by today's.
It decides nothing: whoever re-checks sees what the law has moved and what the household has.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from doudi.cases.facts import household_facts
from doudi.cases.queries import decision, pack
from doudi.kernel.errors import NotFound
from doudi.kernel.money import plain_fen, plain_yuan
from doudi.policy.assess import assess, recompute
from doudi.policy.book import Book, NotInForce
from doudi.policy.facts import HouseholdFacts, parse_household
from doudi.upkeep.queries import day_of

Json = dict[str, Any]
# Steps that are shown, in their order; a programme without one leaves its row out.
SHOWN = ("gross_income", "deductions", "net_income", "base_amount", "top_ups")
BY_TOTALS = ("dibao",)  # worked out for the household as a whole: its totals are enough


@dataclass(frozen=True)
class Side:
    """The household under one book: whether it fits, what it comes to, the steps, in fen."""

    on: dt.date
    book_hash: str
    fits: bool
    fen: int
    steps: Mapping[str, int]


@dataclass(frozen=True)
class Moved:
    """A value of the law that the two books do not share."""

    label: str
    label_en: str
    before: str
    after: str
    since: str
    document: str
    article: str


@dataclass(frozen=True)
class TwoBooks:
    """Then by the book of then, then by today's, now by today's; None where totals do not do."""

    then: Side
    then_today: Side
    now: Side | None
    moved: tuple[Moved, ...]
    holds: bool  # what was decided then comes out again

    def rows(self) -> list[tuple[str, int | None, int | None, int | None]]:
        """Step and fen on each side, the amount last under the name `monthly`."""
        sides = (self.then, self.then_today, self.now)
        names = [n for n in SHOWN if n in self.then.steps or n in self.then_today.steps]
        found: list[Any] = [(n, *(s.steps.get(n) if s else None for s in sides)) for n in names]
        return [*found, ("monthly", *(s.fen if s else None for s in sides))]


def two_books(award: Any, now: Mapping[str, Any], on: dt.date) -> TwoBooks | None:
    """None for an award that was taken over: what it rested on is not here."""
    kept = _kept(award)
    if kept is None:
        return None
    stored = {"facts": kept.facts.open(), "book": kept.book}
    old = recompute(stored)
    facts = household_facts(stored["facts"], on)
    try:
        today = pack().book.at(on, facts.county, facts.area)
    except NotInForce:
        return None
    before = Book.from_json(stored["book"])
    then = _side(old.facts, before, award.programme, day_of(kept.at))
    now_facts = _as_found(stored["facts"], award.programme, now, on)
    return TwoBooks(
        then,
        _side(facts, today, award.programme, on),
        _side(now_facts, today, award.programme, on) if now_facts else None,
        _moved(before, today, award.programme, old.facts),
        holds=then.fen == kept.monthly_fen,
    )


def _kept(award: Any) -> Any:
    """The assessment that the award rests on."""
    if award.decision_id is None or award.case_id is None:
        return None
    try:
        return decision(award.decision_id).assessment
    except NotFound:
        return None


def _side(facts: HouseholdFacts, book: Book, programme: str, on: dt.date) -> Side:
    found = assess(facts, book, explain=True)
    told = _finding(found.to_json(explain=True), programme)
    whole = {s["name"]: s for s in told.get("steps", ()) if not s["person"]}
    steps = {n: plain_fen(whole[n]["value"]) for n in SHOWN if n in whole}
    fits = told.get("outcome") != "ineligible" and bool(told)
    fen = plain_fen(told["monthly_yuan"]) if fits and told.get("monthly_yuan") else 0
    return Side(on, found.book_hash, fits, fen, steps)


def _finding(told: Json, programme: str) -> Json:
    return next((dict(f) for f in told["findings"] if f["programme"] == programme), {})


def _as_found(facts: Json, programme: str, now: Mapping[str, Any], on: dt.date) -> Any:
    """The household with the totals that the visit found; None where they do not say enough."""
    members = facts["members"]
    counted = [m for m in members if not m.get("excluded")]
    if programme not in BY_TOTALS or now.get("income_fen") is None:
        return None
    if now.get("people") != len(counted):
        return None
    income = {"kind": "other", "yuan": plain_yuan(now["income_fen"])}
    cost = {"kind": "medical_own", "yuan": plain_yuan(now.get("expenses_fen") or 0)}
    first = members.index(counted[0])
    found = [
        m | {"income": [income] if n == first else [], "expenses": [cost] if n == first else []}
        for n, m in enumerate(members)
    ]
    return parse_household(facts | {"members": found}, on)


def _moved(before: Book, today: Book, programme: str, facts: HouseholdFacts) -> tuple[Moved, ...]:
    """The values behind this programme that differ, each with its clause; by key."""
    told = _finding(assess(facts, before, explain=True).to_json(explain=True), programme)
    used = {p["key"] for step in told.get("steps", ()) for p in step["parameters"]}
    found = []
    for key in sorted(used & today.values.keys()):
        old, new = before.parameter(key), today.parameter(key)
        # The bands are the countryside's; the formula names them for every household.
        here = facts.area == "rural" or not key.endswith(".bands")
        if here and old.value != new.value:
            found.append(
                Moved(
                    new.label,
                    new.label_en,
                    _shown(old),
                    _shown(new),
                    new.since.isoformat(),
                    new.document,
                    new.article,
                )
            )
    return tuple(found)


def _shown(row: Any) -> str:
    """Money in yuan, everything else as the pack writes it."""
    values = row.value if isinstance(row.value, tuple) else (row.value,)
    is_money = row.unit.startswith("fen") and all(isinstance(v, int) for v in values)
    return "、".join(plain_yuan(v) if is_money else str(v) for v in values)
