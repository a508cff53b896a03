"""The small calculations of changes: plans by month, shares, the brake. Pure; whole fen."""

from collections.abc import Mapping
from dataclasses import dataclass

from doudi.kernel.periods import Month

Amounts = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Plan:
    """What is to hold from a month on: amounts by month, and the last month if it ends."""

    from_month: str
    amounts: Amounts
    until_month: str = ""

    @property
    def after_fen(self) -> int:
        """What the first month comes to."""
        return self.amounts[0][1] + self.amounts[0][2]


def amount_plan(month: str, base: int, top_up: int) -> Plan:
    """One amount from a month on."""
    return Plan(month, ((month, base, top_up),))


def stop_plan(month: str) -> Plan:
    """Nothing from a month on; the month before is the last."""
    return Plan(month, ((month, 0, 0),), str(Month.parse(month).previous()))


def taper_plan(by_month: Mapping[Month, int], base: int) -> Plan:
    """The months of a gradual exit, then nothing; what is left of the base is paid first."""
    months = sorted(by_month)
    amounts = tuple(
        (str(m), min(base, by_month[m]), by_month[m] - min(base, by_month[m])) for m in months
    )
    return Plan(str(months[0]), amounts, str(months[-1]))


def own_part(base: int, persons: int) -> int:
    """One person's part of the base, down to the fen: the others never lose by rounding."""
    return base // persons if persons else 0


def without_person(base: int, top_up: int, persons: int, own_top_up: int) -> tuple[int, int]:
    """Base and top-ups when one person's part is taken out."""
    return base - own_part(base, persons), max(0, top_up - own_top_up)


def is_too_much(proposed: int, households: int, share: int, least: int) -> bool:
    """Whether a run touches more than a share (basis points) of a town, and not just a few."""
    return proposed >= least and proposed * 10_000 > households * share


def instalments(fen: int, months: int, first: Month) -> list[tuple[str, int]]:
    """Equal whole fen a month, none of nothing; what does not divide comes with the last."""
    months = min(months, fen)
    each, rest = divmod(fen, months)
    return [(str(first.plus(n)), each + (rest if n == months - 1 else 0)) for n in range(months)]
