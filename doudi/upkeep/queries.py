"""Reading what is proposed, planned, listed and owed back; within the reader's places."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Max, Model, QuerySet

from doudi.accounts.models import Staff
from doudi.accounts.queries import in_scope
from doudi.benefits import running as benefits
from doudi.benefits.dues import overpaid
from doudi.benefits.figures import Due, entitled
from doudi.benefits.queries import change as award_change
from doudi.benefits.queries import recorded
from doudi.cases.parts import together
from doudi.cases.queries import Light, pack
from doudi.clock.time import CHINA
from doudi.kernel.errors import NotFound
from doudi.kernel.periods import Month
from doudi.policy.rules.standards import Held, restandard
from doudi.redress.queries import change_appeal
from doudi.upkeep.flow import AGREED, APPEALABLE, HEARING, HELD, OPEN, UNDECIDED
from doudi.upkeep.models import (
    AccountRequest,
    Custody,
    Proposal,
    Recheck,
    RecheckPlan,
    Recovery,
    Run,
    StandardLine,
    StandardRun,
)

SOON = 3
LISTED = 100
Kind = TypeVar("Kind", bound=Model)


def day_of(at: dt.datetime) -> dt.date:
    """The day of an instant in China."""
    return at.astimezone(CHINA).date()


def month_of(at: dt.datetime) -> Month:
    """The month of an instant in China."""
    return Month.of(day_of(at))


# --- proposals -----------------------------------------------------------------------------


def _one(kind: type[Kind], staff: Staff, right: str, pk: UUID) -> Kind:
    rows = in_scope(kind._default_manager.all(), staff, right, "town")
    return _first(rows.filter(pk=pk))


def _first(rows: QuerySet[Kind]) -> Kind:
    found = rows.select_related("award").first()
    if found is None:
        raise NotFound("没有这件事")
    return found


def proposal(proposal_id: UUID) -> Proposal:
    """One proposal with its award; NotFound when there is none."""
    found = Proposal.objects.filter(pk=proposal_id).select_related("award").first()
    if found is None:
        raise NotFound("没有这件事")
    return found


def proposal_for(proposal_id: UUID, staff: Staff) -> Proposal:
    """One proposal of the reader's places; one that is held is not there yet."""
    found = _first(_proposals_seen(staff).filter(pk=proposal_id))
    if found.state == HELD:
        raise NotFound("没有这件事")
    return found


def _proposals_seen(staff: Staff) -> QuerySet[Proposal]:
    """Of the reader's places, and who is to come into them from elsewhere."""
    rows = Proposal.objects.all()
    coming = rows.filter(kind="move")
    here = in_scope(rows, staff, "award.view", "town")
    return here | in_scope(coming, staff, "award.decide", "to_village")


def proposals_listed(staff: Staff) -> list[Proposal]:
    """Undecided ones of the reader's places: heard out first, then by age; one query."""
    rows = _proposals_seen(staff)
    waiting = rows.filter(state__in=(OPEN, HEARING)).select_related("award")
    return list(waiting.order_by("-state", "answer_by_on", "proposed_at")[:LISTED])


def changes_of_case(case_id: UUID) -> list[Proposal]:
    """What was decided about the award of a case, oldest first; one query."""
    rows = Proposal.objects.filter(award__case_id=case_id, state=AGREED)
    return list(rows.select_related("award").order_by("decided_at"))


def open_proposals_of_cases(case_ids: Iterable[UUID]) -> list[Proposal]:
    """What a household is to hear and may answer; one query."""
    rows = Proposal.objects.filter(award__case_id__in=list(case_ids), state__in=(OPEN, HEARING))
    return list(rows.select_related("award").order_by("-proposed_at"))


def may_decide_from(found: Proposal) -> dt.date | None:
    """The first day on which a heard proposal may be decided; None: at once."""
    if found.state != HEARING or found.answered_at or found.answer_by_on is None:
        return None
    return found.answer_by_on + dt.timedelta(days=1)


def hands_of_appeal(appeal_id: UUID) -> set[str]:
    """Who proposed, decided or answered what an appeal is about: none of them decides after it."""
    found = change_appeal(appeal_id)
    return {*found.hands, found.answered_by_id} - {""}


def appealed_matter(matter_id: UUID) -> Any:
    """The change or the recovery that somebody appeals against; NotFound for anything else."""
    found = Recovery.objects.filter(pk=matter_id).select_related("award").first()
    return found or award_change(matter_id)


def is_recovery(matter: Any) -> bool:
    """Whether it asks money back, not changes what is paid."""
    return isinstance(matter, Recovery)


def may_be_appealed(matter: Any) -> bool:
    """What leaves the household with less, or asks money back from it."""
    if is_recovery(matter):
        return matter.state in ("agreed", "repaid")
    less = matter.after_fen < matter.before_fen or bool(matter.until_month)
    return matter.what in APPEALABLE and less


