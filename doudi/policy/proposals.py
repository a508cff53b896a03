"""From worked quantities to one finding a programme: outcome, amount, persons, reasons, flags."""

from collections.abc import Callable
from dataclasses import dataclass

from doudi.kernel.money import plain_yuan
from doudi.policy.book import Book
from doudi.policy.codes import OUTCOMES
from doudi.policy.facts import HouseholdFacts
from doudi.policy.finding import Finding, Reason
from doudi.policy.runners.one_household import Step, Worked

THINGS = ("vehicle_over", "homes_over", "company_over", "machine_over")
# The clause behind each reason; DOUDI marks our own assumption (rules.md R5, R10).
CLAUSES = {
    "income_below_standard": ("DB57", "13"),
    "income_not_below_standard": ("DB57", "13"),
    "top_ups": ("DB57", "27"),
    "money_over": ("DOUDI", "R5"),
    "money_over_borderline": ("DOUDI", "R5"),
    "vehicle_over": ("DOUDI", "R5"),
    "homes_over": ("DOUDI", "R5"),
    "company_over": ("DOUDI", "R5"),
    "machine_over": ("DOUDI", "R5"),
    "three_withouts": ("TK43", "4"),
    "not_three_withouts": ("TK43", "4"),
    "single_person_covered": ("DB57", "8"),
    "single_person_unemployed": ("NT22", "一(一)"),
    "whole_household_first": ("NT22", "一(一)"),
    "nobody_fits_single_person": ("DB57", "8"),
    "income_below_disposable": ("RE24", "4"),
    "income_not_below_disposable": ("RE24", "4"),
    "expenses_heavy": ("RE24", "5"),
    "expenses_not_heavy": ("RE24", "5"),
    "in_other_programme": ("RE24", "3"),
    "no_event": ("LS23", "二(一)"),
    "same_cause_again": ("DOUDI", "R10"),
    "urgent_event": ("LS23", "二(一)"),
    "resources_below_disposable": ("LS23", "二(一)"),
    "resources_not_below_disposable": ("LS23", "二(一)"),
    "orphan_on_file": ("OR54", "基本生活费"),
    "orphan_too_old": ("OR54", "基本生活费"),
    "child_unsupported": ("CH62", "认定"),
    "child_too_old": ("CH62", "认定"),
    "child_difference": ("CH62", "补贴"),  # of assessments before the sums were said
    "child_or_dibao": ("CH62", "补贴"),
    "child_difference_added": ("CH62", "补贴"),
    "militia_on_list": ("DOUDI", "R14"),
}
# Reasons whose clause changed with time cite the document of this parameter.
CLAUSE_OF_PARAMETER = {
    "income_near_standard": "borderline.factor",
    "income_not_near_standard": "borderline.factor",
}


@dataclass(frozen=True)
class Basis:
    """What a finding is made from."""

    facts: HouseholdFacts
    book: Book
    worked: Worked
    steps: tuple[Step, ...]

    def outcome(self, quantity: str) -> str:
        """The word of an outcome quantity."""
        return OUTCOMES[int(self.worked.household[quantity])]

    def fen(self, quantity: str) -> int:
        """A quantity of the household as whole fen."""
        return int(self.worked.household[quantity])

    def reason(self, code: str, **quantities: str) -> Reason:
        """A reason with the values it compared, each by the name of its quantity."""
        values = {f"{name}_yuan": plain_yuan(self.fen(q)) for name, q in quantities.items()}
        if code in CLAUSE_OF_PARAMETER:
            row = self.book.parameter(CLAUSE_OF_PARAMETER[code])
            return Reason(code, row.document, row.article, values)
        return Reason(code, *CLAUSES[code], values)

    def flags(self, money: str) -> tuple[str, ...]:
        """The property flags that stand, with the money limit that applies."""
        return tuple(name for name in (money, *THINGS) if self.worked.household[name])

    def income_reason(self) -> Reason:
        """Net income against the dibao line."""
        below = self.worked.household["below_standard"]
        code = "income_below_standard" if below else "income_not_below_standard"
        return self.reason(code, net="net_income", limit="dibao_line")

    def counted(self) -> tuple[str, ...]:
        """The names of the members who count."""
        pairs = zip(self.facts.names, self.worked.members, strict=True)
        return tuple(name for name, own in pairs if own["counted"])

    def each(self, fits: str, amount: str) -> dict[str, int]:
        """The fen of each member for whom `fits` holds, by name."""
        pairs = zip(self.facts.names, self.worked.members, strict=True)
        return {name: int(own[amount]) for name, own in pairs if own[fits] and own[amount]}

    def anybody(self, quantity: str) -> bool:
        """Whether it holds for any member who counts."""
        return any(own[quantity] and own["counted"] for own in self.worked.members)


