"""Is it a borderline (低保边缘) household? OP39 part 2 (R7)."""

from doudi.policy.formula import household
from doudi.policy.quantity import Number, Truth, choose, share


@household("低保边缘上限年线", "upper line of borderline households", "fen a year")
def borderline_line(dibao_line: Number, borderline__factor: Number) -> Number:
    """So many times the dibao line of the household."""
    return share(dibao_line, borderline__factor)


@household("低保边缘结论", "borderline outcome")
def borderline_outcome(near_standard: Truth, property_flag_borderline: Truth) -> Number:
    """Eligible between 1 and 1.5 times the standard; property flags lead to review."""
    return choose(near_standard, choose(property_flag_borderline, 1, 2), 0)
