"""核对中心: what waits, which sources are silent, how good what came is; own counties only."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum, Value

from doudi.accounts.models import Staff
from doudi.accounts.queries import in_scope, scope
from doudi.kernel.errors import NotFound
from doudi.verification.models import (
    Answer,
    Delivery,
    Discrepancy,
    Match,
    Outside,
    OutsideAnswer,
    Request,
    Rest,
)
from doudi.verification.queries import MISSING

LISTED = 100
QUALITY_DAYS = 366
SILENT_DAYS = 92


def requests_in_sight(staff: Staff) -> QuerySet[Request]:
    """The requests of the reader's counties."""
    return in_scope(Request.objects.all(), staff, "centre.view", "county")


def waiting(staff: Staff) -> QuerySet[Request]:
    """Asked, and no report yet; what is due first stands first."""
    return requests_in_sight(staff).filter(state="asked").order_by("expected_on", "number")


def late(staff: Staff, on: dt.date) -> QuerySet[Request]:
    """Those past the day on which an answer was expected."""
    return waiting(staff).filter(expected_on__lt=on)


def silent(staff: Staff, since: dt.datetime, code: str = "") -> QuerySet[Request]:
    """Reported with something missing: a department did not return, or failed."""
    missing = Q(persons__answers__state__in=MISSING)
    if code:
        missing &= Q(persons__answers__item=code)
    rows = _with_gaps(staff, since, missing)
    counted = rows.annotate(owed=Count("persons__answers", filter=missing, distinct=True))
    return counted.order_by("-asked_at", "number")


def _with_gaps(staff: Staff, since: dt.datetime, missing: Q) -> QuerySet[Request]:
    """A request stands here once for each answer that is missing."""
    return requests_in_sight(staff).filter(missing, state="reported", asked_at__gte=since)


def counts(staff: Staff, on: dt.date, since: dt.datetime) -> dict[str, int]:
    """How many requests wait, are late, came back with gaps; rows and findings held; one query."""
    asked = requests_in_sight(staff).filter(state="asked")
    release = scope(staff, "comparison.release")
    held_back = Discrepancy.objects.filter(state="held")
    lists = {
        "waiting": asked,
        "late": asked.filter(expected_on__lt=on),
        "silent": _with_gaps(staff, since, Q(persons__answers__state__in=MISSING)),
        "matches": row_matches(staff).select_related(None),
        "held": in_scope(held_back, staff, "comparison.release", "town") if release else None,
    }
    told = dict.fromkeys(lists, 0)
    first, *others = [_counted(name, rows) for name, rows in lists.items() if rows is not None]
    return told | dict(first.union(*others, all=True))


def _counted(name: str, rows: QuerySet[Any]) -> QuerySet[Any, tuple[str, int]]:
    """One line of a union: a list's name and how long it is."""
    named = rows.order_by().annotate(list=Value(name)).values("list")
    return named.annotate(many=Count("pk", distinct=True)).values_list("list", "many")


def silence_by_item(staff: Staff, since: dt.datetime) -> dict[str, dict[str, int]]:
    """Item -> how many answers of late did not come, or failed; one query."""
    asked = requests_in_sight(staff).filter(asked_at__gte=since)
    rows = Answer.objects.filter(asked__request__in=asked, state__in=MISSING).order_by()
    told: dict[str, dict[str, int]] = {}
    for code, state, count in rows.values_list("item", "state").annotate(n=Count("pk")):
        told.setdefault(code, {})[state] = count
    return told


def quality(since: dt.datetime) -> dict[str, dict[str, Any]]:
    """Item -> deliveries of the last year: rows in, accepted, refused, without owner."""
    rows = Delivery.objects.filter(received_at__gte=since).order_by().values_list("item")
    told = rows.annotate(Sum("rows_in"), Sum("rows_accepted"), Sum("rows_unmatched"))
    return {
        code: {"rows_in": came, "accepted": good, "refused": came - good - lost, "unmatched": lost}
        for code, came, good, lost in told
    }


def deliveries_of(code: str) -> list[Delivery]:
    """What came of an item, the newest first."""
    return list(Delivery.objects.filter(item=code).order_by("-received_at")[:LISTED])