def tekun(basis: Basis) -> Finding:
    """R8: the persons with their amounts."""
    amounts = basis.each("tekun_fits", "tekun_amount")
    code = "three_withouts" if amounts else "not_three_withouts"
    return Finding(
        programme="tekun",
        outcome=basis.outcome("tekun_outcome"),
        persons=tuple(amounts),
        monthly=basis.fen("tekun_total") if amounts else None,
        per_person=amounts,
        reasons=(basis.reason(code),),
        steps=basis.steps,
    )


def dibao(basis: Basis) -> Finding:
    """R4: the whole household; under review the amount that would be due."""
    outcome = basis.outcome("dibao_outcome")
    flags = basis.flags("money_over")
    reasons = [basis.income_reason(), *map(basis.reason, flags)]
    entitled = outcome != "ineligible"
    if entitled and basis.fen("top_ups"):
        reasons.append(basis.reason("top_ups", amount="top_ups"))
    if entitled and basis.fen("child_differences"):
        reasons.append(basis.reason("child_difference_added", amount="child_differences"))
    return Finding(
        programme="dibao",
        outcome=outcome,
        persons=basis.counted(),
        monthly=basis.fen("dibao_with_difference") if entitled else None,
        reasons=tuple(reasons),
        flags=flags,
        steps=basis.steps,
    )


def single_person(basis: Basis) -> Finding:
    """R6: members covered alone."""
    amounts = basis.each("single_fits", "single_amount")
    flags = basis.flags("money_over") if basis.worked.household["single_anybody"] else ()
    return Finding(
        programme="single_person",
        outcome=basis.outcome("single_outcome"),
        persons=tuple(amounts),
        monthly=basis.fen("single_total") if amounts else None,
        per_person=amounts,
        reasons=(basis.income_reason(), *_single_reasons(basis, amounts, flags)),
        flags=flags,
        steps=basis.steps,
    )


def _single_reasons(
    basis: Basis, amounts: dict[str, int], flags: tuple[str, ...]
) -> tuple[Reason, ...]:
    if amounts:
        by_need = basis.anybody("single_by_need")
        code = "single_person_covered" if by_need else "single_person_unemployed"
        return (basis.reason(code),)
    if flags:
        return tuple(map(basis.reason, flags))
    whole = basis.worked.household["below_standard"]
    return (basis.reason("whole_household_first" if whole else "nobody_fits_single_person"),)


def borderline(basis: Basis) -> Finding:
    """R7: a status, no money."""
    flags = basis.flags("money_over_borderline")
    near = basis.worked.household["near_standard"]
    code = "income_near_standard" if near else "income_not_near_standard"
    income = basis.reason(code, net="net_income", lower="dibao_line", upper="borderline_line")
    return Finding(
        programme="borderline",
        outcome=basis.outcome("borderline_outcome"),
        persons=basis.counted(),
        reasons=(income, *map(basis.reason, flags)),
        flags=flags,
        steps=basis.steps,
    )


def expense_hardship(basis: Basis) -> Finding:
    """R9: a status, no money."""
    flags = basis.flags("money_over_borderline")
    h = basis.worked.household
    income = "income_below_disposable" if h["below_disposable"] else "income_not_below_disposable"
    expenses = "expenses_heavy" if h["heavy_expenses"] else "expenses_not_heavy"
    reasons = [
        basis.reason(income, gross="gross_income", limit="disposable_line"),
        basis.reason(expenses, expenses="deductions", gross="gross_income"),
    ]
    if not h["in_no_other"]:
        reasons.append(basis.reason("in_other_programme"))
    return Finding(
        programme="expense_hardship",
        outcome=basis.outcome("expense_hardship_outcome"),
        persons=basis.counted(),
        reasons=(*reasons, *map(basis.reason, flags)),
        flags=flags,
        steps=basis.steps,
    )