def told_at(matter: Any) -> dt.datetime | None:
    """When it was decided, and so told."""
    at: dt.datetime | None = matter.decided_at if is_recovery(matter) else matter.at
    return at


def why_of(matter_id: UUID) -> str:
    """The facts and reasons of what is appealed against, as the household was told them."""
    matter = appealed_matter(matter_id)
    behind = matter_id if is_recovery(matter) else matter.matter_id
    kind = Recovery if is_recovery(matter) else Proposal
    found = kind._default_manager.filter(pk=behind).first() if behind else None
    return (found.why.open() or "") if found else ""


def proposals_after_appeal(appeal_id: UUID) -> list[Proposal]:
    """What an appeal brought: proposals, decided or not."""
    rows = Proposal.objects.filter(origin="appeal", origin_id=appeal_id)
    return list(rows.order_by("proposed_at"))


def open_holds(appeal_id: UUID) -> list[Proposal]:
    """What was proposed for the time of an appeal and is not decided yet."""
    rows = Proposal.objects.filter(origin="appeal", origin_id=appeal_id, cause="appeal_hold")
    return list(rows.filter(state__in=UNDECIDED))


def light(due_on: dt.date | None, on: dt.date, *, is_open: bool) -> Light:
    """Working days left, as everywhere on the desk."""
    if due_on is None or not is_open:
        return Light("none", 0)
    left = pack().calendar.workdays_between(on, due_on)
    return Light("late" if left < 0 else "soon" if left <= SOON else "ok", left)


# --- an award over time --------------------------------------------------------------------


def due_now(award: Any, at: dt.datetime) -> Due:
    """What an award comes to this month."""
    return entitled(award, str(month_of(at)))


def awards_listed(staff: Staff, words: str) -> list[Any]:
    """The newest awards of the reader's places, ended ones too; `words` begins their number."""
    rows = in_scope(benefits.all_awards(), staff, "award.view", "town")
    found = rows.filter(number__startswith=words) if words else rows
    return list(found.order_by("-opened_at", "number")[:LISTED])


def award_for(award_id: UUID, staff: Staff) -> Any:
    """One award of the reader's places; NotFound alike for an unknown one."""
    rows = in_scope(benefits.all_awards(), staff, "award.view", "town")
    found = rows.filter(pk=award_id).select_related("payee").first()
    if found is None:
        raise NotFound("没有这笔待遇")
    return found


def moved_by_standard(award: Any, held: Due, old: dt.date, new: dt.date) -> tuple[int, int] | None:
    """Base and top-ups of an award when the standard of one day becomes that of another."""
    law = pack().book
    before, after = (law.at(day, award.county, award.area) for day in (old, new))
    persons = benefits.covered_in(award, str(Month.of(new)))
    kept = Held(award.programme, award.area, persons, held.base, held.top_up)
    moved = restandard(before, after, kept)
    return (moved.base, moved.top_up) if moved else None


# --- standards, rechecks, accounts, money back ---------------------------------------------


def standard_runs(staff: Staff) -> list[StandardRun]:
    """The lists of the reader's counties, newest first."""
    rows = in_scope(StandardRun.objects.all(), staff, "standard.view", "county")
    return list(rows.order_by("-month", "-prepared_at")[:LISTED])


def standard_run(run_id: UUID, staff: Staff) -> StandardRun:
    """One list; NotFound outside the reader's counties."""
    rows = in_scope(StandardRun.objects.all(), staff, "standard.view", "county")
    found = rows.filter(pk=run_id).first()
    if found is None:
        raise NotFound("没有这份清单")
    return found


def standard_lines(run: StandardRun, page: int, size: int = 50) -> list[StandardLine]:
    """One page: what a person has to look at first, then by number."""
    rows = run.lines.select_related("award")
    opened = sorted(rows.filter(how="open"), key=lambda line: line.award.number)
    start = (max(page, 1) - 1) * size
    others = rows.exclude(how="open").order_by("award__number")
    if start < len(opened):
        head = opened[start : start + size]
        return head + list(others[: size - len(head)])
    start -= len(opened)
    return list(others[start : start + size])


def rechecks_listed(staff: Staff) -> list[Recheck]:
    """Open re-checks of the reader's places, the most urgent first."""
    rows = in_scope(Recheck.objects.all(), staff, "award.view", "town")
    return list(rows.filter(done_at=None).select_related("award").order_by("due_on")[:LISTED])


def recheck_for(recheck_id: UUID, staff: Staff) -> Recheck:
    """One re-check of the reader's places."""
    return _one(Recheck, staff, "award.view", recheck_id)


Looked = tuple[dt.datetime | None, dt.date | None]


