"""What income counts? DB57 art 13 (R2): the twelve months before the application."""

from doudi.policy.formula import household, member
from doudi.policy.quantity import Number, Truth, most, total_of_kinds, total_over_members


@member("本人计入收入", "own counted income", "fen a year")
def own_income(income_by_kind: Number, income__counted: Number) -> Number:
    """Income of the kinds that are not disregarded on that day."""
    return total_of_kinds(income_by_kind, income__counted)


@member("计入家庭的收入", "income that counts for the household", "fen a year")
def income_in(own_income: Number, counted: Truth) -> Number:
    """Own income of a member who counts."""
    return own_income * counted


@household("家庭年收入", "household gross income", "fen a year")
def gross_income(income_in: Number) -> Number:
    """Sum over the members."""
    return total_over_members(income_in)


@household("核定家庭年收入", "counted net income", "fen a year")
def net_income(gross_income: Number, deductions: Number) -> Number:
    """Gross less rigid deductions, never below nothing."""
    return most(0, gross_income - deductions)


@household("低保标准年线", "dibao line of the household", "fen a year")
def dibao_line(persons: Number, dibao__standard: Number) -> Number:
    """The monthly standard for all members over twelve months."""
    return dibao__standard * 12 * persons


@household("收入低于低保标准", "income below the dibao standard")
def below_standard(net_income: Number, dibao_line: Number) -> Truth:
    """Compared over the household and the year, so that no rounding decides."""
    return net_income < dibao_line


@household("收入在1至1.5倍标准之间", "income from 1 to 1.5 times the standard")
def near_standard(net_income: Number, dibao_line: Number, borderline__factor: Number) -> Truth:
    """Not below the standard, and below the borderline factor of it (OP39 part 2)."""
    return (net_income >= dibao_line) & (net_income * 10_000 < dibao_line * borderline__factor)


@household("上年人均可支配收入线", "last year's disposable income line", "fen a year")
def disposable_line(persons: Number, income__disposable: Number) -> Number:
    """Last year's local disposable income per head, for all members."""
    return income__disposable * persons


@household("收入低于人均可支配收入", "income below disposable income")
def below_disposable(gross_income: Number, disposable_line: Number) -> Truth:
    """RE24, LS23: gross income of the household against that line."""
    return gross_income < disposable_line
