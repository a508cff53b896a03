"""May one member be covered alone? DB57 art 8; NT22 1(1) (R6)."""

from doudi.policy.formula import household, member
from doudi.policy.quantity import (
    Number,
    Truth,
    any_member,
    choose,
    most,
    not_,
    share,
    total_over_members,
)


@member("本人收入低于标准", "own income below the standard")
def own_below(own_income: Number, dibao__standard: Number) -> Truth:
    """Own counted income against the standard of one person, over twelve months."""
    return own_income < dibao__standard * 12


@member("低边家庭中的重残重病人员", "severe member of a borderline household")
def single_by_need(severe: Truth, near_standard: Truth) -> Truth:
    """Severely disabled or seriously ill, household between 1 and 1.5 times the standard."""
    return severe & near_standard


@member("未就业成年重残人员", "unemployed severely disabled adult")
def single_by_unemployment(
    severely_disabled: Truth,
    employed: Truth,
    age: Number,
    below_standard: Truth,
    single_person__unemployed_adult: Number,
    single_person__adult_from: Number,
) -> Truth:
    """From 2022-10-20, whatever the household's income above the standard."""
    able_to_ask = severely_disabled & not_(employed) & (age >= single_person__adult_from)
    return able_to_ask & not_(below_standard) & (single_person__unemployed_adult > 0)


@member("单人保条件", "conditions of single-person cover")
def single_fits(
    single_by_need: Truth, single_by_unemployment: Truth, own_below: Truth, counted: Truth
) -> Truth:
    """Either road, own income below the standard, counted as a member."""
    return (single_by_need | single_by_unemployment) & own_below & counted


@member("单人保金额", "single-person amount", "fen a month")
def single_amount(
    single_fits: Truth,
    property_flag: Truth,
    own_income: Number,
    dibao__standard: Number,
    single_person__floor: Number,
) -> Number:
    """The standard less own monthly income, at least the floor; nothing while property flags."""
    full = most(dibao__standard - own_income // 12, share(dibao__standard, single_person__floor))
    return choose(single_fits & not_(property_flag), full, 0)


@household("单人保结论", "single-person outcome")
def single_outcome(single_amount: Number) -> Number:
    """2 when anybody is covered, else 0."""
    return choose(any_member(single_amount), 2, 0)


@household("单人保合计", "single-person total", "fen a month")
def single_total(single_amount: Number) -> Number:
    """Sum over the covered members."""
    return total_over_members(single_amount)


@household("有人符合单人保条件", "somebody fits single-person cover")
def single_anybody(single_fits: Truth) -> Truth:
    """Whether anybody fits apart from property."""
    return any_member(single_fits)
