"""What the rules find for a household, programme by programme: a proposal, never a decision."""

from dataclasses import dataclass, field
from typing import Any

from doudi.kernel.money import plain_yuan
from doudi.policy.book import Book, Row
from doudi.policy.codes import OF_GROUPS
from doudi.policy.runners.one_household import Step, Told


@dataclass(frozen=True)
class Reason:
    """Why: a code (wording.py has its sentence), the clause, and the values compared."""

    code: str
    document: str
    article: str
    values: dict[str, str]

    def to_json(self) -> dict[str, Any]:
        """As interfaces.md writes it."""
        return {
            "code": self.code,
            "document": self.document,
            "article": self.article,
            "values": self.values,
        }


@dataclass(frozen=True)
class Finding:
    """One programme's outcome with amount, persons, reasons, flags and steps. Money in fen."""

    programme: str
    outcome: str
    persons: tuple[str, ...]
    reasons: tuple[Reason, ...]
    monthly: int | None = None
    one_off: int | None = None
    per_person: dict[str, int] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()

    def to_json(self, book: Book, explain: bool) -> dict[str, Any]:
        """As interfaces.md writes it."""
        plain: dict[str, Any] = {
            "programme": self.programme,
            "outcome": self.outcome,
            "persons": list(self.persons),
            "monthly_yuan": None if self.monthly is None else plain_yuan(self.monthly),
            "one_off_yuan": None if self.one_off is None else plain_yuan(self.one_off),
            "reasons": [reason.to_json() for reason in self.reasons],
            "flags": list(self.flags),
        }
        if self.programme in ("tekun", "single_person", *OF_GROUPS):
            plain["per_person"] = {name: plain_yuan(fen) for name, fen in self.per_person.items()}
        if explain:
            plain["steps"] = [step_json(step, book) for step in self.steps]
        return plain


def step_json(step: Step, book: Book) -> dict[str, Any]:
    """A step with every parameter it used: value, since, document, article, confidence."""
    told = step.told
    money = told.unit.startswith("fen")
    return {
        "name": told.name,
        "label": told.label,
        "label_en": told.label_en,
        "person": step.person,
        "value": plain_yuan(step.value) if money else str(step.value),
        "unit": "yuan" if money else told.unit,
        "inputs": list(told.inputs),
        "parameters": _parameters(told, book),
    }


def _parameters(told: Told, book: Book) -> list[dict[str, str]]:
    """The same for every household of a book, so made once."""
    if told.name not in book.told:
        rows = (row for key in told.parameters for row in book.rows_of(key))
        book.told[told.name] = [parameter_json(row) for row in rows]
    return list(book.told[told.name])


def parameter_json(row: Row) -> dict[str, str]:
    """One parameter as it stands in a book."""
    money = row.unit.startswith("fen")
    values = row.value if isinstance(row.value, tuple) else (row.value,)
    return {
        "key": row.key,
        "label": row.label,
        "label_en": row.label_en,
        "value": ", ".join(plain_yuan(v) if money else str(v) for v in values),
        "unit": row.unit.replace("fen", "yuan"),
        "since": row.since.isoformat(),
        "document": row.document,
        "article": row.article,
        "confidence": row.confidence,
    }
