"""Does property stand in the way? Each test is a flag with a road to review, no verdict (R5)."""

from doudi.policy.formula import household
from doudi.policy.quantity import Number, Truth


@household("金融资产超限", "money assets above the limit")
def money_over(money_assets: Number, dibao_line: Number, property__money_years: Number) -> Truth:
    """Per head more than so many times the yearly standard."""
    return money_assets > property__money_years * dibao_line


@household("金融资产超限（低边）", "money assets above the borderline limit")
def money_over_borderline(
    money_assets: Number, dibao_line: Number, property__money_years_borderline: Number
) -> Truth:
    """The same with the limit of borderline households."""
    return money_assets > property__money_years_borderline * dibao_line


@household("有机动车", "has a vehicle")
def vehicle_over(vehicles_counted: Number, property__vehicles: Number) -> Truth:
    """Any vehicle other than motorcycle, e-bike and disability vehicle."""
    return vehicles_counted > property__vehicles


@household("房产多于一套", "more than one home")
def homes_over(homes_counted: Number, property__homes: Number) -> Truth:
    """Owned homes and rural homesteads; derelict and rented ones do not count."""
    return homes_counted > property__homes


@household("有企业或股份", "has a company or shares")
def company_over(companies_count: Number, property__companies: Number) -> Truth:
    """Any company, shop or share."""
    return companies_count > property__companies


@household("有大型机械", "has a large machine")
def machine_over(machines_count: Number, property__machines: Number) -> Truth:
    """Any large machine."""
    return machines_count > property__machines


@household("其他财产需复核", "other property to review")
def things_over(
    vehicle_over: Truth, homes_over: Truth, company_over: Truth, machine_over: Truth
) -> Truth:
    """Any flag that is not money."""
    return vehicle_over | homes_over | company_over | machine_over


@household("财产需复核", "property to review")
def property_flag(money_over: Truth, things_over: Truth) -> Truth:
    """Any property flag under the limits of dibao."""
    return money_over | things_over


@household("财产需复核（低边）", "property to review (borderline)")
def property_flag_borderline(money_over_borderline: Truth, things_over: Truth) -> Truth:
    """Any property flag under the limits of borderline households."""
    return money_over_borderline | things_over
