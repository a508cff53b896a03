"""临时救助: what is suggested after an event? LS23 2 (R10)."""

from doudi.policy.codes import EVENTS
from doudi.policy.formula import household
from doudi.policy.quantity import Number, Truth, choose, least, not_

URGENT, EXPENDITURE = EVENTS.index("urgent"), EVENTS.index("expenditure")


@household("急难型建议金额", "suggested urgent aid", "fen")
def urgent_amount(
    event_own_cost: Number, temporary__urban_standard: Number, temporary__urgent_months: Number
) -> Number:
    """Own cost, at most so many urban standards (assumed)."""
    return least(event_own_cost, temporary__urban_standard * temporary__urgent_months)


@household("支出型建议金额", "suggested expenditure aid", "fen")
def expenditure_amount(
    event_persons: Number,
    event_months: Number,
    temporary__urban_standard: Number,
    temporary__most_months: Number,
    temporary__most_standards: Number,
) -> Number:
    """Standard × persons × months, within the caps (assumed)."""
    months = least(event_months, temporary__most_months)
    asked = temporary__urban_standard * event_persons * months
    return least(asked, temporary__urban_standard * temporary__most_standards)


@household("支出型结论", "expenditure-type outcome")
def expenditure_outcome(below_disposable: Truth, property_flag: Truth) -> Number:
    """The income test of art 2(1); property flags lead to review."""
    return choose(below_disposable, choose(property_flag, 1, 2), 0)


@household("临时救助结论", "temporary-aid outcome")
def temporary_outcome(
    event_kind: Number, event_repeated: Truth, expenditure_outcome: Number
) -> Number:
    """Urgent: eligible. Expenditure: by its test. The same cause only once in twelve months."""
    by_kind = choose(
        event_kind == URGENT, 2, choose(event_kind == EXPENDITURE, expenditure_outcome, 0)
    )
    return by_kind * not_(event_repeated)


@household("临时救助建议金额", "suggested temporary aid", "fen")
def temporary_amount(
    temporary_outcome: Number,
    event_kind: Number,
    urgent_amount: Number,
    expenditure_amount: Number,
) -> Number:
    """By the kind of event; nothing without one."""
    amount = choose(event_kind == URGENT, urgent_amount, expenditure_amount)
    return choose(temporary_outcome > 0, amount, 0)
