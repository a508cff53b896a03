"""Reading calls for help, the roster, advances and gatherings."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from doudi.accounts.figures.in_hand import OpenTable
from doudi.accounts.models import Staff
from doudi.accounts.queries import in_scope, inside_any, require, staff_holding
from doudi.clock.time import CHINA
from doudi.kernel.errors import NotFound
from doudi.kernel.periods import months_before
from doudi.kernel.region_code import full
from doudi.kernel.sentences import Sentence
from doudi.people.queries import living_household, members_of, persons_by_id_numbers
from doudi.policy.book import Book
from doudi.policy.pack import Pack, load_pack
from doudi.policy.rules.yearly import Year, year_of
from doudi.regions import queries as regions
from doudi.urgent.figures import Suggestion, on_duty, suggest
from doudi.urgent.flow import Stage
from doudi.urgent.models import (
    Advance,
    DutyShift,
    FollowUp,
    GatheredPerson,
    Gathering,
    HelpCall,
    HelpStep,
    HelpVisit,
    Paper,
    Ringing,
)
from doudi.vault.index import blind_index

OPEN_STAGES = [s.value for s in Stage if s != Stage.CLOSED]
SHOWN = 100
SENT_ALREADY = "同一人同月同一事由已经打过一次款，请改发现金，或者下月再办"


def pack() -> Pack:
    """The policy of this installation."""
    return load_pack(settings.DOUDI_PACK_DIR)


def minutes(key: str, on: dt.date) -> dt.timedelta:
    """A period of the law in minutes."""
    return dt.timedelta(minutes=pack().book.general(key, on))


def workdays_after(key: str, on: dt.date) -> dt.date:
    """The last day of a period in working days."""
    return pack().calendar.add_workdays(on, pack().book.general(key, on)).on


def days_after(key: str, on: dt.date) -> dt.date:
    """The last day of a period in calendar days."""
    return on + dt.timedelta(days=pack().book.general(key, on))


def book_of(county: str, on: dt.date) -> Book:
    """The values in force for relief there (the urban standard is the measure everywhere)."""
    return pack().book.at(on, county, "urban")


# --- the roster ----------------------------------------------------------------------------


@dataclass(frozen=True)
class OnDuty:
    """Somebody to ring: the person, and for the town or for the county."""

    officer: Staff
    level: str


def line_of(town: str, at: dt.datetime) -> list[OnDuty]:
    """Whom to ring for a town's call, in order: its duty, then the county's; never empty-handed.

    Where a roster says nothing for the hour, everybody who may answer there stands in.
    """
    at = at.astimezone(CHINA)
    shifts = DutyShift.objects.filter(region__in=(town, town[:6]), officer__is_active=True)
    by_region: dict[str, list[DutyShift]] = {town: [], town[:6]: []}
    for shift in shifts.select_related("officer"):
        by_region[shift.region].append(shift)
    own, above = on_duty(by_region[town], at), on_duty(by_region[town[:6]], at)
    everybody = staff_holding("urgent.take", full(town[:6]))
    town_people = [s.officer for s in own] or _only_here("urgent.take", town, everybody)
    county_people = [s.officer for s in above] or everybody
    first = {p.pk for p in town_people}
    return [
        *(OnDuty(p, "town") for p in town_people),
        *(OnDuty(p, "county") for p in county_people if p.pk not in first),
    ]


def _only_here(right: str, town: str, above: list[Staff]) -> list[Staff]:
    """Those who hold the right in the town by a post of the town itself."""
    higher = {s.pk for s in above}
    return [s for s in staff_holding(right, full(town)) if s.pk not in higher]


def visitors_for(town: str) -> list[Staff]:
    """Who may visit: the town's officers first, then the county's."""
    above = staff_holding("urgent.visit", full(town[:6]))
    return [*_only_here("urgent.visit", town, above), *above]


def county_line(county: str, at: dt.datetime) -> list[Staff]:
    """Whom to ring for the county's signature."""
    shifts = DutyShift.objects.filter(region=county, officer__is_active=True)
    people = [s.officer for s in on_duty(list(shifts.select_related("officer")), at)]
    return people or staff_holding("urgent.sign_county", full(county))


def shifts_of(region: str) -> list[DutyShift]:
    """The roster of a town or county."""
    return list(DutyShift.objects.filter(region=region).select_related("officer"))


# --- calls ---------------------------------------------------------------------------------


def calls(staff: Staff) -> QuerySet[HelpCall]:
    """The calls of the towns where `staff` may look; nothing by default."""
    return in_scope(HelpCall.objects.all(), staff, "urgent.list", "town")


def call(call_id: UUID, staff: Staff) -> HelpCall:
    """One call; NotFound outside the scope."""
    found = calls(staff).filter(pk=call_id).first()
    if found is None:
        raise NotFound("没有这条求助")
    require(staff, "urgent.list", found.town)
    return found