def temporary_aid(basis: Basis) -> Finding:
    """R10: a suggestion once for all; what lies above the town's or county's limit is flagged."""
    outcome = basis.outcome("temporary_outcome")
    amount = basis.fen("temporary_amount")
    reasons, flags = _temporary_reasons(basis)
    if amount > basis.book.whole("temporary.town_limit"):
        flags = (*flags, "above_town_limit")
    if amount > basis.book.whole("temporary.county_limit"):
        flags = (*flags, "above_county_limit")
    return Finding(
        programme="temporary_aid",
        outcome=outcome,
        persons=basis.counted(),
        one_off=amount if outcome != "ineligible" else None,
        reasons=reasons,
        flags=flags,
        steps=basis.steps,
    )


def _temporary_reasons(basis: Basis) -> tuple[tuple[Reason, ...], tuple[str, ...]]:
    """Reasons and flags."""
    event = basis.facts.event
    if event is None:
        return (basis.reason("no_event"),), ()
    if basis.worked.household["event_repeated"]:
        return (basis.reason("same_cause_again"),), ()
    if event.kind == "urgent":
        return (basis.reason("urgent_event", cost="event_own_cost"),), ()
    flags = basis.flags("money_over")
    below = basis.worked.household["below_disposable"]
    code = "resources_below_disposable" if below else "resources_not_below_disposable"
    income = basis.reason(code, gross="gross_income", limit="disposable_line")
    return (income, *map(basis.reason, flags)), flags


def _of_group(programme: str, basis: Basis, reasons: tuple[Reason, ...]) -> Finding:
    """A monthly amount for each member of the group."""
    amounts = basis.each(f"{programme}_fits", f"{programme}_amount")
    return Finding(
        programme=programme,
        outcome=basis.outcome(f"{programme}_outcome"),
        persons=tuple(amounts),
        monthly=basis.fen(f"{programme}_total") if amounts else None,
        per_person=amounts,
        reasons=reasons,
        steps=basis.steps,
    )


def orphan(basis: Basis) -> Finding:
    """R14: OR54, the living allowance of orphans."""
    code = "orphan_on_file" if basis.worked.household["orphan_outcome"] else "orphan_too_old"
    return _of_group("orphan", basis, (basis.reason(code),))


def unsupported_child(basis: Basis) -> Finding:
    """R14: CH62; where the family fits dibao too, both sums are said."""
    h = basis.worked.household
    fits = h["unsupported_child_outcome"]
    reasons = [basis.reason("child_unsupported" if fits else "child_too_old")]
    if fits and h["dibao_outcome"]:
        sums = {"own": "unsupported_child_total", "dibao": "dibao_amount"}
        more = {"difference": "child_differences", "all": "dibao_with_difference"}
        reasons.append(basis.reason("child_or_dibao", **sums, **more))
    return _of_group("unsupported_child", basis, tuple(reasons))


def railway_militia(basis: Basis) -> Finding:
    """R14: the living subsidy by the list."""
    return _of_group("railway_militia", basis, (basis.reason("militia_on_list"),))


# Programme → how its finding is made, and the quantities that its steps lead to.
PROPOSALS: dict[str, tuple[Callable[[Basis], Finding], tuple[str, ...]]] = {
    "tekun": (tekun, ("tekun_outcome", "tekun_total")),
    "dibao": (dibao, ("dibao_outcome", "dibao_amount")),
    "single_person": (single_person, ("single_outcome", "single_total")),
    "borderline": (borderline, ("borderline_outcome",)),
    "expense_hardship": (expense_hardship, ("expense_hardship_outcome",)),
    "temporary_aid": (temporary_aid, ("temporary_outcome", "temporary_amount")),
    "orphan": (orphan, ("orphan_outcome", "orphan_total")),
    "unsupported_child": (
        unsupported_child,
        ("unsupported_child_outcome", "unsupported_child_total"),
    ),
    "railway_militia": (railway_militia, ("railway_militia_outcome", "railway_militia_total")),
}
