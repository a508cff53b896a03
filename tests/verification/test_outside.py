"""Banks and other provinces are asked by letter under living leave; the report has the answer."""

import datetime as dt
import io
import json

import pytest

from doudi.accounts.permissions import Role
from doudi.audit.actor import SYSTEM
from doudi.audit.models import Entry
from doudi.clock.time import now
from doudi.commands import report
from doudi.kernel.errors import NotAllowed
from doudi.outbox.deliver import deliver_all
from doudi.verification.actions.ask_outside import Question, ask_outside
from doudi.verification.actions.remind_outside import remind_outside
from doudi.verification.actions.withdraw_consent import withdraw_consent
from doudi.verification.models import Outside, OutsideAnswer, Report, Request
from doudi.verification.queries import consents_of, report_of
from tests.factories.cases import case_at, office, staff
from tests.house.scene import browser_of, browser_of_phone
from tests.verification.test_platform import doudi

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(city, clock):
    return case_at("accepted", clock)


@pytest.fixture
def desk(case):
    return browser_of(office(case.town).clerk)


def asked(case, kind="bank", items=("F01",)):
    question = Question(kind, "演示银行汉台支行", items)
    about = f"case:{case.pk}"
    clerk = office(case.town).clerk
    return ask_outside(case.application_id, case.town, question, about=about, by=clerk, at=now())


def withdrawn(case, key="m2"):
    leave = next(c for c in consents_of(case.application_id) if c.member_key == key)
    withdraw_consent(leave.pk, by=SYSTEM, at=now())


def items_of(case):
    content = report_of(case.application_id).content.open()
    return [line for person in content["persons"] for line in person["items"]]


def test_without_everybodys_living_leave_nothing_is_asked_and_no_report_is_opened(case, desk):
    before = (Request.objects.count(), Report.objects.count())
    opened = desk.get(f"/desk/cases/{case.pk}/report/").status_code
    letter = asked(case)
    withdrawn(case)

    with pytest.raises(NotAllowed):
        asked(case)
    shut = [
        desk.get(f"/desk/cases/{case.pk}/report/"),
        desk.post(f"/desk/cases/{case.pk}/report/"),
        desk.get(f"/desk/cases/{case.pk}/print/F07-2.pdf"),
    ]
    unsent = desk.get(f"/desk/outside/{letter.pk}/letter.pdf")

    assert opened == 200
    assert [answer.status_code for answer in shut] == [403, 403, 403]
    assert unsent.status_code == 404
    assert Outside.objects.count() == 1
    assert (Request.objects.count(), Report.objects.count()) == before


def test_the_command_tells_the_report_to_an_officer_of_the_place_and_the_household_reads_of_it(
    case, desk
):
    clerk, far = office(case.town).clerk, staff("far.clerk", Role.TOWN_CLERK, "610722101")
    person = case.application.declaration.open()["members"][0]

    told = doudi(report, case.number, "--as", clerk.account, "--json")
    by_person = doudi(report, person["id_number"], "--as", clerk.account)
    refused = [
        doudi(report, *words)[0]
        for words in (
            (case.number, "--as", far.account),
            (case.number, "--as", "nobody"),
            ("610799199001010012", "--as", clerk.account),
        )
    ]
    withdrawn(case)
    shut = doudi(report, case.number, "--as", clerk.account)

    found = json.loads(told[1])
    assert (found["case"], found["is_over"], len(found["persons"])) == (case.number, False, 3)
    assert (by_person[0], case.number in by_person[1]) == (0, True)
    assert person["id_number"] not in told[1] + by_person[1]
    assert (refused, shut[0], "授权已撤回" in shut[2]) == ([1, 1, 1], 1, True)
    looks = Entry.objects.filter(action="verification.report_viewed", actor_id=str(clerk.pk))
    assert looks.count() == 2


def test_an_answer_is_taken_in_line_by_line_and_stands_in_the_next_report(case, desk):
    letter = asked(case)
    address = f"/desk/outside/{letter.pk}/"
    deliver_all()
    lines = OutsideAnswer.objects.filter(outside=letter).order_by("place")
    half = {"state_1": "record", "as_of_1": "2022-05-08", "words_1": "活期", "yuan_1": "1200.50"}
    rest = {f"state_{n.place}": "no_record" for n in lines[1:]}
    rest |= {f"as_of_{n.place}": "2022-05-08" for n in lines[1:]}

    some = desk.post(address, half | {"who": "演示银行，王某"})
    whole = desk.post(address, half | rest | {"who": "演示银行，王某"})
    again = desk.post(address, half | rest | {"who": "演示银行，王某"})

    assert (some.status_code, whole.status_code, again.status_code) == (422, 302, 422)
    told = [i for i in items_of(case) if i["item"].startswith("F01")]
    assert [i["state"] for i in told] == ["record", "no_record", "no_record"]
    assert told[0]["rows"] == [{"内容": "活期", "金额": "1200.50"}]
    page = desk.get(f"/desk/cases/{case.pk}/report/").content.decode()
    assert "演示银行汉台支行" in page
    assert "1200.50" in page


def test_an_answer_comes_by_table_and_who_took_leave_back_is_left_out(case, desk):
    letter = asked(case)
    withdrawn(case)
    text = "行号,结果,数据截至日,内容,金额\n1,有记录,2022-05-08,定期,3000\n"
    text += "2,有记录,2022-05-08,活期,1\n3,无记录,2022-05-08,,\n"
    bad = text.replace("3,无记录", "9,无记录")

    def send(table):
        file = io.BytesIO(table.encode())
        file.name = "reply.csv"
        given = {"by": "table", "who": "演示银行，王某", "file": file}
        return desk.post(f"/desk/outside/{letter.pk}/", given).status_code

    assert (send(bad), send(text)) == (422, 302)
    states = OutsideAnswer.objects.filter(outside=letter).order_by("place")
    assert list(states.values_list("state", flat=True)) == ["record", "not_returned", "no_record"]


def test_a_silent_bank_is_reminded_once_and_stays_not_returned(case, desk, clock):
    asked(case, "province", ("P01", "P02"))
    clock.shift(dt.timedelta(days=21))

    said = [remind_outside(at=now()), remind_outside(at=now())]
    desk = browser_of(office(case.town).clerk)
    desk.post(f"/desk/cases/{case.pk}/report/")
    deliver_all()

    assert said == [1, 0]
    assert "已催" in desk.get("/desk/outside/").content.decode()
    told = [i["state"] for i in items_of(case) if i["item"][0] == "P"]
    assert set(told) == {"not_returned"}


def test_the_household_reads_who_opened_its_report_and_a_late_print_says_it_is_over(
    case, desk, clock
):
    desk.get(f"/desk/cases/{case.pk}/report/")
    phone = browser_of_phone(case.application.phone.open())
    seen = phone.get(f"/track/cases/{case.pk}/who/")
    clock.shift(dt.timedelta(days=120))
    later = browser_of(office(case.town).clerk).get(f"/desk/cases/{case.pk}/report/")

    assert Entry.objects.filter(action="verification.report_viewed").count() == 2
    assert "看了核对报告" in seen.content.decode()
    assert "已过有效期" in later.content.decode()
