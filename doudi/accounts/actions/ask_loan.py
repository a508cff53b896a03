"""请求借人: a town short of a second person asks another town, or the county, for one.

Clause: DB57 art 16 (two people visit); HZ30 (another person confirms)
Move:   none      Right: loan.arrange      Says: nothing
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from doudi.accounts.models import Loan, Staff
from doudi.accounts.permissions import Role
from doudi.accounts.queries import actor_of, require
from doudi.audit import journal
from doudi.kernel.errors import Invalid

LONGEST = dt.timedelta(days=92)
# The head is never lent: who confirms belongs to the town, and is covered by a stand-in.
LENT = (Role.TOWN_CLERK, Role.TOWN_REVIEWER)


@dataclass(frozen=True)
class Wish:
    """For which town, from which office, in which post, from when to when, and why."""

    town: str
    lender: str
    role: Role
    from_on: dt.date
    until_on: dt.date
    reason: str


def ask_loan(wish: Wish, *, by: Staff, at: dt.datetime) -> Loan:
    """Invalid beyond the county, for the own town, for more than 92 days, or for a head."""
    require(by, "loan.arrange", wish.town)
    wrong = {}
    if wish.lender[:6] != wish.town[:6] or wish.lender == wish.town:
        wrong["lender"] = _("只能向本县区民政或同县区的其他镇（街道）借人")
    if wish.role not in LENT:
        wrong["role"] = _("负责人不能借，请安排代班")
    if not at.date() <= wish.from_on <= wish.until_on <= wish.from_on + LONGEST:
        wrong["until_on"] = _("从今天起，最长92天，止期不早于起期")
    if wrong:
        raise Invalid(wrong)
    with transaction.atomic():
        loan = Loan.objects.create(
            town=wish.town,
            lender=wish.lender,
            role=wish.role.value,
            reason=wish.reason,
            from_on=wish.from_on,
            until_on=wish.until_on,
            asked_at=at,
            asked_by_id=str(by.pk),
            asked_by=by.name,
        )
        told = {"town": wish.town, "lender": wish.lender, "role": wish.role.value}
        journal.write(
            "staff.loan_asked",
            actor=actor_of(by),
            subject=f"loan:{loan.pk}",
            chain=wish.town[:6],
            purpose=wish.reason,
            detail=told,
        )
    return loan
