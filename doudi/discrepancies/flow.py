"""The way of an inquiry: who has it, whether the household was heard, how it ends."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from doudi.kernel.errors import WrongStage

OPEN, TAKEN, ASKED, ANSWERED = "open", "taken", "asked", "answered"
VISIT, VISITED, CLOSED = "visit", "visited", "closed"
STATES = {
    OPEN: "待核查",
    TAKEN: "核查中",
    ASKED: "待本人说明",
    ANSWERED: "本人已说明",
    VISIT: "待入户",
    VISITED: "已入户",
    CLOSED: "已结",
}
WORKING = (OPEN, TAKEN, ASKED, ANSWERED, VISIT, VISITED)
MOVES: Mapping[str, tuple[str, ...]] = {
    "take": WORKING,
    "ask": (TAKEN, VISITED),
    "answer": (ASKED, ANSWERED, VISIT, VISITED),
    "send_visit": (TAKEN, ASKED, ANSWERED, VISITED),
    "record_visit": (VISIT,),
    "close": (TAKEN, ASKED, ANSWERED, VISITED),
}
YES, NO, UNKNOWN = "yes", "no", "unknown"


@dataclass(frozen=True)
class Result:
    """A way to close one signal: whether the rule was right, and what is called by it."""

    code: str
    zh: str
    en: str
    fits: str
    confirms: str
    effect: str = ""
    call: str = "comparison"
    heard: bool = False


@dataclass(frozen=True)
class Heard:
    """What the household was asked and said, as far as it matters for the end."""

    asked: bool
    until: dt.date | None
    answered_at: dt.datetime | None
    objects: bool
    visited_at: dt.datetime | None


def require_move(move: str, state: str) -> None:
    """WrongStage where the inquiry stands elsewhere."""
    if state not in MOVES[move]:
        raise WrongStage(move, state, "这件核查已经有人办过，请看最新情况")


def moves_from(state: str) -> list[str]:
    """What may be done next."""
    return [move for move, states in MOVES.items() if state in states]


def kind_of(signal: str) -> str:
    """X: could lead to a change of money; W: a warning that a household may need more."""
    return signal[:1]


def unheard(results: Iterable[Result], stops: bool, heard: Heard, on: dt.date) -> str:
    """Why this end is too early for the household; empty where it may end so.

    A result that leads to a re-check of money is not written before the household was asked and
    has answered, or let its days pass; who objected is visited by two first.
    """
    if not stops or not any(result.heard for result in results):
        return ""
    if not heard.asked:
        return "要先告知本人并请其说明，再认定属实"
    if heard.answered_at is None and (heard.until is None or on <= heard.until):
        return "说明期还没有过，本人也还没有说明"
    if heard.objects and not _visited_since(heard):
        return "本人提出异议，要两人入户核实后再认定属实"
    return ""


def _visited_since(heard: Heard) -> bool:
    return bool(heard.visited_at and heard.answered_at and heard.visited_at >= heard.answered_at)
