"""Who is tekun (特困)? TK43 arts 4–8: no capacity, no income, no able supporter (R8)."""

from doudi.policy.codes import DISABILITIES, SUPPORTERS
from doudi.policy.formula import household, member
from doudi.policy.quantity import (
    Number,
    Truth,
    any_member,
    ceil_to,
    choose,
    one_of,
    share,
    total_of_kinds,
    total_over_members,
)
from doudi.policy.rules.vulnerability import OF_MIND

PHYSICAL, VISUAL = DISABILITIES.index("physical"), DISABILITIES.index("visual")
WITHOUT_SUPPORT = (SUPPORTERS.index("none"), SUPPORTERS.index("unable"))


@member("无劳动能力", "no labour capacity")
def no_capacity(
    age: Number,
    disability_kind: Number,
    disability_grade: Number,
    tekun__elder_from: Number,
    tekun__minor_below: Number,
) -> Truth:
    """Old, young, or disabled in the kinds and grades of art 5."""
    has = disability_grade >= 1
    mind = one_of(disability_kind, OF_MIND) & has & (disability_grade <= 3)
    body = (disability_kind == PHYSICAL) & has & (disability_grade <= 2)
    sight = (disability_kind == VISUAL) & (disability_grade == 1)
    by_age = (age >= tekun__elder_from) | (age < tekun__minor_below)
    return by_age | mind | body | sight


@member("特困口径收入", "income for the tekun test", "fen a year")
def tekun_income(income_by_kind: Number, tekun__counted: Number) -> Number:
    """Own income of the kinds that art 6 counts."""
    return total_of_kinds(income_by_kind, tekun__counted)


@member("无生活来源", "no source of living")
def no_living(tekun_income: Number, dibao__standard: Number) -> Truth:
    """Own income below the standard over twelve months."""
    return tekun_income < dibao__standard * 12


@member("无法定赡养抚养扶养人或其无能力", "no able supporter")
def no_supporter(supporter: Number) -> Truth:
    """None, or none able (art 8)."""
    return one_of(supporter, WITHOUT_SUPPORT)


@member("特困认定", "tekun")
def tekun_fits(no_capacity: Truth, no_living: Truth, no_supporter: Truth, counted: Truth) -> Truth:
    """All three together."""
    return no_capacity & no_living & no_supporter & counted


@member("特困基本生活标准", "basic living standard", "fen a month")
def tekun_basic(dibao__standard: Number, tekun__factor: Number, tekun__step: Number) -> Number:
    """1.3 times the dibao standard, up to the next five yuan."""
    return ceil_to(share(dibao__standard, tekun__factor), tekun__step)


@member("特困救助供养金", "tekun amount", "fen a month")
def tekun_amount(tekun_fits: Truth, tekun_basic: Number, care_amount: Number) -> Number:
    """Basic living and care."""
    return choose(tekun_fits, tekun_basic + care_amount, 0)


@household("特困结论", "tekun outcome")
def tekun_outcome(tekun_fits: Truth) -> Number:
    """2 when any member is tekun."""
    return choose(any_member(tekun_fits), 2, 0)


@household("特困合计", "tekun total", "fen a month")
def tekun_total(tekun_amount: Number) -> Number:
    """Sum over the tekun members."""
    return total_over_members(tekun_amount)
