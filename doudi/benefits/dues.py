"""What a county owes in a month: one line for each award and kind of money, and why.

A month's amount is what holds by then (`figures.entitled`). What a change brought for months that
went to the bank already comes as arrears with the next roll; what was too much is never taken off,
it is shown and may be asked back. Extras such as winter heating are rules of the pack.

Nobody has two lines of a kind in a month (P2). Two aids that are each given once may meet so, or
arrears from two places: the later one waits for the next list.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from doudi.benefits.figures import (
    PLAIN,
    Balance,
    balance,
    due_for,
    entitled,
    is_given_once,
    part_kind,
)
from doudi.benefits.flow import RollStage
from doudi.benefits.models import Award, AwardChange, Payment, PlannedPart, Roll
from doudi.benefits.queries import awards_due
from doudi.cases.queries import pack
from doudi.kernel.periods import Month
from doudi.policy.rules.extras import extras_of

CLOSED = (RollStage.SENT.value, RollStage.SETTLED.value)
ARREARS = "arrears"
Key = tuple[UUID, str]  # the payee and the kind
ENDING = ("stop", "taper", "move")  # the changes with which an award ends


@dataclass(frozen=True)
class DueLine:
    """One payment to be: (award, kind) is unique in a month; `why` is a change's word or a rule."""

    award: Award
    kind: str
    fen: int
    why: str
    since: str = ""  # the month its reference is made of, where that is not the roll's


@dataclass(frozen=True)
class Waits:
    """A line that comes with the next list, and the award whose line of that kind comes first.

    None where that one stands on another county's list.
    """

    line: DueLine
    first: Award | None


@dataclass(frozen=True)
class Dues:
    """A month's lines, and those that wait for the next list."""

    lines: list[DueLine]
    waiting: list[Waits]


def dues(county: str, month: str) -> Dues:
    """Every line of a county's roll: the month's amounts, arrears, extras; nothing of 0 fen."""
    awards = list(awards_due(county, month))
    parted = _parted(county)
    whole = [a for a in awards if a.pk not in parted]
    lines = [DueLine(a, a.programme, due_for(a, month), entitled(a, month).why) for a in whole]
    lines += _parts(county, month)
    lines += _arrears(county, month)
    lines += _extras(awards, county, month)
    return _in_turn([line for line in lines if line.fen > 0], county, month)


def lines_due(county: str, month: str) -> list[DueLine]:
    """The lines of a county's roll without those that wait."""
    return dues(county, month).lines


def _in_turn(lines: list[DueLine], county: str, month: str) -> Dues:
    """The award that was opened first goes first; what is paid every month never waits.

    Where two of that kind meet it is an error, and the database refuses the list.
    """
    able = sorted(filter(_may_wait, lines), key=lambda x: (x.award.opened_at, x.award.number))
    first: dict[Key, Award | None] = {_key(x): x.award for x in lines if not _may_wait(x)}
    first |= dict.fromkeys(_elsewhere(able, county, month))
    waiting = [
        Waits(line, ahead)
        for line in able
        if (ahead := first.setdefault(_key(line), line.award)) != line.award
    ]
    late = {(waits.line.award.pk, waits.line.kind) for waits in waiting}
    return Dues([x for x in lines if (x.award.pk, x.kind) not in late], waiting)


def _key(line: DueLine) -> Key:
    return line.award.payee_id, line.kind


def _may_wait(line: DueLine) -> bool:
    """What is given once, whole or in parts, and what is owed from before: it stays owed."""
    return is_given_once(line.award) or line.kind.startswith(f"{ARREARS}.")


def _elsewhere(lines: list[DueLine], county: str, month: str) -> Iterator[Key]:
    """Which of these somebody has on another list of the month; one query for 5,000 people."""
    wanted = {_key(line) for line in lines}
    people = sorted({person for person, _kind in wanted})
    paid = Payment.objects.filter(month=month).exclude(roll__county=county, roll__kind="monthly")
    for start in range(0, len(people), 5_000):
        rows = paid.filter(person__in=people[start : start + 5_000])
        yield from wanted.intersection(rows.values_list("person_id", "kind"))


