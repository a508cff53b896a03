"""What the rules of doubt may know, as plain values, and what they answer. Pure."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

LOOKS = frozenset({"case.viewed", "person.revealed", "attachment.viewed"})
PRINTS = frozenset({"case.printed", "case.printed_in_full"})
DECIDES = frozenset({"case.assess", "case.review", "case.confirm", "case.refuse"})


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the journal by staff; `at` is an instant in China."""

    at: dt.datetime
    actor: str
    action: str
    subject: str
    county: str
    device: str = ""


@dataclass(frozen=True)
class Late:
    """Something recorded in a case days after it happened."""

    case: str
    actor: str
    on: dt.date
    recorded_on: dt.date
    county: str


@dataclass(frozen=True)
class Sum:
    """An assessment of a case: who, when, what sum, and whether against the proposal."""

    case: str
    actor: str
    at: dt.datetime
    fen: int
    against: bool
    county: str


@dataclass(frozen=True)
class Paid:
    """A living award: household, keys of account and phone, and what may be wrong with it."""

    award: str
    household: str
    county: str
    account: str
    phone: str
    declared: str  # the account's key as the application has it; empty where there is none
    called_back: bool  # a change of account was answered after a call back
    dead: bool


@dataclass(frozen=True)
class Known:
    """A span of the journal and what belongs to it."""

    lines: Sequence[Line]
    hands: Mapping[str, set[str]] = field(default_factory=dict)  # case -> who ever worked on it
    kin: frozenset[tuple[str, str]] = frozenset()  # (officer, case) of himself or a near relative
    late: Sequence[Late] = ()
    sums: Sequence[Sum] = ()
    moves: Mapping[str, Sequence[tuple[dt.datetime, str]]] = field(default_factory=dict)
    paid: Sequence[Paid] = ()
    today: dt.date = dt.date.min


@dataclass(frozen=True)
class Doubt:
    """A question: the rule, whom or what it is about, the day, how many, and which things."""

    rule: str
    about: str
    county: str
    day: dt.date
    count: int
    things: tuple[str, ...]
