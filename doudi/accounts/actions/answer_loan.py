"""答复借人: the office that is asked names somebody for the days, or says no.

The post comes from two offices' heads together, neither of whom could give it alone; it ends by
itself. The security administrator sees it and may end it any day.

Clause: DB57 art 16; GB/T 22239 8.1.4.2 (separation of duties)
Move:   none      Right: loan.arrange      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from doudi.accounts.actions.add_post import Term, require_joinable
from doudi.accounts.models import Loan, Post, Staff
from doudi.accounts.permissions import Role
from doudi.accounts.queries import actor_of, forget_posts, lendable, may, require
from doudi.audit import journal
from doudi.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from doudi.kernel.region_code import full


def answer_loan(loan_id: UUID, staff_id: str, answer: str, *, by: Staff, at: dt.datetime) -> Loan:
    """`staff_id` "" says no, with the reason in `answer`; Invalid for who cannot be lent."""
    with transaction.atomic():
        loan = _open(loan_id, by)
        if staff_id:
            loan.post = _post(loan, staff_id)
        elif not answer.strip():
            raise Invalid({"answer": _("不同意的，请写明原因")})
        loan.answered_at, loan.answer = at, answer
        loan.answered_by_id, loan.answered_by = str(by.pk), by.name
        loan.save()
        journal.write(
            "staff.loan_agreed" if staff_id else "staff.loan_declined",
            actor=actor_of(by),
            subject=f"staff:{staff_id}" if staff_id else f"loan:{loan.pk}",
            chain=loan.town[:6],
            purpose=answer,
            detail={"town": loan.town, "lender": loan.lender, "role": loan.role},
        )
    return loan


def _open(loan_id: UUID, by: Staff) -> Loan:
    """The loan, held; NotFound out of scope, NotAllowed for the side that asked."""
    loan = Loan.objects.select_for_update().filter(pk=loan_id).first()
    if loan is None or not any(may(by, "loan.arrange", side) for side in (loan.town, loan.lender)):
        raise NotFound
    require(by, "loan.arrange", loan.lender)
    if str(by.pk) == loan.asked_by_id:
        raise NotAllowed("loan.arrange", _("自己提出的，由对方答复"))
    if loan.answered_at:
        raise Conflict(_("这一条已经答复过了"))
    return loan


def _post(loan: Loan, staff_id: str) -> Post:
    role = Role(loan.role)
    person = next((p for p in lendable(loan.lender, role) if str(p.pk) == staff_id), None)
    if person is None:
        raise Invalid({"staff": _("这个人不能借出：不在本单位，或岗位不相容")})
    require_joinable(person, role, Term(loan.from_on, loan.until_on))
    try:
        with transaction.atomic():
            post = Post.objects.create(
                staff=person,
                role=role.value,
                region_id=full(loan.town),
                from_on=loan.from_on,
                until_on=loan.until_on,
            )
    except IntegrityError:
        raise Conflict(_("此人已有这个岗位")) from None
    forget_posts(person)
    return post
