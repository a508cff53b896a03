"""Reading referrals and requests to the hukou place: by right, by case, or past their day."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case as When
from django.db.models import Count, IntegerField, QuerySet, Value
from django.db.models import When as If

from doudi.accounts.figures.in_hand import OpenTable
from doudi.accounts.models import Staff
from doudi.accounts.queries import in_scope, inside_any
from doudi.benefits.queries import awards_of_programmes
from doudi.cases.queries import Light, pack
from doudi.kernel.errors import NotFound
from doudi.kernel.periods import Month
from doudi.referrals.catalog import Department, department, departments
from doudi.referrals.figures import grounds, months_after
from doudi.referrals.flow import LIFE_PROGRAMMES, OPEN, PROVED
from doudi.referrals.models import LifeProof, PlaceRequest, Referral
from doudi.regions import queries as regions

SOON = 2
LISTED = 200


def due_after(key: str, on: dt.date) -> dt.date:
    """The last day of a period of the pack in working days, counted from `on`."""
    law = pack()
    return law.calendar.add_workdays(on, law.book.general(key, on)).on


@dataclass(frozen=True)
class Chance:
    """A department a household could be handed on to, and what in its facts suggests it."""

    department: Department
    grounds: tuple[str, ...]
    is_open: bool  # handed on already, and not answered yet


def chances(made: Iterable[Referral], facts: Mapping[str, Any] | None, on: dt.date) -> list[Chance]:
    """Every department, those that the facts suggest first; a person chooses, or none.

    `made` are the referrals of the case so far.
    """
    held = grounds(facts, on)
    waiting = {r.department for r in made if r.state == OPEN}
    found = [
        Chance(d, tuple(g for g in d.grounds if g in held), d.key in waiting) for d in departments()
    ]
    return sorted(found, key=lambda chance: not chance.grounds)


@dataclass(frozen=True)
class Row:
    """One referral with its department and its light."""

    referral: Referral
    department: Department | None  # None where the pack no longer names it
    light: Light


def row(referral: Referral, on: dt.date) -> Row:
    """A referral as it is shown."""
    return Row(referral, department(referral.department), light(referral, on))


def light(referral: Referral, on: dt.date) -> Light:
    """Working days left for the answer; none once it is there."""
    if referral.state != OPEN:
        return Light("none", 0)
    left = pack().calendar.workdays_between(on, referral.due_on)
    return Light("late" if left < 0 else "soon" if left <= SOON else "ok", left)


def referrals_of(case_id: UUID) -> list[Referral]:
    """All of a case, newest first."""
    return list(Referral.objects.filter(case_id=case_id).order_by("-made_at"))


def held_rows(cases: Iterable[UUID]) -> list[QuerySet[Any]]:
    """Referrals, requests and proofs of life, for the household's own file; nothing is read yet."""
    mine = list(cases)
    return [
        Referral.objects.filter(case_id__in=mine),
        PlaceRequest.objects.filter(case_id__in=mine),
        LifeProof.objects.filter(award__case_id__in=mine),
    ]


def referrals_for(staff: Staff) -> QuerySet[Referral]:
    """The referrals of the towns where `staff` may look; nothing by default."""
    return in_scope(Referral.objects.all(), staff, "referral.list", "town")


def referral_for(referral_id: UUID, staff: Staff) -> Referral:
    """One referral; NotFound alike for an unknown one and for one outside the scope."""
    found = referrals_for(staff).filter(pk=referral_id).select_related("case__village").first()
    if found is None:
        raise NotFound("没有这次转介")
    return found


