"""The rules of doubt: one small formula each. A rule asks; people look and decide. Pure."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from doudi.supervision.engine.lines import DECIDES, LOOKS, PRINTS, Doubt, Known, Line, Paid

Limits = Mapping[str, Any]
Rule = Callable[[str, Known, Limits], list[Doubt]]


def found(known: Known, rules: Mapping[str, Limits]) -> list[Doubt]:
    """Every doubt under every rule of the pack, in their order."""
    return [
        doubt
        for name, limits in rules.items()
        for doubt in FORMULAS[str(limits["kind"])](name, known, limits)
    ]


def _by_day(lines: Iterable[Line]) -> dict[tuple[str, dt.date], list[Line]]:
    """The lines of each officer and day."""
    days: dict[tuple[str, dt.date], list[Line]] = defaultdict(list)
    for line in lines:
        days[line.actor, line.at.date()].append(line)
    return days


def _of_staff(rule: str, lines: list[Line], most: int, *, distinct: bool = False) -> list[Doubt]:
    """A doubt for each officer and day with more than `most` lines, or different things."""
    doubts = []
    for (actor, day), own in sorted(_by_day(lines).items()):
        things = tuple(sorted({line.subject for line in own}))
        count = len(things) if distinct else len(own)
        if count > most:
            doubts.append(Doubt(rule, f"staff:{actor}", own[0].county, day, count, things))
    return doubts


def _unrelated(known: Known, actions: frozenset[str]) -> list[Line]:
    """Lines about cases in which the officer never had a hand."""
    return [
        line
        for line in known.lines
        if line.action in actions
        and line.subject.startswith("case:")
        and line.actor not in known.hands.get(line.subject, set())
    ]


def looks(rule: str, known: Known, limits: Limits) -> list[Doubt]:
    """Neighbours and celebrities: many cases of a day in which he has nothing to do."""
    return _of_staff(rule, _unrelated(known, LOOKS), limits["most"], distinct=True)


def prints(rule: str, known: Known, limits: Limits) -> list[Doubt]:
    """Paper taken home: printed without a hand in the case."""
    return _of_staff(rule, _unrelated(known, PRINTS), limits["most"], distinct=True)


def reveals(rule: str, known: Known, limits: Limits) -> list[Doubt]:
    """Whole numbers, one after the other."""
    shown = [line for line in known.lines if line.action == "person.revealed"]
    return _of_staff(rule, shown, limits["most"])


def _is_within(at: dt.datetime, limits: Limits) -> bool:
    """Between two hours across midnight."""
    return at.hour >= limits["from_hour"] or at.hour < limits["until_hour"]


def night(rule: str, known: Known, limits: Limits) -> list[Doubt]:
    """Looks when the office sleeps."""
    dark = [n for n in known.lines if n.action in LOOKS | PRINTS and _is_within(n.at, limits)]
    return _of_staff(rule, dark, limits["most"])


def odd_hours(rule: str, known: Known, limits: Limits) -> list[Doubt]:
    """Decisions signed late in the evening or before dawn."""
    signed = [n for n in known.lines if n.action in DECIDES and _is_within(n.at, limits)]
    return _of_staff(rule, signed, 0, distinct=True)


def kin(rule: str, known: Known, limits: Limits) -> list[Doubt]:
    """Anything done with a case of one's own or of a near relative."""
    own = [line for line in known.lines if (line.actor, line.subject) in known.kin]
    return _of_staff(rule, own, 0, distinct=True)


def _devices(lines: Iterable[Line]) -> list[tuple[Line, str]]:
    """Each line with the device at which its officer had signed in last before it."""
    at: dict[str, str] = {}
    placed = []
    for line in lines:
        if line.action == "staff.signed_in":
            at[line.actor] = line.device
        placed.append((line, at.get(line.actor, "")))
    return placed


def device(rule: str, known: Known, limits: Limits) -> list[Doubt]:
    """Four eyes from one chair: two officers' hands on one thing, one device, little time."""
    span = dt.timedelta(minutes=limits["minutes"])
    hands: dict[str, list[tuple[Line, str]]] = defaultdict(list)
    for line, where in _devices(known.lines):
        if where and (line.action in DECIDES or line.action.startswith("benefits.roll_")):
            hands[line.subject].append((line, where))
    doubts = []
    for subject, done in sorted(hands.items()):
        for (first, here), (second, there) in zip(done, done[1:], strict=False):
            if first.actor != second.actor and here == there and second.at - first.at <= span:
                names = tuple(sorted({f"staff:{first.actor}", f"staff:{second.actor}"}))
                doubts.append(Doubt(rule, subject, second.county, second.at.date(), 2, names))
                break
    return doubts


