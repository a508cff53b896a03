"""What comparison and departments hold of the family, and what they were asked."""

import io
from uuid import uuid4

from doudi.accounts.models import Staff
from doudi.attachments.bulk import keep_bulk
from doudi.cases.models import Case
from doudi.clock.time import now
from doudi.departments.actions.receive_file import Told as Rows
from doudi.departments.actions.receive_file import send_file
from doudi.departments.actions.report_rows import Found, report_rows
from doudi.departments.actions.report_rows import Wrong as WrongRow
from doudi.departments.actions.seat_clerk import seat_clerk
from doudi.departments.actions.work_uploads import work_uploads
from doudi.departments.models import Problem
from doudi.discrepancies.models import Inquiry
from doudi.people.models import Person
from doudi.province.models import Exchange
from doudi.verification.dues import open_asks
from doudi.verification.models import Answer, Delivery, Outside, OutsideAnswer, Rest
from doudi.verification.models import Match as RowMatch
from doudi.verification.queries import consents_of
from tests.factories.deliveries import g14
from tests.house.scene.who import SYSTEM


def sent_up(whoever: Staff) -> Exchange:
    """A report to the province, ready to be fetched."""
    return Exchange.objects.create(
        number="SJ20220509-1",
        kind="out",
        county="610702",
        month="2022-04",
        purpose="report",
        template=1,
        rows=0,
        sha256="0" * 64,
        stored_name=keep_bulk(io.BytesIO(b"report")).name,
        staff=whoever,
        at=now(),
    )


def delivered(clerk: Staff) -> dict[str, str]:
    """The tax bureau's clerk sent a file of which one row is wrong."""
    seat_clerk(clerk.account, "税务", by=SYSTEM, at=now())
    made = send_file(
        "G14", io.BytesIO(g14(100, 收入额="三千")), Rows("2022-04", 100), by=clerk, at=now()
    )
    while work_uploads():
        continue
    asked = open_asks(["G14"], now().date()).first() or Answer()
    made.refresh_from_db()
    found = Found(
        f"inquiry:{uuid4()}", "610702", "1", "演示：不是他的工资", None, None, now().date()
    )
    wrong = WrongRow(made.delivery_id or uuid4(), "G14", 7, "X6", "3000.00元", "wrong_data")
    report_rows(found, [wrong], at=now())
    return {
        "delivery_id": str(made.delivery_id or uuid4()),
        "problem_id": str(Problem.objects.values_list("pk", flat=True).get()),
        "upload_id": str(made.pk),
        "exchange_id": str(sent_up(clerk).pk),
        "ask_id": str(asked.asked.request_id if asked.asked_id else uuid4()),
        "answer_id": str(asked.pk),
    }


def inquiry(case: Case, award_id: str) -> str:
    """A finding about the family that it was asked to explain; the clerk's colleague has it."""
    made = Inquiry.objects.create(
        number=f"YJ{case.number}",
        household_id=case.household_id or uuid4(),
        award_id=award_id,
        county=case.county,
        town=case.town,
        village=case.village_id,
        signals=["X2"],
        stops=True,
        state="asked",
        opened_at=now(),
        due_on=now().date(),
        question="演示：新登记的车是谁的",
        asked_by="演示",
        asked_at=now(),
        answer_by_on=now().date(),
    )
    return str(made.pk)


def verified(case: Case) -> dict[str, str]:
    """A row with a wrong number that may be the family's, and a rule that is to rest."""
    made = Delivery.objects.create(
        item="G04",
        agency="公安",
        contract_version=1,
        period="2022-04",
        sequence=900,
        sha256="0" * 64,
        signature="",
        received_at=now(),
        rows_in=2,
        rows_accepted=1,
        rows_unmatched=1,
        state="accepted",
    )
    person = Person.objects.order_by("created_at", "pk").first() or Person()
    match = RowMatch.objects.create(
        delivery=made,
        row_no=2,
        person_id=person.pk,
        town=case.town,
        tier="name_close",
        why=["name_close", "birth", "county"],
    )
    rest = Rest.objects.create(
        signal="X2",
        region=case.county,
        reason="演示：数据是去年的",
        state="asked",
        from_on=now().date(),
        asked_by_id="1",
        asked_by="演示",
        asked_at=now(),
    )
    return {"row_match_id": str(match.pk), "rest_id": str(rest.pk)}


def outside(case: Case, clerk: Staff) -> str:
    """A bank was asked about the applicant, who authorised it; no answer yet."""
    own = next(c for c in consents_of(case.application_id) if c.member_key == "m1")
    made = Outside.objects.create(
        number=f"BH{case.number}",
        ref=case.application_id,
        kind="bank",
        body="演示银行汉台支行",
        items=["F01"],
        county=case.county,
        town=case.town,
        asked_by_id=str(clerk.pk),
        asked_by=clerk.name,
        asked_at=now(),
        due_on=now().date(),
    )
    OutsideAnswer.objects.create(outside=made, place=1, consent=own, item="F01")
    return str(made.pk)
