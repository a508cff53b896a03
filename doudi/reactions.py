"""What follows from what. Read top to bottom; nothing else in the house reacts to anything.

Each reaction is one small step and may be run twice: the actions it calls give the same state.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from doudi.audit.actor import SYSTEM
from doudi.benefits import queries as benefits
from doudi.benefits.actions.open_award import open_award
from doudi.benefits.actions.send_roll import send_roll
from doudi.benefits.actions.settle_roll import settle_roll
from doudi.benefits.events import AwardOpened, RollReleased, RollSent, RollSettled
from doudi.cases import queries as cases
from doudi.cases.actions.record_report import record_report
from doudi.cases.events import (
    ApplicationAccepted,
    ApplicationDeclined,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    CaseReturned,
    CaseReviewed,
    DecisionConfirmed,
    DecisionRefused,
    MorePapersAsked,
    NoticePublished,
    ObjectionRaised,
)
from doudi.clock.time import now
from doudi.kernel.money import yuan_text
from doudi.kernel.periods import Month
from doudi.notices.send import send
from doudi.people.actions.mark_benefit import mark_benefit
from doudi.regions.queries import office_phone, path_name
from doudi.vault.masking import mask_account
from doudi.verification.actions.issue_report import issue_report
from doudi.verification.actions.request import Subject, request
from doudi.verification.actions.send_batch import send_batch
from doudi.verification.events import (
    ConsentSigned,
    ConsentWithdrawn,
    VerificationReported,
    VerificationRequested,
)
from doudi.verification.queries import has_report, request_of

Reaction = Callable[[Any], None]


def _tell(case_id: UUID, template: str, **more: object) -> None:
    """One message to the applicant about the case."""
    case = cases.case_by_id(case_id)
    values: dict[str, object] = {
        "name": case.applicant_name,
        "number": case.number,
        "town": path_name(case.town),
        "phone": office_phone(case.town),
    }
    send(
        template, to=case.application.phone.open(), values=values | more, subject=f"case:{case_id}"
    )


def send_receipt(event: ApplicationSubmitted) -> None:
    """The number and where it went."""
    _tell(event.case_id, "submitted")


def tell_what_is_missing(event: MorePapersAsked) -> None:
    """Everything at once, with the last day."""
    asked = cases.open_supplement(event.case_id)
    if asked:
        items = "、".join(i["what"] for i in asked.items)
        _tell(
            event.case_id,
            "supplement",
            count=len(asked.items),
            items=items,
            until=asked.answer_by_on,
        )


def tell_accepted(event: ApplicationAccepted) -> None:
    """With the promised day."""
    _tell(event.case_id, "accepted", due=event.due_on)


def start_verification(event: ApplicationAccepted) -> None:
    """Asks the departments about every member, once for an application."""
    case = cases.case_by_id(event.case_id)
    if request_of(case.application_id):
        return
    members = case.application.declaration.open()["members"]
    subjects = [Subject(m["key"], m["name"], m["id_number"]) for m in members]
    request(
        case.application_id,
        subjects,
        purpose="application",
        county=case.county,
        by=SYSTEM,
        at=now(),
    )


def ask_departments(event: VerificationRequested) -> None:
    """Sends the request and issues the report of what came back, once."""
    if has_report(event.request_id):
        return
    send_batch(event.request_id, now())
    issue_report(event.request_id, now())


def file_report(event: VerificationReported) -> None:
    """The report goes into the case."""
    record_report(event.ref, event.report_id, at=now())


def tell_declined(event: ApplicationDeclined) -> None:
    """With the way to the town."""
    _tell(event.case_id, "declined")


def tell_noticed(event: NoticePublished) -> None:
    """Until when the notice hangs."""
    _tell(event.case_id, "noticed", until=event.until_on)


def open_the_award(event: DecisionConfirmed) -> None:
    """The decision becomes money."""
    open_award(event.decision_id, at=now())


def tell_confirmed(event: DecisionConfirmed) -> None:
    """Amount and month."""
    made = cases.decision(event.decision_id)
    _tell(event.case_id, "confirmed", month=made.start_month, amount=yuan_text(made.monthly_fen))


def tell_refused(event: DecisionRefused) -> None:
    """With the way to the town."""
    _tell(event.case_id, "refused")


def tell_withdrawn(event: ApplicationWithdrawn) -> None:
    """That it may be done again."""
    _tell(event.case_id, "withdrawn")


def mark_the_persons(event: AwardOpened) -> None:
    """One person, one benefit: every county sees it from now on."""
    award = benefits.award(event.award_id)
    mark_benefit(
        benefits.persons_of(award),
        programme=award.programme,
        county=award.county,
        award_ref=award.pk,
        from_month=award.start_month,
    )


def send_to_bank(event: RollReleased) -> None:
    """The released file."""
    send_roll(event.roll_id, at=now())


def ask_the_bank(event: RollSent) -> None:
    """What became of each order."""
    settle_roll(event.roll_id, at=now())


def tell_paid(event: RollSettled) -> None:
    """To those who applied here: paid, or returned with the reason."""
    for payment in benefits.payments_to_tell(event.roll_id):
        _tell_payment(payment)


def _tell_payment(payment: Any) -> None:
    award = payment.award
    if award.case_id is None:
        return
    month = Month.parse(payment.month)
    values: dict[str, object] = {
        "month": f"{month.year}年{month.number}月",
        "amount": yuan_text(payment.amount_fen),
        "account": mask_account(award.account.open() or ""),
        "reason": payment.result_reason,
    }
    template = "paid" if payment.stage == "paid" else "payment_returned"
    _tell(award.case_id, template, **values)


def nothing_more(event: Any) -> None:
    """The event is for the journal and for rooms to come; today nothing follows from it."""


REACTIONS: dict[type, list[Reaction]] = {
    ConsentSigned: [nothing_more],
    ConsentWithdrawn: [nothing_more],
    ApplicationSubmitted: [send_receipt],
    MorePapersAsked: [tell_what_is_missing],
    ApplicationDeclined: [tell_declined],
    ApplicationAccepted: [tell_accepted, start_verification],
    VerificationRequested: [ask_departments],
    VerificationReported: [file_report],
    CaseReviewed: [nothing_more],
    NoticePublished: [tell_noticed],
    ObjectionRaised: [nothing_more],
    CaseReturned: [nothing_more],
    DecisionConfirmed: [open_the_award, tell_confirmed],
    DecisionRefused: [tell_refused],
    ApplicationWithdrawn: [tell_withdrawn],
    AwardOpened: [mark_the_persons],
    RollReleased: [send_to_bank],
    RollSent: [ask_the_bank],
    RollSettled: [tell_paid],
}
