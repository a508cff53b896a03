"""What waits for the county, by town and as lists: each number opens its list."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from doudi.accounts.models import Staff
from doudi.accounts.queries import in_scope, scope
from doudi.cases.parts import filed_as_relatives
from doudi.cases.queries import overdue
from doudi.kernel.errors import NotFound
from doudi.kernel.region_code import stem
from doudi.supervision.flow import ANSWERED, ASKED, CLOSED, OPEN, RELATIVE
from doudi.supervision.models import (
    Check,
    Doubt,
    Flag,
    Match,
    Rectification,
    Sheet,
    Slip,
    Tip,
)
from doudi.supervision.queries import UNDONE
from doudi.vault.index import blind_index

LISTED = 300
# Kind of work -> where a row says which town it belongs to.
TOWN_OF = {
    "late": "town",
    "sheets": "town",
    "checks": "case__town",
    "checks_late": "case__town",
    "flags": "town",
    "matches": "case__town",
    "slips": "town",
}


def waiting(kind: str, staff: Staff, on: dt.date) -> QuerySet[Any]:
    """What of a kind waits in the officer's counties; KeyError for an unknown kind."""
    checks = Check.objects.filter(state__in=UNDONE)
    rows: dict[str, QuerySet[Any]] = {
        "late": overdue(on),
        "sheets": Sheet.objects.filter(answered_at=None),
        "checks": checks,
        "checks_late": checks.filter(due_on__lt=on),
        "flags": Flag.objects.filter(seen_at=None),
        "matches": Match.objects.filter(state=ASKED),
        "slips": Slip.objects.filter(state=OPEN),
    }
    return in_scope(rows[kind], staff, "supervision.view", "county")


@dataclass(frozen=True)
class Line:
    """A town, or a county for the city, with how many of each kind wait there."""

    code: str
    counts: dict[str, int] = field(default_factory=dict)


def by_place(staff: Staff, on: dt.date, width: int) -> tuple[list[Line], dict[str, int]]:
    """Lines by `width` digits (9: towns, 6: counties) and the sums; one query a kind."""
    places: dict[str, Counter[str]] = {}
    sums: Counter[str] = Counter()
    for kind, where in TOWN_OF.items():
        counted = waiting(kind, staff, on).order_by().values(where).annotate(n=Count("pk"))
        for row in counted:
            places.setdefault(row[where][:width], Counter())[kind] += row["n"]
            sums[kind] += row["n"]
    lines = [Line(code, dict(counts)) for code, counts in places.items()]
    return sorted(lines, key=lambda line: (-sum(line.counts.values()), line.code)), dict(sums)


def listed(kind: str, staff: Staff, on: dt.date, place: str) -> list[Any]:
    """The rows behind a number, the oldest first; of one place or of all."""
    rows = waiting(kind, staff, on)
    if place:
        rows = rows.filter(**{f"{TOWN_OF[kind]}__startswith": place})
    if kind == "late":
        return list(rows.select_related("village").order_by("due_on", "number")[:LISTED])
    return list(rows.select_related("case__village").order_by(ORDER.get(kind, "pk"))[:LISTED])


ORDER = {
    "sheets": "answer_by_on",
    "checks": "due_on",
    "checks_late": "due_on",
    "flags": "at",
    "matches": "found_at",
    "slips": "at",
}


def flag_for(flag_id: UUID, staff: Staff) -> Flag:
    """One flag in scope; NotFound else."""
    rows = in_scope(Flag.objects.all(), staff, "supervision.view", "county")
    return _one(rows.filter(pk=flag_id).select_related("case__village"))


def match_for(match_id: UUID, staff: Staff) -> Match:
    """One question about a relative in scope; NotFound else."""
    rows = in_scope(Match.objects.all(), staff, "supervision.view", "county")
    found = rows.filter(pk=match_id).select_related("case__village", "case__application")
    return _one(found)


def slips_for(staff: Staff) -> list[Slip]:
    """The own ones of a town's officer, all of the county's for the county; open ones first."""
    own = Slip.objects.filter(by_id=str(staff.pk))
    county = in_scope(Slip.objects.all(), staff, "slip.decide", "county")
    rows = (own | county).select_related("case__village")
    return sorted(rows.order_by("-at")[:LISTED], key=lambda slip: slip.state != OPEN)


