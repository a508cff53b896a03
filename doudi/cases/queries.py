"""Reading cases: gates, lists, the case file, and what a resident may see."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from doudi.accounts.figures.in_hand import OpenTable
from doudi.accounts.models import Staff
from doudi.accounts.queries import in_scope, inside_any
from doudi.cases.flow import ARRIVING, ENDED, OPEN, Stage
from doudi.cases.models import (
    Applied,
    Assessment,
    Case,
    Decision,
    Draft,
    Pause,
    PublicNotice,
    Supplement,
)
from doudi.clock.time import CHINA
from doudi.kernel.errors import NotFound
from doudi.kernel.periods import Month
from doudi.people.queries import persons_by_id_numbers
from doudi.policy.facts import parse_household
from doudi.policy.pack import Pack, load_pack
from doudi.vault.index import blind_index


def pack() -> Pack:
    """The policy pack of this installation."""
    return load_pack(settings.DOUDI_PACK_DIR)


def case_by_id(case_id: UUID) -> Case:
    """One case with its application; NotFound when there is none."""
    found = Case.objects.filter(pk=case_id).select_related("application", "village").first()
    if found is None:
        raise NotFound("没有这个办件")
    return found


def cases_of_applications(refs: Iterable[UUID]) -> dict[UUID, Case]:
    """The case of each of some applications that has one; one query."""
    rows = Case.objects.filter(application_id__in=list(refs))
    return {row.application_id: row for row in rows}


def newest_assessment(case: Case) -> Assessment:
    """The assessment that counts; NotFound before the first."""
    found = Assessment.objects.filter(case=case).order_by("-at", "-id").first()
    if found is None:
        raise NotFound("还没有核算")
    return found


def covered(case: Case, assessment: Assessment) -> list[dict[str, Any]]:
    """The persons that an assessment's chosen programme covers, with their person ids."""
    finding = chosen_finding(assessment)
    wanted = finding["persons"] if finding else []
    # By place, not by name: two may be called alike, and the name on file may be another.
    named = parse_household(assessment.facts.open()).names
    members = case.application.declaration.open()["members"]
    people = persons_by_id_numbers(m["id_number"] for m in members)
    return [
        {
            "member": member["key"],
            "person_id": str(people[blind_index("id", member["id_number"])].pk),
            "name": member["name"],
        }
        for member, name in zip(members, named, strict=True)
        if name in wanted
    ]


def chosen_finding(assessment: Assessment) -> dict[str, Any] | None:
    """The finding of the chosen programme, as JSON with steps."""
    found = assessment.findings.open()["findings"]
    return next((f for f in found if f["programme"] == assessment.chosen), None)


def numbers_of(case_ids: Iterable[UUID]) -> dict[str, str]:
    """The numbers of cases by their ids; one query."""
    rows = Case.objects.filter(pk__in=set(case_ids)).values_list("pk", "number")
    return {str(key): number for key, number in rows}


# --- lists ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Light:
    """How a case stands with its last day: ok, soon, late, or none (not accepted, or ended)."""

    kind: str
    days: int


def stopped_since(cases: Iterable[Case]) -> dict[UUID, dt.date]:
    """Since when the clock stands, for those where it does; one query."""
    standing = Pause.objects.filter(case__in=[c.pk for c in cases], until_on=None)
    return dict(standing.values_list("case_id", "from_on"))


def light(case: Case, on: dt.date, stopped: dt.date | None) -> Light:
    """Working days left: late below 0, soon up to 3 (ux.md 3.10).

    `stopped` is the day since when the clock stands, if it does: then it does not run. Before
    acceptance the last day is that of the first stage.
    """
    due = case.due_on or last_day(case)
    if due is None or Stage(case.stage) in ENDED:
        return Light("none", 0)
    left = pack().calendar.workdays_between(stopped or on, due)
    if stopped:
        return Light("late" if left < 0 else "ok", left)
    return Light("late" if left < 0 else "soon" if left <= SOON else "ok", left)


SOON = 3


def visible(staff: Staff) -> QuerySet[Case]:
    """The cases of the towns where `staff` may list; nothing by default."""
    return in_scope(Case.objects.all(), staff, "case.list", "town")