def accepted_before(found: Delivery) -> Delivery | None:
    """The delivery of the same item that counted when this one came."""
    rows = Delivery.objects.filter(item=found.item, sequence__lt=found.sequence)
    return rows.exclude(state__in=("held", "dropped")).order_by("-sequence").first()


def row_matches(staff: Staff) -> QuerySet[Match]:
    """Candidates for rows with a wrong number in the reader's places, that wait for a person."""
    rows = in_scope(Match.objects.filter(state="proposed"), staff, "match.decide", "town")
    return rows.select_related("delivery")


def row_match_for(match_id: UUID, staff: Staff) -> Match:
    """One of the reader's places, decided or not; NotFound alike for an unknown one."""
    rows = in_scope(Match.objects.all(), staff, "match.decide", "town")
    found = rows.select_related("delivery").filter(pk=match_id).first()
    if found is None:
        raise NotFound("没有这条匹配")
    return found


def beside(match: Match, staff: Staff) -> tuple[list[Match], int]:
    """The row's other candidates in the reader's places, and how many lie elsewhere."""
    same = Match.objects.filter(delivery_id=match.delivery_id, row_no=match.row_no)
    mine = in_scope(same.exclude(pk=match.pk), staff, "match.decide", "town")
    own = list(mine.order_by("tier", "pk"))
    return own, same.count() - 1 - len(own)


def held(staff: Staff) -> list[dict[str, Any]]:
    """Held findings of the reader's towns by run and town, with how many households; one query."""
    rows = in_scope(Discrepancy.objects.filter(state="held"), staff, "comparison.release", "town")
    found = rows.order_by().values("run_id", "run__month", "run__started_at", "town")
    counted = found.annotate(many=Count("pk")).order_by("-run__started_at", "town")
    return [dict(row) for row in counted]


def held_signals(run_id: UUID, town: str) -> dict[str, int]:
    """How often each signal stands in a town's held findings."""
    told: dict[str, int] = {}
    rows = Discrepancy.objects.filter(run_id=run_id, town=town, state="held")
    for signals in rows.values_list("signals", flat=True):
        for signal in signals:
            told[signal] = told.get(signal, 0) + 1
    return dict(sorted(told.items()))


def rests(staff: Staff) -> list[Rest]:
    """Rules that rest, or are to rest, in the reader's counties or the whole city."""
    stems = scope(staff, "centre.view")
    rows = Rest.objects.filter(state__in=("asked", "resting")).order_by("signal", "region")
    return [r for r in rows if _touches(r.region, stems)]


def rests_of(signal: str, staff: Staff) -> list[Rest]:
    """Every rest of a rule that touches the reader's counties, the newest first."""
    stems = scope(staff, "centre.view")
    rows = Rest.objects.filter(signal=signal).order_by("-asked_at")
    return [r for r in rows if _touches(r.region, stems)]


def rest_for(rest_id: UUID, staff: Staff) -> Rest:
    """One of them; NotFound alike for an unknown one."""
    found = Rest.objects.filter(pk=rest_id).first()
    if found is None or not _touches(found.region, scope(staff, "centre.view")):
        raise NotFound("没有这条停用")
    return found


def _touches(region: str, stems: list[str]) -> bool:
    """Whether a region lies in one of some places, or around it."""
    inside = region[:4] if region.endswith("00") else region
    return any(inside.startswith(stem) or stem.startswith(inside) for stem in stems)


def outside_in_sight(staff: Staff) -> QuerySet[Outside]:
    """Letters of the reader's places: what waits first, by its day."""
    rows = in_scope(Outside.objects.all(), staff, "verification.view", "town")
    return rows.order_by("-state", "due_on", "number")


def outside_for(outside_id: UUID, staff: Staff) -> Outside:
    """One of them; NotFound alike for an unknown one."""
    found = outside_in_sight(staff).filter(pk=outside_id).first()
    if found is None:
        raise NotFound("没有这份对外核对函")
    return found


def lines_of(outside: Outside) -> list[OutsideAnswer]:
    """Its lines with the authorisation of each, in order; one query."""
    return list(outside.lines.select_related("consent").order_by("place"))
