"""Money's small calculations: references, hashes, sums. Pure; whole fen."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol
from uuid import UUID


class Entitlement(Protocol):
    """What a month's due is worked out from: as opened, then the steps that changes brought."""

    monthly_fen: int
    top_up_fen: int
    once_fen: int
    start_month: str
    end_month: str
    steps: list[dict[str, Any]]


@dataclass(frozen=True)
class Step:
    """From a month on this much is due; `change` is the order of the change behind it."""

    month: str
    base: int
    top_up: int
    why: str
    change: int

    def to_json(self) -> dict[str, Any]:
        """As an award keeps it."""
        return asdict(self)


@dataclass(frozen=True)
class Due:
    """What is due in a month: base and top-ups in whole fen, and which change says so."""

    base: int
    top_up: int
    why: str  # opened, or the `what` of a change; before, after: nothing is due
    change: int = 0

    @property
    def fen(self) -> int:
        """All of it."""
        return self.base + self.top_up


def entitled(award: Entitlement, month: str) -> Due:
    """What an award comes to in a month like 2022-06, and why; without what is given once."""
    if month < award.start_month:
        return Due(0, 0, "before")
    if award.end_month and award.end_month < month:
        return Due(0, 0, "after")
    reached = [step for step in award.steps if step["month"] <= month]
    if not reached:
        return Due(award.monthly_fen - award.top_up_fen, award.top_up_fen, "opened")
    last = reached[-1]
    return Due(last["base"], last["top_up"], last["why"], last["change"])


def due_for(award: Entitlement, month: str) -> int:
    """Fen due in a month like 2022-06; 0 before the first and after the last."""
    due = entitled(award, month)
    running = due.why not in ("before", "after")
    return due.fen + (award.once_fen if running and award.start_month == month else 0)


def is_given_once(award: Entitlement) -> bool:
    """Whether it is one sum: a monthly amount is no matter of parts, nor of waiting."""
    return award.once_fen > 0 and award.monthly_fen == 0


def may_move(award: Entitlement, month: str) -> bool:
    """Whether it goes on elsewhere as it is: not while it is suspended, nor when it ends anyway."""
    return not award.end_month and entitled(award, month).why != "suspend"


def with_steps(award: Entitlement, steps: Sequence[Step]) -> list[dict[str, Any]]:
    """The award's steps after a change: whatever it says begins anew with its first month."""
    first = min(step.month for step in steps)
    kept = [step for step in award.steps if step["month"] < first]
    return kept + [step.to_json() for step in sorted(steps, key=lambda s: s.month)]


@dataclass(frozen=True)
class Balance:
    """Fen of closed months that are still owed, and fen that were paid too much."""

    owed: int
    too_much: int


def balance(award: Entitlement, paid: Mapping[str, int], arrears: int) -> Balance:
    """`paid` names every closed month. No month's surplus is set off against what another lacks:
    what is asked back is decided by people, never taken off.
    """
    gaps = [due_for(award, month) - fen for month, fen in paid.items()]
    lacking = sum(gap for gap in gaps if gap > 0)
    surplus = -sum(gap for gap in gaps if gap < 0)
    return Balance(max(0, lacking - arrears), surplus + max(0, arrears - lacking))


def part_kind(order: int, programme: str) -> str:
    """The kind of the line that pays one part of what is given once."""
    return f"part{order}.{programme}"[:20]


def reference(award_number: str, month: str, kind: str) -> str:
    """The end-to-end id of (award, month, kind): always the same, at most 35 characters."""
    digest = hashlib.sha256(f"{award_number}|{month}|{kind}".encode()).hexdigest()[:12].upper()
    return f"DD{month.replace('-', '')}{kind[:3].upper()}{digest}"


def reference_of_attempt(reference: str, number: int) -> str:
    """The end-to-end id of a try: the payment's own, then with the number of the try."""
    return reference if number == 1 else f"{reference}-{number}"


@dataclass(frozen=True)
class Standing:
    """What a line of a roll said: enough to tell it from next month's."""

    amount_fen: int
    base_fen: int
    top_up_fen: int
    account_index: str
    start_month: str
    is_taken: bool = False  # the award came from the old system


@dataclass(frozen=True)
class Difference:
    """One line against last month's: what kind, the reason in a word, before and now."""

    award_id: UUID
    aid: str  # the kind of the line
    kind: str  # new | ended | raised | lowered | account
    reason: str
    before_fen: int
    now_fen: int


Lines = Mapping[tuple[UUID, str], Standing]
Why = dict[tuple[UUID, str], str]
PLAIN = frozenset(("", "opened", "before", "after"))  # says nothing about a difference


def differences(before: Lines, now: Lines, why: Why, month: str) -> list[Difference]:
    """Every line that is new, ended, changed, or goes to another account.

    The reason is the change that `why` names for the line, and otherwise what is seen.
    """

    def reason(key: tuple[UUID, str], seen: str) -> str:
        said = why.get(key, "")
        return seen if said in PLAIN else said

    found = []
    for (award, aid), line in now.items():
        was = before.get((award, aid))
        if was is None:
            word = reason((award, aid), _begun(line, month))
            found.append(Difference(award, aid, "new", word, 0, line.amount_fen))
            continue
        fen = (was.amount_fen, line.amount_fen)
        if was.amount_fen != line.amount_fen:
            kind = "raised" if line.amount_fen > was.amount_fen else "lowered"
            found.append(Difference(award, aid, kind, reason((award, aid), _seen(was, line)), *fen))
        if was.account_index != line.account_index:
            found.append(Difference(award, aid, "account", "account", *fen))
    gone = [key for key in before if key not in now]
    found += [
        Difference(*key, "ended", reason(key, "ended"), before[key].amount_fen, 0) for key in gone
    ]
    return found


def _begun(line: Standing, month: str) -> str:
    """Why a line is there that was not: it begins, comes from the old system, or comes again."""
    if line.start_month == month:
        return "begins"
    return "taken" if line.is_taken else "resumed"


def _seen(was: Standing, line: Standing) -> str:
    """Which part of the amount moved: the base, the top-ups, or what is beside both."""
    if was.base_fen != line.base_fen:
        return "base"
    return "top_up" if was.top_up_fen != line.top_up_fen else "beside"


def changed_share(differing: Iterable[Difference], before: int) -> tuple[int, int]:
    """How many households differ, and their share of last month's in basis points, rounded up."""
    households = len({difference.award_id for difference in differing})
    return households, -(-households * 10_000 // before) if before else 0


def sha256(text: str) -> str:
    """The hash printed on the release sheet."""
    return hashlib.sha256(text.encode()).hexdigest()


def split(total: int, base: int) -> tuple[int, int]:
    """Base and top-up that add up to the total."""
    return min(base, total), total - min(base, total)
