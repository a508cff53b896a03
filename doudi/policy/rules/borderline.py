"""Is it a borderline (低保边缘) household? OP39 part 2 (R7)."""

from doudi.policy.formula import household
from doudi.policy.quantity import Number, Truth, choose


@household("低保边缘结论", "borderline outcome")
def borderline_outcome(near_standard: Truth, property_flag_borderline: Truth) -> Number:
    """Eligible between 1 and 1.5 times the standard; property flags lead to review."""
    return choose(near_standard, choose(property_flag_borderline, 1, 2), 0)
