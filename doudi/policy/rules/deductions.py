"""Which unavoidable expenses are taken off? DB57 art 13; amounts are local (R3)."""

from doudi.policy.formula import household, member
from doudi.policy.quantity import Number, Truth, least, share, total_over_members


@member("就业成本扣减", "work cost deducted", "fen a year")
def work_cost(
    expense_work_cost: Number, income_wage: Number, deductions__work_cost: Number
) -> Number:
    """What work costs, capped at a share of the wage."""
    return least(expense_work_cost, share(income_wage, deductions__work_cost))


@member("本人刚性支出", "own rigid expenses", "fen a year")
def own_deductions(
    expense_medical_own: Number,
    expense_rehabilitation_own: Number,
    expense_tuition: Number,
    expense_boarding: Number,
    work_cost: Number,
    counted: Truth,
) -> Number:
    """Medical, rehabilitation, tuition, boarding and work of a member who counts."""
    medical = expense_medical_own + expense_rehabilitation_own
    return (medical + expense_tuition + expense_boarding + work_cost) * counted


@household("刚性支出扣减", "rigid-expense deduction", "fen a year")
def deductions(own_deductions: Number, deduct: Number) -> Number:
    """Sum over the members; `deduct` is 0 only to show the comparison."""
    return total_over_members(own_deductions) * deduct