def open_cases_of(id_indexes: Iterable[str]) -> list[Case]:
    """Open cases, in every county, that one of these people belongs to; oldest first."""
    theirs = Applied.objects.filter(id_index__in=list(id_indexes)).values("application")
    return list(
        Case.objects.filter(application__in=theirs, stage__in=[s.value for s in OPEN])
        .select_related("application", "village")
        .order_by("submitted_at", "number")
    )


def applicants_among(id_indexes: Collection[str]) -> set[str]:
    """Whom of these people an application names; one query."""
    rows = Applied.objects.filter(id_index__in=list(id_indexes))
    return set(rows.values_list("id_index", flat=True))


def confirmed_cases_of(id_indexes: Iterable[str]) -> list[Case]:
    """Confirmed cases, in every county, that one of these people belongs to; newest first."""
    theirs = Applied.objects.filter(id_index__in=list(id_indexes)).values("application")
    rows = Case.objects.filter(application__in=theirs, stage=Stage.CONFIRMED.value)
    return list(rows.select_related("application", "village").order_by("-ended_at"))


def cases_naming(id_numbers: Iterable[str]) -> list[Case]:
    """Open and confirmed cases of these people, in every county."""
    indexes = [blind_index("id", number) for number in id_numbers]
    return [*open_cases_of(indexes), *confirmed_cases_of(indexes)]


def overdue(on: dt.date) -> QuerySet[Case]:
    """Open cases that nothing may hide (P21): past their last day while the clock ran, not accepted
    in the days of that stage, or with a clock that stands too long.
    """
    standing = Pause.objects.filter(until_on=None)
    late = Q(due_on__lt=on) & ~Q(pk__in=standing.values("case"))
    held = Q(
        pk__in=standing.filter(from_on__lte=_so_long_ago(on, longest_pause(on))).values("case")
    )
    return Case.objects.filter(late | unaccepted(on) | held, ended_at=None)


def unaccepted(on: dt.date) -> Q:
    """Submitted so long ago that the days of the first stage are over."""
    last = _so_long_ago(on, accept_days(on)) + dt.timedelta(days=1)
    return Q(
        stage=Stage.SUBMITTED.value, submitted_at__lt=dt.datetime.combine(last, dt.time(), CHINA)
    )


def accept_days(on: dt.date) -> int:
    """Working days of the stage in which an application is accepted."""
    return int(pack().process_at(on).stages[0]["days"])


def longest_pause(on: dt.date) -> int:
    """Working days for which a clock may stand."""
    return pack().book.general("process.longest_pause", on)


def _so_long_ago(on: dt.date, workdays: int) -> dt.date:
    """The newest day after which more than so many working days have gone by."""
    day, between = on, pack().calendar.workdays_between
    while between(day, on) <= workdays:
        day -= dt.timedelta(days=1)
    return day


def last_day(case: Case, stopped: dt.date | None = None) -> dt.date | None:
    """By when something must happen: the last day, acceptance before that, or the clock's start."""
    if stopped:
        return pack().calendar.add_workdays(stopped, longest_pause(stopped)).on
    if case.due_on is None and case.stage == Stage.SUBMITTED:
        day = case.submitted_at.astimezone(CHINA).date()
        return pack().calendar.add_workdays(day, accept_days(day)).on
    return case.due_on


def confirmed_in_month(county: str, month: Month) -> dict[str, UUID]:
    """The cases that a county's towns confirmed in a month, by number; one query."""
    first = dt.datetime.combine(month.first_day, dt.time.min, CHINA)
    next_ = dt.datetime.combine(month.plus(1).first_day, dt.time.min, CHINA)
    ended = Case.objects.filter(county=county, stage=Stage.CONFIRMED.value)
    rows = ended.filter(ended_at__gte=first, ended_at__lt=next_).values_list("number", "pk")
    return dict(rows)


@dataclass(frozen=True)
class LateEntry:
    """Something recorded more than a day after it happened (promises.md L)."""

    what: str
    on: dt.date
    recorded_on: dt.date
    by: str