def listed(staff: Staff, on: dt.date) -> list[Row]:
    """What waits first, the most pressing at the top; one query."""
    first = When(If(state=OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = referrals_for(staff).select_related("case__village").order_by(first, "due_on")
    return [row(r, on) for r in found[:LISTED]]


def overdue(on: dt.date) -> list[Referral]:
    """Those past their day that nobody was reminded of yet."""
    late = Referral.objects.filter(state=OPEN, due_on__lt=on, reminded_at=None)
    return list(late.select_related("case").order_by("due_on"))


# --- requests to the hukou place ---------------------------------------------------------------

TOWN = 9


@dataclass(frozen=True)
class Hukou:
    """The town where a household is registered; `town` empty where the city has no such place."""

    town: str
    name: str


def hukou_of(case: Any) -> Hukou:
    """Where the applicant declared to be registered, as far as the pack's regions know it."""
    applicant = case.application.declaration.open()["applicant"]
    code = str(applicant.get("registered_region") or "")[:TOWN]
    name = regions.names_along([code]).get(code, "") if len(code) == TOWN else ""
    return Hukou(code if name else "", name)


@dataclass(frozen=True)
class PlaceRow:
    """One request with its light."""

    request: PlaceRequest
    light: Light


def place_row(request: PlaceRequest, on: dt.date) -> PlaceRow:
    """A request as it is shown: working days left, none once it is answered."""
    if request.state != OPEN:
        return PlaceRow(request, Light("none", 0))
    left = pack().calendar.workdays_between(on, request.due_on)
    kind = "late" if left < 0 else "soon" if left <= SOON else "ok"
    return PlaceRow(request, Light(kind, left))


def place_requests_of(case_id: UUID) -> list[PlaceRequest]:
    """All of a case, newest first."""
    return list(PlaceRequest.objects.filter(case_id=case_id).order_by("-asked_at"))


def place_request_for(request_id: UUID, staff: Staff) -> PlaceRequest:
    """One request, for the town that asked and the one that is asked; NotFound for all others."""
    found = _either(staff).filter(pk=request_id).select_related("case__application").first()
    if found is None:
        raise NotFound("没有这份协查函")
    return found


def _either(staff: Staff) -> QuerySet[PlaceRequest]:
    rows = PlaceRequest.objects.all()
    asked = in_scope(rows, staff, "place.list", "from_town")
    return asked | in_scope(rows, staff, "place.list", "to_town")


def asked_of_us(staff: Staff, on: dt.date) -> list[PlaceRow]:
    """What other towns ask of the own ones, the unanswered first; one query."""
    rows = in_scope(PlaceRequest.objects.all(), staff, "place.list", "to_town")
    return _listed(rows, on)


def asked_by_us(staff: Staff, on: dt.date) -> list[PlaceRow]:
    """What the own towns asked of others, the unanswered first; one query."""
    rows = in_scope(PlaceRequest.objects.all(), staff, "place.list", "from_town")
    return _listed(rows, on)


def _listed(rows: QuerySet[PlaceRequest], on: dt.date) -> list[PlaceRow]:
    first = When(If(state=OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = rows.select_related("case").order_by(first, "due_on", "asked_at")
    return [place_row(request, on) for request in found[:LISTED]]


@dataclass(frozen=True)
class Owed:
    """What the workbench shows: answers owed to the town and by it."""

    referrals_late: int = 0  # departments past their day
    places_late: int = 0  # hukou places past their day
    places_waiting: int = 0  # what other towns ask and nobody answered yet
    lives_late: int = 0  # people not yet seen alive past their day
    stops_proposed: int = 0  # proposals that wait for the county's word


def owed(staff: Staff, on: dt.date) -> Owed:
    """All of it for the places where `staff` is the one to act; one query."""
    referrals = in_scope(Referral.objects.all(), staff, "referral.answer", "town")
    places, lives = PlaceRequest.objects.all(), LifeProof.objects.filter(state=OPEN)
    proposed = lives.filter(proposed_at__isnull=False, decided_at=None)
    parts = {
        "referrals_late": referrals.filter(state=OPEN, due_on__lt=on),
        "places_late": in_scope(places, staff, "place.ask", "from_town").filter(
            state=OPEN, due_on__lt=on
        ),
        "lives_late": in_scope(lives, staff, "life.record", "town").filter(due_on__lt=on),
        "stops_proposed": in_scope(proposed, staff, "life.decide", "county"),
        "places_waiting": in_scope(places, staff, "place.answer", "to_town").filter(state=OPEN),
    }
    counted = [_counted(name, rows) for name, rows in parts.items()]
    return Owed(**dict(counted[0].union(*counted[1:], all=True)))


def _counted(name: str, rows: QuerySet[Any]) -> Any:
    named = rows.order_by().annotate(which=Value(name)).values("which")
    return named.annotate(n=Count("pk")).values_list("which", "n")


def places_overdue(on: dt.date) -> list[PlaceRequest]:
    """Those past their day that nobody was reminded of yet."""
    late = PlaceRequest.objects.filter(state=OPEN, due_on__lt=on, reminded_at=None)
    return list(late.select_related("case").order_by("due_on"))


def may_pause_for_place(on: dt.date) -> bool:
    """Whether the process in force names the request among the reasons to stop the clock."""
    return any("协查" in reason for reason in pack().process_at(on).pauses)


# --- proofs of life ----------------------------------------------------------------------------


def life_to_open(on: dt.date) -> list[tuple[Any, Any, dt.date]]:
    """Award, person and day of each proof that comes due within the notice and is not open yet.

    Two queries. The year runs from the last proof, or from the first month of the award.
    """
    book = pack().book
    months = book.general("referrals.proof_months", on)
    soon = on + dt.timedelta(days=book.general("referrals.proof_notice_days", on))
    awards = awards_of_programmes(LIFE_PROGRAMMES, str(Month.of(on)))
    known = LifeProof.objects.filter(award__in=awards).order_by("due_on")
    newest = {(p.award_id, p.person_id): p for p in known}
    found = []
    for award in awards:
        for covered in award.persons.all():
            last = newest.get((award.pk, covered.person_id))
            if last is not None and last.state == OPEN:
                continue
            since = Month.parse(award.start_month).first_day
            if last is not None and last.state == PROVED and last.seen_on:
                since = last.seen_on
            due_on = months_after(since, months)
            if due_on <= soon and covered.person.died_on is None:
                found.append((award, covered.person, due_on))
    return found


def lives_overdue(on: dt.date) -> list[LifeProof]:
    """Those past their day of which nobody was told yet."""
    late = LifeProof.objects.filter(state=OPEN, due_on__lt=on, reminded_at=None)
    return list(late.select_related("award", "person").order_by("due_on"))


def may_propose_from(proof: LifeProof) -> dt.date:
    """The first day on which a stop may be proposed; a proposal is all it is."""
    grace = pack().book.general("referrals.proof_grace_days", proof.due_on)
    return proof.due_on + dt.timedelta(days=grace + 1)


@dataclass(frozen=True)
class LifeRow:
    """One proof with the days left: calendar days, not working days."""

    proof: LifeProof
    days: int | None  # None once proved


def life_row(proof: LifeProof, on: dt.date) -> LifeRow:
    """A proof as it is shown."""
    return LifeRow(proof, (proof.due_on - on).days if proof.state == OPEN else None)


def lives_for(staff: Staff) -> QuerySet[LifeProof]:
    """The proofs of the towns where `staff` may look; nothing by default."""
    return in_scope(LifeProof.objects.all(), staff, "life.list", "town")


def lives_listed(staff: Staff, on: dt.date) -> list[LifeRow]:
    """What waits first, the longest overdue at the top; one query."""
    first = When(If(state=OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = lives_for(staff).select_related("award", "person").order_by(first, "due_on")
    return [life_row(proof, on) for proof in found[:LISTED]]


def life_for(proof_id: UUID, staff: Staff) -> LifeProof:
    """One proof; NotFound alike for an unknown one and for one outside the scope."""
    found = lives_for(staff).filter(pk=proof_id).select_related("award", "person").first()
    if found is None:
        raise NotFound("没有这份生存认证")
    return found


def lives_of_case(case_id: UUID) -> list[LifeProof]:
    """The proofs of what a case led to, newest first; one query."""
    found = LifeProof.objects.filter(award__case_id=case_id).select_related("person")
    return list(found.order_by("-due_on"))


def in_hand(stems: Sequence[str]) -> list[OpenTable]:
    """What waits for an answer from elsewhere, by whoever asked."""
    asked = Referral.objects.filter(inside_any(stems, "town"), state=OPEN)
    sent = PlaceRequest.objects.filter(inside_any(stems, "from_town"), state=OPEN)
    return [
        OpenTable("referral", asked, "made_by_id", "case__number", "town", "due_on"),
        OpenTable("place", sent, "asked_by_id", "number", "from_town", "due_on"),
    ]
