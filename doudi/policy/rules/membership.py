"""Who counts as living together? DB57 art 7 (R1)."""

from doudi.policy.codes import EXCLUSIONS
from doudi.policy.formula import household, member
from doudi.policy.quantity import Number, Truth, not_, one_of, total_over_members

AWAY = tuple(
    EXCLUSIONS.index(word)
    for word in (
        "religious",
        "imprisoned",
        "compulsory_rehab",
        "declared_missing",
        "lost_contact_decided",
    )
)


@member("计入家庭成员", "counted as a member")
def counted(excluded: Number) -> Truth:
    """Everyone declared, except the exclusions of art 7; lost contact counts until decided."""
    return not_(one_of(excluded, AWAY))


@household("家庭人口", "persons counted", "persons")
def persons(counted: Truth) -> Number:
    """How many members count."""
    return total_over_members(counted)
