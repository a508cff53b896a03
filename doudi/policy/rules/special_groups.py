"""Orphans, children without actual care, railway militia: OR54, CH62 (R14)."""

from doudi.policy.codes import SPECIAL
from doudi.policy.formula import household, member
from doudi.policy.quantity import Number, Truth, any_member, choose, most, total_over_members

ORPHAN, UNSUPPORTED = SPECIAL.index("orphan"), SPECIAL.index("unsupported_child")
MILITIA = SPECIAL.index("railway_militia")


@member("孤儿条件", "conditions of an orphan")
def orphan_fits(special: Number, age: Number, special__minor_below: Number) -> Truth:
    """OR54: parents dead or not to be found, under eighteen."""
    return (special == ORPHAN) & (age < special__minor_below)


@member("孤儿基本生活费", "orphan's allowance", "fen a month")
def orphan_amount(
    orphan_fits: Truth,
    residential: Truth,
    special__orphan_residential: Number,
    special__orphan_dispersed: Number,
) -> Number:
    """The higher standard in an institution."""
    standard = choose(residential, special__orphan_residential, special__orphan_dispersed)
    return choose(orphan_fits, standard, 0)


@household("孤儿结论", "orphan outcome")
def orphan_outcome(orphan_fits: Truth) -> Number:
    """2 when any member is an orphan."""
    return choose(any_member(orphan_fits), 2, 0)


@household("孤儿基本生活费合计", "orphans' allowances", "fen a month")
def orphan_total(orphan_amount: Number) -> Number:
    """Sum over the orphans."""
    return total_over_members(orphan_amount)


@member("事实无人抚养儿童条件", "conditions of a child without actual care")
def unsupported_child_fits(special: Number, age: Number, special__minor_below: Number) -> Truth:
    """CH62 part 1: neither parent can care for the child, under eighteen."""
    return (special == UNSUPPORTED) & (age < special__minor_below)


@member("事实无人抚养儿童补贴", "subsidy of a child without actual care", "fen a month")
def unsupported_child_amount(
    unsupported_child_fits: Truth, special__unsupported_child: Number
) -> Number:
    """CH62 part 3: in full; beside dibao only the difference (child_difference)."""
    return choose(unsupported_child_fits, special__unsupported_child, 0)


@household("事实无人抚养儿童结论", "outcome for children without actual care")
def unsupported_child_outcome(unsupported_child_fits: Truth) -> Number:
    """2 when any member is such a child."""
    return choose(any_member(unsupported_child_fits), 2, 0)


@household("事实无人抚养儿童补贴合计", "subsidies of the children", "fen a month")
def unsupported_child_total(unsupported_child_amount: Number) -> Number:
    """Sum over the children."""
    return total_over_members(unsupported_child_amount)


@member("孩子低于补贴标准的部分乘以人数", "what the child lacks, times persons", "fen a month")
def child_lacks(
    unsupported_child_fits: Truth,
    below_standard: Truth,
    base_amount: Number,
    persons: Number,
    top_up: Number,
    special__unsupported_child: Number,
) -> Number:
    """CH62 part 3(1): the subsidy less the child's part of the dibao amount.

    The part is the base by heads (assumed) and the own top-up; it is divided only in the sum, so
    that no fen of rounding makes more income pay more.
    """
    missing = most((special__unsupported_child - top_up) * persons - base_amount, 0)
    return choose(unsupported_child_fits & below_standard, missing, 0)


@household("补差合计", "what the subsidies add to dibao", "fen a month")
def child_differences(child_lacks: Number, persons: Number) -> Number:
    """Sum over the children, down to the fen."""
    return total_over_members(child_lacks) // most(persons, 1)


@household("低保金加补差", "dibao and the differences", "fen a month")
def dibao_with_difference(dibao_amount: Number, child_differences: Number) -> Number:
    """What the household is paid a month where it chooses dibao."""
    return dibao_amount + child_differences


@member("铁路伤残民兵条件", "on the list of railway militia")
def railway_militia_fits(special: Number) -> Truth:
    """By the list, whatever the income."""
    return special == MILITIA


@member("铁路伤残民兵生活补助", "railway militia's subsidy", "fen a month")
def railway_militia_amount(railway_militia_fits: Truth, special__railway_militia: Number) -> Number:
    """One rate for everybody on the list (assumed)."""
    return choose(railway_militia_fits, special__railway_militia, 0)


@household("铁路伤残民兵结论", "railway militia outcome")
def railway_militia_outcome(railway_militia_fits: Truth) -> Number:
    """2 when any member is on the list."""
    return choose(any_member(railway_militia_fits), 2, 0)


@household("铁路伤残民兵生活补助合计", "railway militia's subsidies", "fen a month")
def railway_militia_total(railway_militia_amount: Number) -> Number:
    """Sum over those on the list."""
    return total_over_members(railway_militia_amount)