@dataclass(frozen=True)
class Carried:
    """What a month brings an award: fen of its own line, and why, where that is not as it began."""

    fen: int
    why: str


def carried(county: str, month: str) -> dict[UUID, Carried]:
    """By award: as the month's roll says, or as a roll would carry it; extras are not among it.

    Awards that came from an old system and get nothing are named too: nobody is forgotten.
    """
    roll = Roll.objects.filter(county=county, month=month, kind="monthly").first()
    return _on_roll(roll) if roll else _as_due(county, month)


def _on_roll(roll: Roll) -> dict[UUID, Carried]:
    differing = roll.differences.exclude(kind="account").values_list("award_id", "kind", "reason")
    whys = {award: (kind, why) for award, kind, why in differing}
    own = roll.payments.filter(kind=F("award__programme")).values_list("award_id", "amount_fen")
    found = {award: Carried(fen, whys.get(award, ("", ""))[1]) for award, fen in own}
    gone = {a: Carried(0, why) for a, (kind, why) in whys.items() if kind == "ended"}
    return gone | found


def _as_due(county: str, month: str) -> dict[UUID, Carried]:
    lines = [line for line in lines_due(county, month) if line.kind == line.award.programme]
    found = {line.award.pk: Carried(line.fen, line.why) for line in lines}
    taken = Award.objects.filter(county=county, batch_id__isnull=False)
    left = [pk for pk in taken.values_list("pk", flat=True) if pk not in found]
    for start in range(0, len(left), 500):
        some = Award.objects.filter(pk__in=left[start : start + 500]).defer("account")
        found |= {a.pk: Carried(0, why_nothing(a, month)) for a in some}
    return found


def why_nothing(award: Award, month: str) -> str:
    """The change after which an award gets nothing in a month, or that it is simply over."""
    why = entitled(award, month).why
    if why == "after" and award.steps and award.steps[-1]["why"] in ENDING:
        return str(award.steps[-1]["why"])
    return "ended" if why in PLAIN else why


def _parted(county: str) -> set[UUID]:
    """Awards whose one sum is paid in parts: never as a whole as well."""
    agreed = PlannedPart.objects.filter(award__county=county, agreed_at__isnull=False)
    return set(agreed.values_list("award_id", flat=True))


def _parts(county: str, month: str) -> list[DueLine]:
    """The parts that fall due by now and stand on no other roll.

    The reference is made of the month of the plan, so a part has the same one on every roll, and
    the database takes it once (P2).
    """
    due = PlannedPart.objects.filter(award__county=county, agreed_at__isnull=False, advance=None)
    due = due.filter(due_month__gt="", due_month__lte=month).select_related("award")
    listed = Payment.objects.filter(award__in=due.values("award"), kind__startswith="part")
    elsewhere = listed.exclude(roll__kind="monthly", roll__month=month)
    gone = set(elsewhere.values_list("award_id", "kind"))
    return [
        DueLine(p.award, kind, p.fen, "part", p.month)
        for p in due.order_by("award__number", "order")
        if (p.award_id, kind := part_kind(p.order, p.award.programme)) not in gone
    ]


def _arrears(county: str, month: str) -> list[DueLine]:
    opened = list(opened_late(county, month))
    known = {award.pk for award in opened}
    found = [*opened, *(a for a in _changed_late(county, month) if a.pk not in known)]
    stood = _balances(found, _since(found), month)
    return [
        DueLine(a, f"{ARREARS}.{a.programme}"[:20], stands.owed, ARREARS)
        for a, stands in stood
        if stands.owed
    ]


def _changed_late(county: str, month: str) -> list[Award]:
    late = AwardChange.objects.filter(award__county=county, is_late=True, from_month__lt=month)
    return list(Award.objects.filter(pk__in=late.values("award")).exclude(pk__in=_parted(county)))


