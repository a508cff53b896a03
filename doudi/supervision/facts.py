"""From the tables to what the rules of doubt may know: the only mapping."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from doudi.accounts.queries import kin_of_staff
from doudi.audit.queries import acts_between
from doudi.benefits.queries import living_awards
from doudi.cases.parts import (
    accounts_declared,
    assessments_of,
    cases_assessed,
    hands_in,
    moves_in,
    people_in,
    recorded,
)
from doudi.clock.time import CHINA
from doudi.kernel.periods import Month
from doudi.redress.queries import cases_called_back
from doudi.supervision.engine.lines import Known, Late, Line, Paid, Sum
from doudi.supervision.models import Check

EVERYWHERE = ("61",)


def known_between(since: dt.datetime, until: dt.datetime) -> Known:
    """What staff did in a span, with the cases they touched and the awards of the roll to come."""
    lines = _lines(since, until)
    touched = {line.subject for line in lines if line.subject.startswith("case:")}
    cases = {UUID(subject.removeprefix("case:")) for subject in touched}
    today = (until - dt.timedelta(seconds=1)).astimezone(CHINA).date()
    return Known(
        lines,
        hands=_hands(cases),
        kin=_kin(cases),
        late=[*_late(since, until)],
        sums=[*_sums(cases_assessed(since, until))],
        moves={f"case:{c}": moves for c, moves in moves_in(cases).items()},
        paid=[*_paid(str(Month.of(today).next()))],
        today=today,
    )


def _lines(since: dt.datetime, until: dt.datetime) -> list[Line]:
    return [
        Line(
            entry.at.astimezone(CHINA),
            entry.actor_id,
            entry.action,
            entry.subject,
            entry.chain,
            str(entry.detail.get("device", "")),
        )
        for entry in acts_between(EVERYWHERE, since, until).iterator(2_000)
    ]


def _hands(cases: set[UUID]) -> dict[str, set[str]]:
    """Who worked on each case, the county's checks included."""
    hands = {f"case:{case}": set(who) for case, who in hands_in(cases).items()}
    for case, first, second in Check.objects.filter(case__in=cases).values_list(
        "case_id", "by_id", "second_id"
    ):
        hands.setdefault(f"case:{case}", set()).update({first, second} - {""})
    return hands


def _kin(cases: set[UUID]) -> frozenset[tuple[str, str]]:
    kin = kin_of_staff()
    return frozenset(
        (officer, f"case:{case}")
        for case, people in people_in(cases).items()
        for person in people
        for officer in kin.get(person, ())
    )


def _late(since: dt.datetime, until: dt.datetime) -> Iterable[Late]:
    for row in recorded(since, until):
        day = row.at.astimezone(CHINA).date()
        on = row.on  # type: ignore[attr-defined]  # each of these kinds says on which day it was
        yield Late(f"case:{row.case_id}", row.by_id, on, day, row.case.county)


def _sums(cases: set[UUID]) -> Iterable[Sum]:
    for made in assessments_of(cases):
        fen = made.monthly_fen + made.once_fen
        case, against = made.case, made.chosen != made.recommended
        yield Sum(f"case:{case.pk}", made.by_id, made.at, fen, against, case.county)


def _paid(month: str) -> Iterable[Paid]:
    living = living_awards(month)
    declared = accounts_declared({x.award.case_id for x in living if x.award.case_id})
    called = cases_called_back()
    for found in living:
        award, case = found.award, found.award.case_id
        yield Paid(
            str(award.pk),
            str(award.household_id),
            award.county,
            str(award.account_index or ""),
            found.phone,
            declared.get(case, "") if case else "",
            case in called,
            found.is_dead,
        )
