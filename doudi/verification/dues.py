"""What the departments have sent of each item, and what was done with it: counts, no names."""

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from doudi.verification.models import Answer, Delivery, Discrepancy, Run

CAME = ("accepted", "held")
ITEM = re.compile(r"\bG[0-9]{2}\b")


def newest_of(items: Iterable[str]) -> dict[str, Delivery]:
    """The newest delivery of each item that counts or waits for a person; one query."""
    came = Delivery.objects.filter(state__in=CAME)
    newer = came.filter(item=OuterRef("item"), sequence__gt=OuterRef("sequence"))
    rows = came.filter(~Exists(newer), item__in=list(items))
    return {row.item: row for row in rows}


def came_before(code: str, sequence: int, sha256: str) -> UUID | None:
    """The delivery that these very bytes became under this number, if they did."""
    found = Delivery.objects.filter(item=code, sequence=sequence, sha256=sha256)
    return found.values_list("pk", flat=True).first()


@dataclass(frozen=True)
class Used:
    """What a comparison made of an item: persons compared, and findings in which it had a part."""

    month: str
    at: Any
    persons: int
    households: int
    findings: int


def comparisons_with(items: Sequence[str]) -> list[tuple[str, Used]]:
    """Item by item, the newest comparisons that read one of their deliveries; at most a year."""
    mine = dict(Delivery.objects.filter(item__in=items).values_list("pk", "item"))
    told = []
    for run in Run.objects.order_by("-started_at")[:12]:
        read = {mine[UUID(pk)] for pk in run.deliveries if UUID(pk) in mine}
        if not read:
            continue
        readers = readers_of(run.asked.get("definitions", {}))
        found = _signals(run)
        for code in sorted(read):
            count = sum(any(code in readers.get(s, ()) for s in signals) for signals in found)
            used = Used(run.month, run.started_at, run.persons, run.households, count)
            told.append((code, used))
    return told


def _signals(run: Run) -> list[list[str]]:
    """The signals of each finding."""
    return list(Discrepancy.objects.filter(run=run).values_list("signals", flat=True))


def readers_of(definitions: Mapping[str, Any]) -> dict[str, set[str]]:
    """Which items each signal reads."""
    told: dict[str, set[str]] = {}
    for part in definitions.values():
        for entry in part if isinstance(part, list) else ():
            if "signal" in entry:
                told.setdefault(entry["signal"], set()).update(ITEM.findall(json.dumps(entry)))
    return told


def answers_by_state(items: Sequence[str]) -> dict[str, dict[str, int]]:
    """Item -> how many single persons were asked about, by what came back; one query."""
    rows = Answer.objects.filter(item__in=items).order_by().values_list("item", "state")
    told: dict[str, dict[str, int]] = {}
    for code, state, count in rows.annotate(Count("pk")):
        told.setdefault(code, {})[state] = count
    return told


def open_asks(items: Sequence[str], on: dt.date) -> QuerySet[Answer]:
    """What is still owed about single persons in these items, under a leave that lives."""
    rows = Answer.objects.filter(
        item__in=list(items),
        state__in=(Answer.State.NOT_RETURNED, Answer.State.FAILED),
        asked__consent__withdrawn_at=None,
        asked__consent__valid_until__gte=on,
        asked__request__state__in=("asked", "reported"),
    )
    rows = rows.select_related("asked__request", "asked__consent")
    return rows.order_by("asked__request__asked_at", "asked__member_key", "item")
