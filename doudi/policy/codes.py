"""The code lists of household facts (interfaces.md); a code's number is its place in the list."""

RELATIONS = ("self", "spouse", "child", "parent", "grandchild", "grandparent", "sibling", "other")
DISABILITIES = (
    "none",
    "visual",
    "hearing",
    "speech",
    "physical",
    "intellectual",
    "mental",
    "multiple",
)
STUDENTS = (
    "none",
    "kindergarten",
    "compulsory",
    "high_school",
    "vocational",
    "college",
    "undergraduate",
    "graduate",
)
EXCLUSIONS = (
    "none",
    "religious",
    "imprisoned",
    "compulsory_rehab",
    "declared_missing",
    "lost_contact",
    "lost_contact_decided",
)
SUPPORTERS = ("none", "unable", "able")
SPECIAL = (
    "none",
    "orphan",
    "unsupported_child",
    "pneumoconiosis",
    "former_fisher",
    "railway_militia",
)
SELF_CARE = ("eat", "dress", "bed", "toilet", "walk", "bath")
INCOMES = (
    "wage",
    "business",
    "property",
    "transfer",
    "pension",
    "basic_pension_central",
    "support",
    "preferential_compensation",
    "family_planning_award",
    "scholarship",
    "bravery_award",
    "assistance",
    "disability_subsidy",
    "elder_allowance",
    "medical_benefit",
    "other",
)
EXPENSES = ("medical_own", "rehabilitation_own", "tuition", "boarding", "work_cost")
VEHICLES = ("car", "truck", "tractor", "motorcycle", "e_bike", "disability")
HOMES = ("owned", "rural_homestead", "derelict", "rented")
EVENTS = ("none", "urgent", "expenditure")
AREAS = ("urban", "rural")
SETTINGS = ("dispersed", "residential")
SEXES = ("male", "female")

PROGRAMMES = (
    "tekun",
    "dibao",
    "single_person",
    "borderline",
    "expense_hardship",
    "temporary_aid",
    "orphan",
    "unsupported_child",
    "railway_militia",
)
# These have a finding only where somebody of the group lives in the household.
OF_GROUPS = ("orphan", "unsupported_child", "railway_militia")
# Money that goes to whoever stands on the list of the department, and to nobody else (R14).
BY_LIST = frozenset({"railway_militia"})
# CH62: a child is never shown in public, so there is no notice to hang and none to wait for.
WITHOUT_NOTICE = frozenset({"orphan", "unsupported_child"})
OUTCOMES = ("ineligible", "review", "eligible")
