"""比对的成效: who left, whose money fell or rose because of a comparison, and what that saves.

Counted once a household and re-check: an inquiry that people closed, the re-check it called, and
the change that another person decided after it. Nothing here was done by a machine.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from doudi.discrepancies.flow import CLOSED
from doudi.discrepancies.models import Inquiry
from doudi.upkeep.effects import Effect, effects_of

EFFECTS = ("left", "cut", "raised")
YEAR = 12


@dataclass(frozen=True)
class Outcome:
    """What comparisons led to: households by effect, and a month's money less and more, in fen."""

    households: dict[str, int]
    less_fen: int
    more_fen: int

    @property
    def year_fen(self) -> int:
        """What a year costs less, if it stays so: twelve times the month."""
        return YEAR * (self.less_fen - self.more_fen)


def outcome(rows: QuerySet[Inquiry], since: dt.datetime) -> Outcome:
    """Of some inquiries, those closed since a day; one query."""
    return _summed(effects_of(_rechecks(rows, since)))


def with_effect(rows: QuerySet[Inquiry], effect: str, since: dt.datetime) -> QuerySet[Inquiry]:
    """The inquiries behind one number of the outcome."""
    found = effects_of(_rechecks(rows, since))
    return rows.filter(recheck__in=[e.recheck_id for e in found if e.kind == effect])


def _rechecks(rows: QuerySet[Inquiry], since: dt.datetime) -> QuerySet[Any]:
    closed = rows.filter(state=CLOSED, closed_at__gte=since, recheck__isnull=False)
    return closed.order_by().values("recheck_id")


def _summed(effects: Iterable[Effect]) -> Outcome:
    households = dict.fromkeys(EFFECTS, 0)
    less = more = 0
    for effect in {e.recheck_id: e for e in effects}.values():
        households[effect.kind] += 1
        less += max(0, effect.before_fen - effect.after_fen)
        more += max(0, effect.after_fen - effect.before_fen)
    return Outcome(households, less, more)