def call_by_id(call_id: UUID) -> HelpCall:
    """One call for actions and reactions; NotFound when there is none."""
    found = HelpCall.objects.filter(pk=call_id).first()
    if found is None:
        raise NotFound("没有这条求助")
    return found


def call_by_ticket(secret: str) -> HelpCall:
    """The call of a receipt; NotFound answers every wrong one alike."""
    found = HelpCall.objects.filter(ticket_index=blind_index("token", secret)).first()
    if found is None:
        raise NotFound("没有查到，请核对查询码")
    return found


def left_lying(on: dt.date) -> QuerySet[HelpCall]:
    """Answered calls past the day of the visit for which nothing is proposed or done."""
    answered = HelpCall.objects.filter(stage__in=[Stage.TAKEN.value, Stage.VISITED.value])
    living = Advance.objects.filter(turned_down_at=None).values("call")
    return answered.filter(visit_due_on__lt=on).exclude(pk__in=living)


def calls_of_phone(phone_index: str) -> list[HelpCall]:
    """The calls that came from a phone, newest first; for its owner only."""
    return list(HelpCall.objects.filter(phone_index=phone_index).order_by("-raised_at"))


def held_rows(phone_index: str) -> list[QuerySet[Any]]:
    """The calls for help of a phone with what followed; nothing is read yet."""
    mine = HelpCall.objects.filter(phone_index=phone_index)
    kinds = (HelpStep, HelpVisit, Advance, FollowUp)
    parts = [kind._default_manager.filter(call__in=mine) for kind in kinds]
    return [mine, *parts, Paper.objects.filter(advance__call__in=mine)]


