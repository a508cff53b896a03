"""导入回执: a file that the bank gave back is read, kept by its hash, and booked.

The same file again changes nothing, and neither does another file that says the same. A file that
can't be read in every line is refused as a whole.

Clause: promises.md P3 (pain.002 and camt.054 idempotent; what does not fit is named)
Move:   SENT -> PAID or RETURNED, PAID -> RETURNED (by book_results)
Right:  bank.answer      Says: nothing
"""

import datetime as dt
import hashlib

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.benefits.actions.book_results import book_results
from doudi.benefits.channels.answers import Answer, read
from doudi.benefits.channels.layouts import bank_data
from doudi.benefits.models import Attempt, BankAnswer
from doudi.benefits.reconciliation import Taken, unfitting
from doudi.kernel.errors import Invalid


def take_answer(content: bytes, *, by: Staff | Actor, at: dt.datetime) -> Taken:
    """What was booked and what did not fit; Invalid for a file that nobody can read."""
    answer = read(content, bank_data())
    digest = hashlib.sha256(content).hexdigest()
    references = [result.end_to_end_id for result in answer.results]
    with transaction.atomic():
        county = _county(references, by)
        if BankAnswer.objects.filter(sha256=digest).exists():
            return Taken(answer.form, len(references), 0, [], again=True)
        moved = book_results(answer.results, at=at)
        _register(answer, digest, actor_of(by).name, at)
        write(
            "benefits.answer_taken",
            actor=actor_of(by),
            subject=f"bank-answer:{digest[:24]}",
            chain=county,
            detail={"lines": len(references), "booked": moved},
        )
    return Taken(answer.form, len(references), moved, unfitting(references))


def _county(references: list[str], by: Staff | Actor) -> str:
    """The county whose orders these are; somebody else's answers are not taken in here."""
    rows = Attempt.objects.filter(end_to_end_id__in=references).order_by()
    counties = set(rows.values_list("file__county", flat=True).distinct()) - {None}
    if not counties:
        raise Invalid({"file": "回执里没有一笔是从这里发出的"})
    if isinstance(by, Staff):
        for county in sorted(counties):
            require(by, "bank.answer", county)
    return min(counties)


def _register(answer: Answer, digest: str, name: str, at: dt.datetime) -> None:
    BankAnswer.objects.create(
        sha256=digest,
        form=answer.form,
        message=answer.number[:35],
        lines=len(answer.results),
        by_name=name,
        at=at,
    )