def shared(rule: str, known: Known, limits: Limits) -> list[Doubt]:
    """A password lent: one account signs in here, there and here again within a short time."""
    span = dt.timedelta(minutes=limits["minutes"])
    signed: dict[str, list[Line]] = defaultdict(list)
    for line in known.lines:
        if line.action == "staff.signed_in" and line.device:
            signed[line.actor].append(line)
    doubts = []
    for actor, own in sorted(signed.items()):
        for a, b, c in zip(own, own[1:], own[2:], strict=False):
            if a.device == c.device != b.device and c.at - a.at <= span:
                about = f"staff:{actor}"
                doubts.append(Doubt(rule, about, c.county, c.at.date(), 3, (about,)))
                break
    return doubts


def raised(rule: str, known: Known, limits: Limits) -> list[Doubt]:
    """Sent back, nothing looked into anew, and the sum is higher."""
    sums: dict[str, list[Any]] = defaultdict(list)
    for each in known.sums:
        sums[each.case].append(each)
    doubts = []
    for case, own in sorted(sums.items()):
        for before, after in zip(own, own[1:], strict=False):
            between = [move for at, move in known.moves.get(case, ()) if before.at < at < after.at]
            fresh = {"record_visit", "record_report"} & set(between)
            if after.fen > before.fen and "return_case" in between and not fresh:
                day = after.at.date()
                actor = (f"staff:{after.actor}",)
                doubts.append(Doubt(rule, case, after.county, day, after.fen - before.fen, actor))
                break
    return doubts


def backdated(rule: str, known: Known, limits: Limits) -> list[Doubt]:
    """Written down days after the day it says."""
    doubts = []
    for late in known.late:
        days = (late.recorded_on - late.on).days
        if days > limits["days"]:
            actor = (f"staff:{late.actor}",)
            doubts.append(Doubt(rule, late.case, late.county, late.recorded_on, days, actor))
    return doubts


def overrides(rule: str, known: Known, limits: Limits) -> list[Doubt]:
    """One hand that often departs from what the rules propose."""
    own: dict[str, list[Any]] = defaultdict(list)
    for each in known.sums:
        if each.against:
            own[each.actor].append(each)
    return [
        Doubt(
            rule,
            f"staff:{actor}",
            made[-1].county,
            made[-1].at.date(),
            len(made),
            tuple(sorted({each.case for each in made})),
        )
        for actor, made in sorted(own.items())
        if len({each.case for each in made}) > limits["most"]
    ]


def _alike(rule: str, known: Known, limits: Limits, key: Callable[[Paid], str]) -> list[Doubt]:
    """Awards of several households that share a key."""
    groups: dict[str, list[Paid]] = defaultdict(list)
    for paid in known.paid:
        if key(paid):
            groups[key(paid)].append(paid)
    return [
        Doubt(
            rule,
            f"award:{same[0].award}",
            same[0].county,
            known.today.replace(day=1),
            len({p.household for p in same}),
            tuple(f"award:{p.award}" for p in same),
        )
        for _key, same in sorted(groups.items())
        if len({p.household for p in same}) >= limits["homes"]
    ]


def account(rule: str, known: Known, limits: Limits) -> list[Doubt]:
    """Unrelated households whose money goes to one account."""
    return _alike(rule, known, limits, lambda paid: paid.account)


def phone(rule: str, known: Known, limits: Limits) -> list[Doubt]:
    """A household split in two often keeps one phone."""
    return _alike(rule, known, limits, lambda paid: paid.phone)


def _of_awards(rule: str, known: Known, wrong: Callable[[Paid], bool]) -> list[Doubt]:
    return [
        Doubt(rule, f"award:{p.award}", p.county, known.today.replace(day=1), 1, ())
        for p in known.paid
        if wrong(p)
    ]


def dead(rule: str, known: Known, limits: Limits) -> list[Doubt]:
    """Somebody covered is on file as dead."""
    return _of_awards(rule, known, lambda paid: paid.dead)


def swapped(rule: str, known: Known, limits: Limits) -> list[Doubt]:
    """Paid to another account than was declared, and nobody called back about it."""
    return _of_awards(
        rule,
        known,
        lambda p: bool(p.declared) and p.account != p.declared and not p.called_back,
    )


FORMULAS: dict[str, Rule] = {
    formula.__name__: formula
    for formula in (
        *(looks, reveals, night, kin, device, shared, prints),
        *(raised, backdated, odd_hours, overrides),
        *(account, phone, dead, swapped),
    )
}
