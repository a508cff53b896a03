"""告知本人: that there is something to explain, until when and where; nothing of it.

Clause: DB57 art 18; PIPL arts 17, 24
Move:   none      Right: called by reactions      Says: nothing
"""

from doudi.cases.actions.tell_applicant import tell_applicant
from doudi.discrepancies.events import ExplanationAsked, InquiryClosed
from doudi.discrepancies.queries import inquiry


def tell_asked(event: ExplanationAsked) -> None:
    """Only where the household applied here: an award that was taken over has no phone on file."""
    found = inquiry(event.inquiry_id)
    if found.award and found.award.case_id and found.asked_at:
        until = found.answer_by_on
        key = f"{found.pk}:{until}"
        tell_applicant(found.award.case_id, "explanation_asked", key, until=until)


def tell_closed(event: InquiryClosed) -> None:
    """Who was asked hears that it is settled, and what follows if anything does."""
    found = inquiry(event.inquiry_id)
    if not (found.award and found.award.case_id and found.asked_at):
        return
    template = "inquiry_recheck" if found.recheck_id else "inquiry_settled"
    tell_applicant(found.award.case_id, template, found.pk)
