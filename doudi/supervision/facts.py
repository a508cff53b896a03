"""From the tables to what the rules of doubt may know, and to the cases that name relatives."""

import datetime as dt
from collections.abc import Iterable
from sys import intern
from uuid import UUID

from django.db.models import Q

from doudi.accounts.relatives import kin_declared, kin_named, kin_of_staff
from doudi.audit.queries import acts_watched
from doudi.benefits.queries import awards_to_ask_about
from doudi.cases.parts import (
    accounts_declared,
    assessments_of,
    cases_assessed,
    cases_of_people,
    cases_with,
    hands_in,
    moves_in,
    pieces,
    recorded,
)
from doudi.clock.time import CHINA
from doudi.kernel.periods import Month
from doudi.people.queries import refs_called
from doudi.redress.queries import cases_called_back
from doudi.supervision.engine.lines import (
    DECIDES,
    LOOKS,
    PRINTS,
    Known,
    Late,
    Line,
    Paid,
    Sum,
)
from doudi.supervision.models import Check

WATCHED = LOOKS | PRINTS | DECIDES | {"staff.signed_in"}
KINDS = ("case:", "roll:")


def known_between(since: dt.datetime, until: dt.datetime) -> Known:
    """What staff did in a span, with the cases they touched and the awards of the roll to come.

    A week of the whole city's journal: only what a rule reads is kept of it, and of the awards
    only those about which a rule may ask.
    """
    lines = _lines(since, until)
    touched = {line.subject[5:] for line in lines if line.subject.startswith("case:")}
    assessed = cases_assessed(since, until)
    today = (until - dt.timedelta(seconds=1)).astimezone(CHINA).date()
    return Known(
        lines,
        hands=_hands(set(map(UUID, touched))),
        kin=_kin(),
        late=[*_late(since, until)],
        sums=[*_sums(assessed)],
        moves={f"case:{c}": moves for c, moves in moves_in(assessed).items()},
        paid=[*_paid(str(Month.of(today).next()))],
        today=today,
    )


def _lines(since: dt.datetime, until: dt.datetime) -> list[Line]:
    found = acts_watched(since, until, KINDS, WATCHED)
    return [
        Line(
            at.astimezone(CHINA),
            *map(intern, (actor, action, subject, chain, str(device or ""))),
        )
        for at, actor, action, subject, chain, device in found
    ]


def _hands(cases: set[UUID]) -> dict[str, set[str]]:
    """Who worked on each case, the county's checks included."""
    hands = {f"case:{case}": who for case, who in hands_in(cases).items()}
    for some in pieces(cases):
        checks = Check.objects.filter(case__in=some)
        for case, first, second in checks.values_list("case_id", "by_id", "second_id"):
            hands.setdefault(f"case:{case}", set()).update({first, second} - {""})
    return hands


def _kin() -> frozenset[tuple[str, str]]:
    """Each officer with each case of himself or a near relative, whoever touched it."""
    kin = kin_of_staff()
    return frozenset(
        (officer, f"case:{case}")
        for case, person in cases_of_people(kin)
        for officer in kin[person]
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
    asked = awards_to_ask_about(month)
    # Applications of before the key was kept are opened, piece by piece.
    opened = accounts_declared({x.case for x in asked if x.case and x.declared is None})
    called = cases_called_back()
    for found in asked:
        declared = found.declared
        if declared is None:
            declared = opened.get(found.case, "") if found.case else ""
        yield Paid(
            str(found.award),
            str(found.household),
            found.county,
            found.account,
            found.phone,
            declared,
            found.case in called,
            found.is_dead,
        )


def cases_that_name_kin(since: dt.datetime, on: dt.date) -> set[UUID]:
    """Accepted cases, open or ended since: by a declared number anywhere, by a declared name where
    one of the officer's posts is. How many queries it takes depends on the relatives alone.
    """
    found: set[UUID] = set()
    for indexes in pieces(sorted(kin_declared())):
        found |= cases_with(Q(id_index__in=indexes), since)
    for place, names in kin_named(on).items():
        for some in pieces(sorted(names)):
            found |= cases_with(Q(id_index__in=refs_called(some)), since, place)
    return found