def slip_for(slip_id: UUID, staff: Staff) -> Slip:
    """One of those; NotFound else."""
    return _one([slip for slip in slips_for(staff) if slip.pk == slip_id])


def _one(rows: Iterable[Any]) -> Any:
    found = next(iter(rows), None)
    if found is None:
        raise NotFound("没有这条记录")
    return found


# --- tips ----------------------------------------------------------------------------------


def tips_for(staff: Staff, on: dt.date) -> list[Tip]:
    """Those of the officer's own office, and what a county let pass; never one hidden from him."""
    offices = [prefix.ljust(6, "0") for prefix in scope(staff, "tip.view")]
    below = in_scope(Tip.objects.all(), staff, "tip.view", "office").filter(due_on__lt=on)
    rows = (Tip.objects.filter(office__in=offices) | below).distinct()
    seen = [tip for tip in rows.order_by("due_on") if str(staff.pk) not in tip.hidden_from]
    return sorted(seen, key=lambda tip: tip.state != OPEN)[:LISTED]


def tip_for(tip_id: UUID, staff: Staff, on: dt.date) -> Tip:
    """One of those; NotFound alike for an unknown one and for one that is hidden."""
    return _one([tip for tip in tips_for(staff, on) if tip.pk == tip_id])


def answers_tip(staff: Staff, tip: Tip) -> bool:
    """Whether the officer sits in the very office that answers, and is not named."""
    own = stem(tip.office.ljust(12, "0")) in scope(staff, "tip.answer")
    return own and str(staff.pk) not in tip.hidden_from


def tip_by_tracking(secret: str) -> Tip:
    """The tip of a printed secret; NotFound answers every wrong one alike."""
    found = Tip.objects.filter(tracking_index=blind_index("token", secret)).first()
    if found is None:
        raise NotFound("没有查到，请核对查询码")
    return found


def register(staff: Staff) -> list[tuple[Any, Check | None]]:
    """近亲属台账: the cases of the officer's counties that are filed so, with the newest check."""
    mine = in_scope(filed_as_relatives(), staff, "supervision.view", "county")
    cases = list(mine.select_related("village").order_by("-submitted_at")[:LISTED])
    checks = {
        check.case_id: check
        for check in Check.objects.filter(case__in=cases, ground=RELATIVE).order_by("asked_at")
    }
    return [(case, checks.get(case.pk)) for case in cases]


# --- 整改台账 ------------------------------------------------------------------------------


def rectifications(staff: Staff) -> QuerySet[Rectification]:
    """Those of the officer's towns, the auditor's counties; with their cases."""
    rows = in_scope(Rectification.objects.all(), staff, "rectify.view", "town")
    return rows.select_related("case__village")


def rectifications_listed(
    staff: Staff, state: str, on: dt.date, town: str = ""
) -> QuerySet[Rectification]:
    """By `state`: open, late, answered, closed, anything else all; the nearest last day first."""
    rows = rectifications(staff)
    if town:
        rows = rows.filter(town=town)
    if state == "late":
        rows = rows.filter(state=OPEN, due_on__lt=on)
    elif state in (OPEN, ANSWERED, CLOSED):
        rows = rows.filter(state=state)
    return rows.order_by("due_on", "number")


def rectification_counts(staff: Staff, on: dt.date) -> dict[str, int]:
    """How many of each; one query."""
    rows = in_scope(Rectification.objects.all(), staff, "rectify.view", "town")
    return rows.aggregate(
        all=Count("pk"),
        open=Count("pk", filter=Q(state=OPEN)),
        late=Count("pk", filter=Q(state=OPEN, due_on__lt=on)),
        answered=Count("pk", filter=Q(state=ANSWERED)),
        closed=Count("pk", filter=Q(state=CLOSED)),
    )


def rectification_for(rectify_id: UUID, staff: Staff) -> Rectification:
    """One of those; NotFound else."""
    return _one(rectifications(staff).filter(pk=rectify_id))


def was_raised(source: str) -> bool:
    """Whether a check or a doubt ever went into the register."""
    return Rectification.objects.filter(source=source).exists()


def doubt_for(doubt_id: UUID, staff: Staff) -> Doubt:
    """A question of a rule in the auditor's counties; NotFound else."""
    return _one(in_scope(Doubt.objects.all(), staff, "audit.view", "county").filter(pk=doubt_id))
