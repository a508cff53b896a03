"""刚性支出困难: crushed by expenses though above the lines? RE24, from 2025-01-01 (R9)."""

from doudi.policy.formula import household
from doudi.policy.quantity import Number, Truth, choose


@household("刚性支出占比达标", "expenses at least the share of income")
def heavy_expenses(
    deductions: Number, gross_income: Number, expense_hardship__share: Number
) -> Truth:
    """Rigid expenses against income, in ten-thousandths (share assumed)."""
    return deductions * 10_000 >= gross_income * expense_hardship__share


@household("不属于特困低保低边", "not tekun, dibao or borderline")
def in_no_other(tekun_outcome: Number, dibao_outcome: Number, borderline_outcome: Number) -> Truth:
    """RE24: only those whom the other programmes do not reach."""
    return (tekun_outcome + dibao_outcome + borderline_outcome) == 0


@household("刚性支出困难结论", "expense-hardship outcome")
def expense_hardship_outcome(
    in_no_other: Truth,
    below_disposable: Truth,
    heavy_expenses: Truth,
    property_flag_borderline: Truth,
) -> Number:
    """Eligible, review where property flags, or not."""
    fits = in_no_other & below_disposable & heavy_expenses
    return choose(fits, choose(property_flag_borderline, 1, 2), 0)