def opened_late(county: str, month: str) -> QuerySet[Award]:
    """Awards that came to be when the list of their first month had gone: it has no line of them.

    Whoever came from an old system was paid there, and what comes in parts is no whole.
    """
    closed = [m for m in _closed_months({county}).get(county, ()) if m < month]
    begun = Award.objects.filter(county=county, start_month__in=closed, batch_id=None)
    first = Payment.objects.filter(
        award=OuterRef("pk"), month=OuterRef("start_month"), roll__kind="monthly"
    )
    return begun.filter(~Exists(first)).exclude(pk__in=_parted(county))


def _balances(
    found: list[Award], since: dict[UUID, str], month: str
) -> list[tuple[Award, Balance]]:
    """How months before `month` stand that the bank has; two queries for all awards."""
    closed = _closed_months({a.county for a in found})
    paid = Payment.objects.filter(award__in=found, roll__kind="monthly", month__lt=month)
    rows = paid.values("award", "month", "kind").annotate(fen=Sum("amount_fen"))
    of_award: dict[UUID, list[tuple[str, str, int]]] = {}
    for row in rows:
        of_award.setdefault(row["award"], []).append((row["month"], row["kind"], row["fen"]))
    return [
        (a, _balance(a, since[a.pk], closed.get(a.county, ()), month, of_award.get(a.pk, ())))
        for a in found
        if a.pk in since
    ]


def _since(awards: list[Award]) -> dict[UUID, str]:
    """From which month an award is looked at: from its first; of an old system's, from the first
    that a late change touched.
    """
    late = AwardChange.objects.filter(award__in=awards, is_late=True, award__batch_id__isnull=False)
    since = {award.pk: award.start_month for award in awards if award.batch_id is None}
    for award_id, month in late.values_list("award_id", "from_month"):
        since[award_id] = min(month, since.get(award_id, month))
    return since


def _closed_months(counties: set[str]) -> dict[str, list[str]]:
    """The months whose rolls the bank has: no way back into them."""
    rows = Roll.objects.filter(county__in=counties, kind="monthly", stage__in=CLOSED)
    months: dict[str, list[str]] = {}
    for county, month in rows.values_list("county", "month"):
        months.setdefault(county, []).append(month)
    return months


def _balance(
    award: Award,
    since: str,
    closed: Iterable[str],
    month: str,
    paid: Iterable[tuple[str, str, int]],
) -> Balance:
    by_month = {m: 0 for m in closed if since <= m < month}
    arrears = 0
    for m, kind, fen in paid:
        if kind == award.programme and m in by_month:
            by_month[m] += fen
        elif kind.startswith(ARREARS):
            arrears += fen
    return balance(award, by_month, arrears)


def _extras(awards: list[Award], county: str, month: str) -> list[DueLine]:
    """What the pack adds in this month, such as heating; by area, so two books at most."""
    day = Month.parse(month).first_day
    books = {area: pack().book.at(day, county, area) for area in {a.area for a in awards}}
    lines = []
    for a in awards:
        if due_for(a, month):
            for extra in extras_of(books[a.area], a.programme, a.household_size, month):
                lines.append(DueLine(a, extra.kind, extra.fen, extra.key))
    return lines


def overpaid(award: Award, month: str, changes: Iterable[AwardChange]) -> int:
    """Fen that closed months before `month` were paid too much; 0 where nothing was.

    `changes` are those of the award; without a late one nothing is asked.
    """
    late = [change.from_month for change in changes if change.is_late]
    if not late:
        return 0
    since = min(late) if award.batch_id else award.start_month
    return sum(stands.too_much for _, stands in _balances([award], {award.pk: since}, month))


def has_payment_from(award: Award, month: str) -> bool:
    """Whether some roll, even a draft, has a line of the award for the month or a later one."""
    return Payment.objects.filter(award=award, month__gte=month).exclude(roll__kind="once").exists()


def is_in_flight(award: Award) -> bool:
    """Whether a released roll with a line of the award is on its way to the bank."""
    waiting = Q(roll__stage=RollStage.RELEASED)
    return Payment.objects.filter(waiting, award=award).exists()
