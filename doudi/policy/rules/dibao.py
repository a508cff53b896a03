"""Is the household entitled to dibao, and to how much? SI649 arts 9–12, DB57 arts 23, 27 (R4)."""

from doudi.policy.formula import household, member
from doudi.policy.quantity import (
    Number,
    Truth,
    choose,
    lowest_band,
    most,
    share,
    total_over_members,
)


@household("低保结论", "dibao outcome")
def dibao_outcome(below_standard: Truth, property_flag: Truth) -> Number:
    """2 eligible, 1 review where only property stands in the way, 0 not eligible."""
    return choose(below_standard, choose(property_flag, 1, 2), 0)


@household("差额补助", "difference payment", "fen a month")
def difference(net_income: Number, persons: Number, dibao__standard: Number) -> Number:
    """The standard for all members less a twelfth of net income, to the fen."""
    return most(0, dibao__standard * persons - net_income // 12)


@household("适用档次", "payment band", "fen a month")
def band(net_income: Number, dibao_line: Number, persons: Number, dibao__bands: Number) -> Number:
    """The lowest band that is not below the gap per head, at most A (criterion assumed)."""
    return lowest_band(dibao__bands, persons * 12, dibao_line - net_income)


@household("按差额计发", "paid by difference")
def by_difference(area_urban: Truth) -> Truth:
    """Hanzhong pays the difference in urban areas, bands in rural ones (HZ82 part 1)."""
    return area_urban


@household("基本保障金", "base amount", "fen a month")
def base_amount(
    below_standard: Truth, by_difference: Truth, difference: Number, band: Number, persons: Number
) -> Number:
    """Urban: the difference. Rural: band times members."""
    return choose(below_standard, choose(by_difference, difference, band * persons), 0)


@member("分类施保", "category top-up", "fen a month")
def top_up(
    young_or_old: Truth,
    severe: Truth,
    counted: Truth,
    dibao__standard: Number,
    top_up__age_share: Number,
    top_up__severe_share: Number,
) -> Number:
    """The highest that fits, once a person, on the standard (base assumed)."""
    by_age = choose(young_or_old, share(dibao__standard, top_up__age_share), 0)
    by_need = choose(severe, share(dibao__standard, top_up__severe_share), 0)
    return most(by_age, by_need) * counted


@household("分类施保合计", "top-ups of the household", "fen a month")
def top_ups(top_up: Number, below_standard: Truth) -> Number:
    """Sum over the members."""
    return total_over_members(top_up) * below_standard


@household("月保障金", "monthly amount", "fen a month")
def dibao_amount(base_amount: Number, top_ups: Number) -> Number:
    """Base and top-ups; where property is under review, what it would be."""
    return base_amount + top_ups
