"""疑点成单: what a run found becomes work for the town, one open inquiry a household.

What a person decided some months ago about the very same fact is filed there and not asked again.

Clause: SI649 art 13 (changes are checked), PIPL art 24 (nothing is decided by a machine alone)
Move:   -> OPEN      Right: called by a reaction      Says: nothing
"""

import datetime as dt
from collections import defaultdict
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.benefits.running import awards_of_households
from doudi.cases.queries import pack
from doudi.departments.worklist import agreed
from doudi.discrepancies import queries
from doudi.discrepancies.catalog import days_of, is_settled, stops
from doudi.discrepancies.models import Finding, Inquiry
from doudi.kernel.periods import Month
from doudi.people.queries import regions_of_households
from doudi.upkeep.queries import day_of, month_of
from doudi.verification.queries import open_findings

Fact = tuple[str, int, str, str]


def take_up_findings(run_id: UUID, town: str = "", *, at: dt.datetime) -> int:
    """How many inquiries were opened; a second call opens none."""
    by_town: dict[str, list[Any]] = defaultdict(list)
    for found in open_findings(run_id, town):
        by_town[found.town].append(found)
    return sum(_town(run_id, place, rows, at) for place, rows in sorted(by_town.items()))


def _town(run_id: UUID, town: str, rows: list[Any], at: dt.datetime) -> int:
    with transaction.atomic():
        done = queries.taken_up(row.pk for row in rows)
        new = [row for row in rows if row.pk not in done]
        homes = {row.household_id for row in new}
        waiting, decided = queries.open_of_households(homes), _decided(homes, at)
        makes = _Maker(homes, at)
        kept: list[Finding] = []
        fresh: list[Inquiry] = []
        for row in new:
            earlier = _known(row, decided.get(row.household_id, {}))
            inquiry = waiting.get(row.household_id) or earlier
            if inquiry is None:
                inquiry = makes.inquiry(row)
                fresh.append(inquiry)
            elif not earlier:
                _join(inquiry, row, at)
            kept.append(Finding(inquiry=inquiry, discrepancy=row, is_known=bool(earlier), at=at))
        Inquiry.objects.bulk_create(fresh, batch_size=500)
        Finding.objects.bulk_create(kept, batch_size=500)
        if kept:
            told = {"town": town, "opened": len(fresh), "filed": len(kept) - len(fresh)}
            write(
                "findings.taken_up",
                actor=SYSTEM,
                subject=f"run:{run_id}",
                chain=town[:6],
                detail=told,
            )
    return len(fresh)


class _Maker:
    """New inquiries with the place and the running award of their household; two queries."""

    def __init__(self, homes: set[UUID], at: dt.datetime) -> None:
        self.at = at
        self.awards = awards_of_households(homes, str(month_of(at)))
        self.regions = regions_of_households(homes)

    def inquiry(self, row: Any) -> Inquiry:
        """One household's, with the shortest time that any of its signals gives."""
        key, award = uuid4(), self.awards.get(row.household_id)
        village = award.village if award else self.regions.get(row.household_id, row.town)
        return Inquiry(
            id=key,
            number=f"YJ{day_of(self.at):%y%m%d}{key.hex[:8].upper()}",
            household_id=row.household_id,
            award=award,
            county=row.town[:6],
            town=row.town,
            village=village,
            signals=list(row.signals),
            stops=any(map(stops, row.signals)),
            opened_at=self.at,
            due_on=_due(row.signals, self.at),
        )


def _due(signals: list[str], at: dt.datetime) -> dt.date:
    days = min(map(days_of, signals))
    return pack().calendar.add_workdays(day_of(at), days).on


def _join(inquiry: Inquiry, row: Any, at: dt.datetime) -> None:
    """A later run's signals join the open inquiry; only new ones bring the day forward."""
    new = [signal for signal in row.signals if signal not in inquiry.signals]
    if not new:
        return
    inquiry.signals = sorted([*inquiry.signals, *new])
    inquiry.stops = inquiry.stops or any(map(stops, new))
    inquiry.due_on = max(day_of(at), min(inquiry.due_on, _due(new, at)))
    inquiry.save(update_fields=["signals", "stops", "due_on"])


def _decided(homes: set[UUID], at: dt.datetime) -> dict[UUID, dict[Fact, Inquiry]]:
    """The facts that a person decided of late, by household, with the inquiry that did."""
    months = pack().book.general("discrepancies.again_months", day_of(at))
    first = Month.of(day_of(at)).plus(-months).first_day
    since = dt.datetime.combine(first, dt.time(), tzinfo=dt.UTC)
    told: dict[UUID, dict[Fact, Inquiry]] = defaultdict(dict)
    closed = queries.closed_of_households(homes, since)
    mistaken = agreed(f"inquiry:{inquiry.pk}" for inquiry in closed)
    for inquiry in closed:
        settled = {signal for signal, code in inquiry.results.items() if is_settled(code)}
        settled -= {signal for source, signal in mistaken if source == f"inquiry:{inquiry.pk}"}
        for finding in inquiry.findings.all():
            for fact in _facts(finding.discrepancy):
                if fact[0] in settled:
                    told[inquiry.household_id][fact] = inquiry
    return told


def _known(row: Any, decided: dict[Fact, Inquiry]) -> Inquiry | None:
    """The inquiry that decided all of a finding's facts, if one did."""
    if not decided:
        return None
    facts = _facts(row)
    return decided[facts[0]] if facts and all(fact in decided for fact in facts) else None


def _facts(discrepancy: Any) -> list[Fact]:
    """Signal, person, item and value: the same next month, whatever delivery tells it then."""
    return [
        (s["signal"], s["person_key"], s["item"], s["value"])
        for s in discrepancy.sources.open() or []
    ]
