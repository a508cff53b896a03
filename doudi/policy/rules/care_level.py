"""How much care does a tekun person need, and what does it cost? TK43 arts 21–22 (R8)."""

from doudi.policy.formula import member
from doudi.policy.quantity import Number, Truth, choose, share


@member("护理等级", "care level")
def care_level(self_care_failed: Number) -> Number:
    """0 self, 1 partial (1–3 items fail), 2 full (4–6 items fail)."""
    return choose(self_care_failed >= 4, 2, choose(self_care_failed >= 1, 1, 0))


@member("照料护理费", "care money", "fen a month")
def care_amount(
    care_level: Number,
    residential: Truth,
    care__minimum_wage: Number,
    care__dispersed: Number,
    care__residential: Number,
) -> Number:
    """A share of the county's minimum wage by level, at home or in a home (shares assumed)."""
    at_home = _by_level(care_level, care__minimum_wage, care__dispersed)
    in_home = _by_level(care_level, care__minimum_wage, care__residential)
    return choose(residential, in_home, at_home)


def _by_level(level: Number, wage: Number, shares: Number) -> Number:
    """The share of the wage that belongs to a level."""
    low, middle, high = (share(wage, points) for points in shares)
    return choose(level == 2, high, choose(level == 1, middle, low))
