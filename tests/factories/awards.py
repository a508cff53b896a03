"""Households in benefit, built once a process and laid down again."""

from doudi.clock.time import now
from doudi.demo import awards
from doudi.demo.dice import Dice
from tests.factories.kept import kept


def in_benefit(share: float) -> int:
    """That share of the city's real number of awards; returns how many there are."""
    return kept(
        ("awards", share),
        None,
        lambda: awards.build(Dice(7), share, now()),
        rooms=("people", "benefits"),
    )