def minutes_left(by: dt.datetime, at: dt.datetime) -> int:
    """Whole minutes left, rounded down; negative when late."""
    return int((by - at).total_seconds() // 60)


def waiting_count(staff: Staff) -> int:
    """How many calls nobody has answered yet; one query."""
    return calls(staff).filter(stage=Stage.RAISED.value).count()


def newest_ringing(call: HelpCall, about: str = "call") -> Ringing | None:
    """Who was asked last."""
    return call.ringings.filter(about=about).order_by("-round").first()


def ringing(ringing_id: UUID) -> Ringing:
    """One ringing with its call and officer; NotFound when there is none."""
    found = Ringing.objects.filter(pk=ringing_id).select_related("call", "officer").first()
    if found is None:
        raise NotFound("没有这次呼叫")
    return found


# --- advances ------------------------------------------------------------------------------


def advance(advance_id: UUID) -> Advance:
    """One advance with its call; NotFound when there is none."""
    found = Advance.objects.filter(pk=advance_id).select_related("call").first()
    if found is None:
        raise NotFound("没有这笔先行救助")
    return found


def living_advance(call: HelpCall) -> Advance | None:
    """The proposal that counts."""
    return call.advances.filter(turned_down_at=None).first()


def suggestion(call: HelpCall, on: dt.date) -> Suggestion:
    """What the formula proposes for the call today, with its lines."""
    return suggest(book_of(call.county, on), call.needed_fen)


def earlier(id_number: str, phone_index: str | None, kind: str, at: dt.datetime) -> list[Advance]:
    """Relief already given to the person (or to the phone) for the same cause; a warning only.

    The months come from the law (same cause once in twelve); every county counts.
    """
    on = at.astimezone(CHINA).date()
    months = pack().book.general("temporary.same_cause_months", on)
    since = dt.datetime.combine(months_before(on, months), dt.time(), CHINA)
    signed = Advance.objects.filter(kind=kind, signed_at__gte=since)
    same = Q(call__phone_index=phone_index) if phone_index else Q()
    if id_number:
        same |= Q(payee_index=blind_index("id", id_number))
    return list(signed.filter(same).select_related("call")[:5]) if same else []


def year_of_household(
    call: HelpCall, id_number: str, asked: int, at: dt.datetime, *, but: UUID | None = None
) -> Year:
    """What the household was given this year for the cause, wherever, and the limits (R41).

    Everybody who lives with the payee counts, and whoever called from the same phone.
    """
    on = at.astimezone(CHINA).date()
    first = dt.datetime(on.year, 1, 1, tzinfo=CHINA)
    mine = Q(call__phone_index=call.phone_index) if call.phone_index else Q(pk__in=[])
    mine |= Q(payee_index__in=_living_with(id_number))
    signed = Advance.objects.filter(mine, kind=call.kind, signed_at__gte=first)
    signed = signed.exclude(pk=but) if but else signed
    fen = list(signed.values_list("amount_fen", flat=True))
    return year_of(book_of(call.county, on), call.kind, len(fen), sum(fen), asked)


def _living_with(id_number: str) -> set[str]:
    """The keyed indexes of the payee and of those who live with him."""
    if not id_number:
        return set()
    known = next(iter(persons_by_id_numbers([id_number]).values()), None)
    home = living_household(known.pk) if known else None
    others = {str(m.person.id_index) for m in members_of(home)} if home else set()
    return others | {blind_index("id", id_number)}


def sent_this_month(id_number: str, kind: str, at: dt.datetime) -> bool:
    """Whether an advance for the cause went to the person's account this month already.

    A second order of the month would not go through (P2), whatever became of the first.
    """
    first = at.astimezone(CHINA).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    signed = Advance.objects.filter(kind=kind, manner="account", signed_at__gte=first)
    return signed.filter(payee_index=blind_index("id", id_number)).exists()


def late_papers(staff: Staff, on: dt.date) -> list[Advance]:
    """Advances whose papers should be there by now."""
    mine = in_scope(Advance.objects.all(), staff, "urgent.list", "call__town")
    late = mine.filter(papers_due_on__lt=on, made_up_at=None)
    return list(late.select_related("call").order_by("papers_due_on")[:SHOWN])


def advance_notices(on: dt.date) -> list[Advance]:
    """What hangs after the relief: masked name, town, amount; never the cause."""
    rows = Advance.objects.filter(notice_from__lte=on, notice_until__gte=on)
    return list(rows.select_related("call").order_by("-notice_from")[:SHOWN])


def follow_up(follow_id: UUID, staff: Staff) -> FollowUp:
    """One proposal; NotFound outside the scope."""
    found = FollowUp.objects.filter(pk=follow_id).select_related("call").first()
    if found is None:
        raise NotFound("没有这一项")
    call(found.call_id, staff)
    return found


# --- gatherings ----------------------------------------------------------------------------


def gatherings(staff: Staff) -> QuerySet[Gathering]:
    """The gatherings in scope, newest first."""
    return in_scope(Gathering.objects.all(), staff, "urgent.list", "town")


def gathering(gathering_id: UUID, staff: Staff) -> Gathering:
    """One gathering; NotFound outside the scope."""
    found = gatherings(staff).filter(pk=gathering_id).first()
    if found is None:
        raise NotFound("没有这次集中救助")
    return found


def people_of(gathering: Gathering) -> list[GatheredPerson]:
    """Everybody on the list, in the order of entry."""
    return list(gathering.people.all())


def summary(gathering: Gathering) -> dict[str, Any]:
    """Heads, doubles, fen, and how many were given what."""
    rows = list(gathering.people.values_list("twice", "fen", "given"))
    given = Counter(g for twice, _fen, things in rows if not twice for g in things)
    return {
        "people": sum(not twice for twice, *_ in rows),
        "twice": sum(twice for twice, *_ in rows),
        "fen": sum(fen for twice, fen, _ in rows if not twice),
        "given": dict(given),
    }


def gathering_counts(found: list[Gathering]) -> dict[UUID, int]:
    """How many stand on each list; one query."""
    rows = GatheredPerson.objects.filter(gathering__in=found, twice=False)
    return dict(rows.values_list("gathering").annotate(n=Count("pk")))


# --- residents -----------------------------------------------------------------------------

TITLES = {
    "raise": "已收到求助",
    "take": "值班人员已接听",
    "record_visit": "已上门了解情况",
    "sign": "已同意先行救助",
    "hand_over": "现金已当面交付",
    "take_papers": "手续已补齐",
    "refer": "已转到能帮您的部门",
    "close": "办结",
}


def story(call: HelpCall) -> list[dict[str, Any]]:
    """What happened, as a resident may read it: no names, no findings."""
    steps = call.helpsteps.filter(move__in=TITLES)
    return [{"what": TITLES[s.move], "at": s.at} for s in steps]


def town_phone(town: str) -> str:
    """The phone of the town's duty desk."""
    return regions.office_phone(town)


def advances_of(calls: Iterable[HelpCall]) -> dict[UUID, Advance]:
    """The advance that counts of each call that has one; one query."""
    found = Advance.objects.filter(call__in=[c.pk for c in calls], turned_down_at=None)
    return {one.call_id: one for one in found}


HOURS = ("day", "weekday", "from_hour", "to_hour")
WEEK = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def _hours(shift: Mapping[str, Any]) -> str:
    """周一 8–18时, or the day instead of the weekday."""
    day = shift["day"] if shift["weekday"] is None else Sentence(WEEK[shift["weekday"]])
    hours = f"{shift['from_hour']}–{shift['to_hour']}"
    return Sentence("{day} {hours}时", day=day, hours=hours)


# --- who has what in hand ------------------------------------------------------------------


def in_hand(stems: Sequence[str], on: dt.date) -> list[OpenTable]:
    """The calls that somebody answered and has not closed, and the duty that lies ahead."""
    calls = HelpCall.objects.filter(inside_any(stems, "town"), stage__in=OPEN_STAGES)
    calls = calls.exclude(taken_by_id="")
    ahead = Q(day__isnull=True) | Q(day__gte=on)
    shifts = DutyShift.objects.filter(inside_any(stems, "region")).filter(ahead)
    return [
        OpenTable("call", calls, "taken_by_id", "number", "town", "visit_due_on"),
        OpenTable("shift", shifts, "officer_id", HOURS, "region", "day", said=_hours),
    ]
