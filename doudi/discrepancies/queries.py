"""Reading inquiries; within the reader's places."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet, TextField
from django.db.models.functions import Cast

from doudi.accounts.figures.in_hand import OpenTable
from doudi.accounts.models import Staff
from doudi.accounts.queries import in_scope, inside_any, require
from doudi.audit.actor import Actor
from doudi.discrepancies.catalog import results
from doudi.discrepancies.flow import (
    ASKED,
    CLOSED,
    NO,
    UNKNOWN,
    WORKING,
    YES,
    Heard,
    require_move,
)
from doudi.discrepancies.models import Finding, Inquiry, Visit
from doudi.kernel.errors import NotFound

KINDS = ("open", YES, NO, UNKNOWN)


def inquiries(staff: Staff) -> QuerySet[Inquiry]:
    """The inquiries of the reader's places."""
    return in_scope(Inquiry.objects.all(), staff, "discrepancy.view", "village")


def inquiry_for(inquiry_id: UUID, staff: Staff) -> Inquiry:
    """One of them; NotFound alike for an unknown one."""
    found = inquiries(staff).select_related("award").filter(pk=inquiry_id).first()
    if found is None:
        raise NotFound("没有这件核查")
    return found


def inquiry(inquiry_id: UUID) -> Inquiry:
    """One inquiry; NotFound when there is none."""
    found = Inquiry.objects.select_related("award").filter(pk=inquiry_id).first()
    if found is None:
        raise NotFound("没有这件核查")
    return found


def locked(inquiry_id: UUID, move: str, by: Staff | Actor) -> Inquiry:
    """One inquiry for a move by an officer of its town, or by the household; inside a deed."""
    found = Inquiry.objects.select_for_update().filter(pk=inquiry_id).first()
    if found is None:
        raise NotFound("没有这件核查")
    if isinstance(by, Staff):
        require(by, "discrepancy.work", found.village)
    require_move(move, found.state)
    return found


def narrowed(rows: QuerySet[Inquiry], which: str, staff: Staff, on: dt.date) -> QuerySet[Inquiry]:
    """`open` (default), `late`, `mine`, `asked`, `closed`; the most urgent, or newest, first."""
    if which == "closed":
        return rows.filter(state=CLOSED).order_by("-closed_at", "number")
    rows = rows.filter(state__in=WORKING)
    if which == "late":
        rows = rows.filter(due_on__lt=on)
    elif which == "mine":
        rows = rows.filter(officer_id=str(staff.pk))
    elif which == "asked":
        rows = rows.filter(state=ASKED)
    return rows.order_by("due_on", "number")


def counts(staff: Staff, on: dt.date) -> dict[str, int]:
    """How many stand where; one query, counted by the database."""
    working = Q(state__in=WORKING)
    return inquiries(staff).aggregate(
        open=Count("pk", filter=working),
        late=Count("pk", filter=working & Q(due_on__lt=on)),
        mine=Count("pk", filter=working & Q(officer_id=str(staff.pk))),
        asked=Count("pk", filter=Q(state=ASKED)),
        closed=Count("pk", filter=Q(state=CLOSED)),
    )


def in_hand(stems: Sequence[str]) -> list[OpenTable]:
    """The inquiries that somebody took and nobody has closed."""
    rows = Inquiry.objects.filter(inside_any(stems, "town"), state__in=WORKING)
    taken = rows.exclude(officer_id="")
    return [OpenTable("inquiry", taken, "officer_id", "number", "town", "due_on")]


def findings_of(found: Inquiry) -> list[Finding]:
    """What runs found of the household, oldest first; one query."""
    rows = Finding.objects.filter(inquiry=found).select_related("discrepancy__run")
    return list(rows.order_by("at", "pk"))


def visits_of(found: Inquiry) -> list[Visit]:
    """The visits, newest first."""
    return list(found.visits.order_by("-recorded_at"))


def heard(found: Inquiry) -> Heard:
    """What the household was asked and said, and when it was seen."""
    seen = found.visits.filter(met=True).aggregate(last=Max("recorded_at"))["last"]
    return Heard(
        found.asked_at is not None,
        found.answer_by_on,
        found.answered_at,
        found.objects_to_it,
        seen,
    )


def taken_up(discrepancies: Iterable[UUID]) -> set[UUID]:
    """Those of some discrepancies that an inquiry has."""
    rows = Finding.objects.filter(discrepancy__in=list(discrepancies))
    return set(rows.values_list("discrepancy_id", flat=True))


def open_of_households(households: Iterable[UUID]) -> dict[UUID, Inquiry]:
    """The open inquiry of each household that has one."""
    rows = Inquiry.objects.filter(household_id__in=list(households)).exclude(state=CLOSED)
    return {row.household_id: row for row in rows}


def closed_of_households(households: Iterable[UUID], since: dt.datetime) -> list[Inquiry]:
    """Inquiries closed of late, with the rows that were decided in them."""
    rows = Inquiry.objects.filter(household_id__in=list(households), closed_at__gte=since)
    return list(rows.prefetch_related("findings__discrepancy"))


def to_explain(case_ids: Sequence[UUID]) -> list[Inquiry]:
    """What households were asked to explain, by the case of their award; open ones only."""
    rows = Inquiry.objects.filter(award__case_id__in=list(case_ids), asked_at__isnull=False)
    return list(rows.exclude(state=CLOSED).select_related("award").order_by("answer_by_on"))


def summary(
    rows: QuerySet[Inquiry], on: dt.date, since: dt.datetime
) -> tuple[dict[str, dict[str, int]], dict[str, dict[str, int]]]:
    """Open and late by town; by signal what people decided since a day. One query.

    Who closed says whether the rule was right; who was not reached is counted apart.
    """
    about = results()
    towns: dict[str, dict[str, int]] = {}
    rules: dict[str, dict[str, int]] = {}
    told = rows.order_by("town").values_list(
        "town", "state", "due_on", "signals", "results", "closed_at"
    )
    for town, state, due_on, signals, ended, closed_at in told.iterator():
        if state != CLOSED:
            line = towns.setdefault(town, {"open": 0, "late": 0})
            line["open"] += 1
            line["late"] += due_on < on
        elif closed_at is None or closed_at < since:
            continue
        for signal in signals:
            _count(rules.setdefault(signal, dict.fromkeys(KINDS, 0)), state, ended, signal, about)
    return towns, rules


def _count(line: dict[str, int], state: str, ended: Any, signal: str, about: Any) -> None:
    if state != CLOSED:
        line["open"] += 1
    elif ended.get(signal) in about:
        line[about[ended[signal]].confirms] += 1


def with_result(rows: QuerySet[Inquiry], signal: str, confirms: str) -> QuerySet[Inquiry]:
    """Closed ones in which a rule was right, wrong, or not decided."""
    codes = [code for code, result in results().items() if result.confirms == confirms]
    return rows.filter(state=CLOSED, **{f"results__{signal}__in": codes})


def ledger_rows(staff: Staff) -> QuerySet[Any]:
    """预警台账: every inquiry of the reader's places, with how often it was visited."""
    return inquiries(staff).select_related("award").annotate(visited=Count("visits"))


def about(found: Inquiry) -> str:
    """Whose journal a line belongs to: the household's case, so that it reads who looked."""
    if found.award and found.award.case_id:
        return f"case:{found.award.case_id}"
    return f"inquiry:{found.pk}"


def with_signal(rows: QuerySet[Inquiry], signal: str) -> QuerySet[Inquiry]:
    """Those that ask about a signal; looked up as text, so that both databases can."""
    return rows.annotate(told=Cast("signals", TextField())).filter(told__contains=f'"{signal}"')
