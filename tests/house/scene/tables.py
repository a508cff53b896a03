"""What the town's clerk printed, took out and sent in; the office's own words and loans."""

import io
from uuid import uuid4

from doudi.accounts.models import Loan, Phrase, Staff
from doudi.accounts.permissions import Role
from doudi.cases.models import Case
from doudi.clock.time import now
from doudi.exports.actions.ask_export import ask_export
from doudi.exports.actions.work_exports import work_exports
from doudi.filing.actions.ask_batch import Order, ask_batch
from doudi.filing.actions.print_on import print_on
from doudi.people.actions.upload_import import upload_import
from doudi.people.actions.work_imports import work_imports
from tests.house.scene.who import PLACES


def printed(case: Case, clerk: Staff) -> str:
    """The application, printed for the clerk who asked for it."""
    made = ask_batch(uuid4(), Order(((case.pk, "F01"),), "file"), by=clerk, at=now())
    print_on(at=now())
    return str(made.pk)


def taken_out(clerk: Staff) -> str:
    """A ledger that the clerk took out, ready to be fetched."""
    made = ask_export("dibao", "check", False, by=clerk, at=now())
    while work_exports():
        continue
    return str(made.pk)


def sent_in(clerk: Staff) -> str:
    """A register that the clerk sent in, with a row that is wrong, checked."""
    number = "610799198801014418"
    lines = ["姓名,身份证号,与户主关系,村（社区）", f"演示户主,{number},户主,博望社区"]
    file = io.BytesIO("\n".join(lines).encode())
    batch = upload_import("households", file, by=clerk, at=now())
    while work_imports():
        continue
    return str(batch.pk)


def office_of(case: Case, head: Staff) -> dict[str, str]:
    """The town's own words, and a person it asks the next town for."""
    by = {"written_by_id": "1", "written_by": "演示", "written_at": now()}
    phrase = Phrase.objects.create(town=case.town, verb="review", title="演示", text="同意", **by)
    loan = Loan.objects.create(
        town=case.town,
        lender=PLACES["town"]["sibling"],
        role=Role.TOWN_CLERK.value,
        reason="只有一人在岗",
        from_on=now().date(),
        until_on=now().date(),
        asked_at=now(),
        asked_by_id=str(head.pk),
        asked_by=head.name,
    )
    return {"phrase_id": str(phrase.pk), "loan_id": str(loan.pk)}