def is_late(on: dt.date, recorded_on: dt.date) -> bool:
    """Written down later than the next day."""
    return (recorded_on - on).days > 1


def waits_to_be_taken(case: Case) -> bool:
    """Whether another town handed it on and the one that has it has not answered yet."""
    newest = case.steps.filter(move__in=ARRIVING).order_by("-at", "-order")
    return newest.values_list("move", flat=True).first() == "transfer"


def open_supplement(case_id: UUID) -> Supplement | None:
    """What was asked for and has not come yet."""
    return Supplement.objects.filter(case_id=case_id, answered_at=None).order_by("-at").first()


def decision(decision_id: UUID) -> Decision:
    """One decision with its case and assessment; NotFound when there is none."""
    found = (
        Decision.objects.filter(pk=decision_id)
        .select_related("case__application", "case__village", "assessment")
        .first()
    )
    if found is None:
        raise NotFound("没有这个决定")
    return found


# --- residents -----------------------------------------------------------------------------


def draft_of(draft_id: UUID) -> Draft:
    """One draft; NotFound when there is none."""
    found = Draft.objects.filter(pk=draft_id).first()
    if found is None:
        raise NotFound("没有这份申请")
    return found


def case_by_tracking(secret: str) -> Case:
    """The case of a printed secret; NotFound answers every wrong one alike."""
    index = blind_index("token", secret)
    rows = Case.objects.filter(application__tracking_index=index)
    found = rows.select_related("application", "village").first()
    if found is None:
        raise NotFound("没有查到，请核对查询码")
    return found


def cases_of_phone(phone_index: str) -> list[Case]:
    """The cases that were applied for under a phone, newest first."""
    rows = Case.objects.filter(application__phone_index=phone_index)
    return list(rows.select_related("application", "village").order_by("-submitted_at"))


def case_by_number(number: str) -> Case:
    """The case of a number as it is printed, without spaces; NotFound when there is none."""
    found = Case.objects.filter(number=number).first()
    if found is None:
        raise NotFound("没有这个办件编号")
    return found


def case_for_resident(case_id: UUID, phone_index: str) -> Case:
    """A resident's own case; NotFound for anybody else's."""
    found = case_by_id(case_id)
    if found.application.phone_index != phone_index:
        raise NotFound("没有这个办件")
    return found


def notices_now(on: dt.date, limit: int = 200) -> list[PublicNotice]:
    """The notices that hang today, newest first."""
    hanging = PublicNotice.objects.filter(from_on__lte=on, until_on__gte=on, taken_down_at=None)
    return list(hanging.select_related("case").order_by("-at")[:limit])


def notice(notice_id: UUID, on: dt.date) -> PublicNotice:
    """A hanging notice; NotFound once it is over."""
    found = PublicNotice.objects.filter(
        pk=notice_id, from_on__lte=on, until_on__gte=on, taken_down_at=None
    ).first()
    if found is None:
        raise NotFound("这份公示已经结束")
    return found


# --- who has what in hand ------------------------------------------------------------------


def in_hand(stems: Sequence[str], people: Sequence[str]) -> list[OpenTable]:
    """The open cases of these places by their clerk, and what these people fill in at a window."""
    rows = Case.objects.filter(inside_any(stems, "town"), ended_at=None, clerk_id__isnull=False)
    drafts = Draft.objects.filter(submitted_at=None, staff_id__in=list(people))
    return [
        OpenTable("case", rows, "clerk_id", "number", "town", "due_on"),
        OpenTable("draft", drafts, "staff_id", "started_at", said=_begun),
    ]


def _begun(text: str) -> str:
    at = dt.datetime.fromisoformat(text)
    return f"{at.replace(tzinfo=at.tzinfo or dt.UTC).astimezone(CHINA):%Y-%m-%d %H:%M}"


def open_with_others(stems: Sequence[str], people: Sequence[str]) -> int:
    """Open cases of these places whose clerk is none of these people."""
    rows = Case.objects.filter(inside_any(stems, "town"), ended_at=None, clerk_id__isnull=False)
    return rows.exclude(clerk_id__in=list(people)).count()