def looked_at(award_ids: Iterable[UUID]) -> dict[UUID, Looked]:
    """When each of some awards was re-checked last, and by when it is next; two queries."""
    wanted = list(award_ids)
    done = Recheck.objects.filter(award__in=wanted, done_at__isnull=False).order_by("award")
    last = dict(done.values_list("award").annotate(Max("done_at")))
    due = dict(RecheckPlan.objects.filter(award__in=wanted).values_list("award", "due_on"))
    return {pk: (last.get(pk), due.get(pk)) for pk in last.keys() | due.keys()}


def runs_held(staff: Staff) -> list[Run]:
    """Runs that were held because they touch too many households."""
    rows = in_scope(Run.objects.all(), staff, "brake.release", "town")
    return list(rows.filter(is_held=True, settled_at=None).order_by("at"))


def run_for(run_id: UUID, staff: Staff) -> Run:
    """One run of the reader's places; NotFound alike for an unknown one."""
    found = in_scope(Run.objects.all(), staff, "brake.release", "town").filter(pk=run_id).first()
    if found is None:
        raise NotFound("没有这个批次")
    return found


@dataclass(frozen=True)
class Beside:
    """What stands beside an award: an account asked for, a kept card, money asked back."""

    account: AccountRequest | None
    custody: Custody | None
    recoveries: list[Recovery]


def beside(award_id: UUID) -> Beside:
    """Three queries."""
    return Beside(
        AccountRequest.objects.filter(award_id=award_id).order_by("-asked_at").first(),
        Custody.objects.filter(award_id=award_id, ended_on=None).first(),
        list(Recovery.objects.filter(award_id=award_id).order_by("-proposed_at")),
    )


def follows(award_id: UUID) -> dict[str, bool]:
    """What goes along when the household moves: a kept card, an account asked for; two queries."""
    return {
        "card": Custody.objects.filter(award_id=award_id, ended_on=None).exists(),
        "account": AccountRequest.objects.filter(award_id=award_id, decided_at=None).exists(),
    }


@dataclass(frozen=True)
class Dossier:
    """Newest first but for the changes, which stand in their order; held proposals are not here."""

    changes: Sequence[Any]
    payments: Sequence[Any]
    waits: Sequence[Any]
    proposals: Sequence[Proposal]
    rechecks: Sequence[Recheck]
    beside: Beside


def dossier(award: Any) -> Dossier:
    """What an award's page shows; one query."""
    of_upkeep = [
        Proposal.objects.filter(award=award).exclude(state=HELD),
        Recheck.objects.filter(award=award),
        AccountRequest.objects.filter(award=award),
        Custody.objects.filter(award=award, ended_on=None),
        Recovery.objects.filter(award=award),
    ]
    found = together([*recorded(award), *of_upkeep])
    changes, payments, waits, proposals, rechecks, accounts, cards, recoveries = found.values()
    asked = _newest(accounts, "asked_at")
    return Dossier(
        sorted(changes, key=attrgetter("order")),
        _newest(payments, "month"),
        _waiting(waits, payments),
        _newest(proposals, "proposed_at"),
        _newest(rechecks, "opened_at"),
        Beside(
            asked[0] if asked else None,
            cards[0] if cards else None,
            _newest(recoveries, "proposed_at"),
        ),
    )


def _waiting(waits: Sequence[Any], payments: Sequence[Any]) -> list[Any]:
    """What waits for the next list still: of the last list that told so, and on none since."""
    last = max((line.month for line in waits), default="")
    came = any(payment.month > last for payment in payments)
    return [] if came else [line for line in waits if line.month == last]


def _newest(rows: list[Any], name: str) -> list[Any]:
    return sorted(rows, key=attrgetter(name), reverse=True)


def not_asked_back(
    award: Any, at: dt.datetime, changes: Iterable[Any], recoveries: Iterable[Recovery]
) -> int:
    """Fen that were paid too much and stand in no recovery: none is asked for, or waived, twice."""
    much = overpaid(award, str(month_of(at).next()), changes)
    return max(0, much - sum(back.amount_fen for back in recoveries))


def recovery_for(recovery_id: UUID, staff: Staff) -> Recovery:
    """One recovery of the reader's places."""
    return _one(Recovery, staff, "award.view", recovery_id)


def paid_back(found: Recovery) -> int:
    """Fen that the household gave back already; they stay booked, however it is decided anew."""
    return sum(part.fen for part in found.parts.all() if part.received_on)


def recoveries_of_cases(case_ids: Iterable[UUID]) -> list[Recovery]:
    """What is asked back from households, with the parts; two queries."""
    rows = Recovery.objects.filter(award__case_id__in=list(case_ids)).exclude(state="proposed")
    return list(rows.prefetch_related("parts").order_by("-proposed_at"))


def has_undecided(award_id: UUID, kind: str) -> bool:
    """Whether such a proposal waits already."""
    return Proposal.objects.filter(award_id=award_id, kind=kind, state__in=UNDECIDED).exists()
