"""What a resident may do about a result, an officer, a look, and what is held about him."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from doudi.accounts.permissions import Role
from doudi.cases.models import Case, Pause
from doudi.clock.time import now
from doudi.kernel.resident_id import check_digit
from doudi.outbox.deliver import deliver_all
from doudi.redress.actions.answer_appeal import answer_appeal
from doudi.redress.models import Appeal, ChangeReport, Complaint, Rating
from doudi.verification.catalog.items import agencies
from doudi.verification.models import Consent
from tests.factories.cases import NUMBERS, case_at, office, ren_declaration, staff, submitted
from tests.house.scene import browser_of, browser_of_phone
from tests.pages.portal.conftest import PHONE, WIFE, prove

pytestmark = pytest.mark.django_db
STRANGER = "12900000099"
WORDS = "工资单是去年的，请按今年的再看一次。"
MOST_QUERIES, MOST_BYTES = 12, 60_000


@pytest.fixture
def mine(client, clock, city):
    """The refused Ren family on its phone."""
    case = case_at("refused", clock)
    prove(client, PHONE)
    return client, case


def at(case: Case, page: str) -> str:
    return f"/track/cases/{case.pk}/{page}"


PAGES = ("appeal/", "who/", "rate/", "complain/", "changes/", "changes/income/")


@pytest.mark.parametrize("page", PAGES)
def test_somebody_elses_case_is_not_there(mine, clock, page):
    _client, case = mine
    other = browser_of_phone(STRANGER)

    states = [other.get(at(case, page)).status_code, other.post(at(case, page), {}).status_code]

    assert set(states) <= {404, 405}
    assert 404 in states


@pytest.mark.parametrize("page", PAGES)
def test_without_the_phone_code_a_page_leads_to_the_sign_in(mine, page):
    _client, case = mine

    answer = Client().get(at(case, page))

    assert answer.url.startswith("/track/sign-in/")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_light_and_asks_little(mine, page):
    client, case = mine
    client.get(at(case, page))

    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(at(case, page))

    assert answer.status_code == 200
    assert len(answer.content) < MOST_BYTES
    assert len(asked) <= MOST_QUERIES, [q["sql"][:90] for q in asked]


# --- appeal --------------------------------------------------------------------------------


def test_the_result_page_says_until_when_one_may_appeal_and_the_letter_says_the_same(mine):
    client, case = mine

    page = client.get(at(case, "")).content.decode()
    appeal = client.get(at(case, "appeal/")).content.decode()

    assert "2022年7月8日" in page  # 60 days after 2022-05-09
    assert "2022年7月8日" in appeal
    assert "汉台区民政局" in appeal


def test_an_appeal_is_taken_once_and_shown_with_its_last_day(mine):
    client, case = mine

    first = client.post(at(case, "appeal/"), {"text": WORDS})
    second = client.post(at(case, "appeal/"), {"text": WORDS})
    page = client.get(at(case, "appeal/")).content.decode()

    assert (first.status_code, second.status_code) == (302, 409)
    assert Appeal.objects.count() == 1
    assert "2022年5月30日" in page
    assert "<textarea" not in page


def test_an_empty_appeal_is_sent_back_with_a_sentence(mine):
    client, case = mine

    answer = client.post(at(case, "appeal/"), {"text": ""})

    assert answer.status_code == 422
    assert "请写明您不同意什么" in answer.content.decode()


def test_a_late_appeal_is_taken_with_a_warning(mine, clock):
    client, case = mine
    clock.shift(dt.timedelta(days=61))
    prove(client, PHONE)

    page = client.get(at(case, "appeal/")).content.decode()
    client.post(at(case, "appeal/"), {"text": WORDS})

    assert "已经过了" in page
    assert Appeal.objects.get().late


def test_an_open_case_offers_no_appeal(client, clock, city):
    case = case_at("accepted", clock)
    prove(client, PHONE)

    answer = client.get(at(case, "appeal/"))

    assert answer.status_code == 404
    assert "/appeal/" not in client.get(at(case, "")).content.decode()


def test_the_answer_stays_readable_after_the_case_goes_on(mine):
    client, case = mine
    client.post(at(case, "appeal/"), {"text": WORDS})
    officer = staff("hantai.redress", Role.COUNTY_OFFICER, "610702", "何主任")
    answer_appeal(
        Appeal.objects.get().pk, True, "核实后按今年的收入重新核定。", by=officer, at=now()
    )
    deliver_all()

    page = client.get(at(case, "")).content.decode()
    answer = client.get(at(case, "appeal/")).content.decode()

    assert "/appeal/" in page
    assert "核实后按今年的收入重新核定" in answer


# --- who looked ----------------------------------------------------------------------------


def test_every_look_and_every_value_shown_is_listed_with_office_post_and_purpose(mine):
    client, case = mine
    desk = office(case.town)
    browser_of(desk.reviewer).get(f"/desk/cases/{case.pk}/")
    told = {"field": "id_number", "member": "m1", "purpose": "visit"}
    browser_of(desk.clerk).post(f"/desk/cases/{case.pk}/reveal/", told)

    page = client.get(at(case, "who/")).content.decode()

    assert "看了完整信息 · 身份证号" in page
    assert "入户调查" in page
    assert "七里街道" in page
    assert "镇（街道）审核人" in page or "镇（街道）审核人" in page
    assert desk.reviewer.name in page
    assert "12个部门" in page
    assert all(agency["zh"] in page for agency in agencies().values())


def test_looks_at_another_household_are_not_in_it(mine, clock):
    client, case = mine
    others = submitted(_other_family())
    browser_of(office(case.town).reviewer).get(f"/desk/cases/{others.pk}/")

    page = client.get(at(case, "who/")).content.decode()

    assert "看了办件" not in page


def test_many_looks_are_paged_and_cost_no_more_queries(mine):
    client, case = mine
    browser = browser_of(office(case.town).reviewer)
    for _look in range(45):
        browser.get(f"/desk/cases/{case.pk}/")

    with CaptureQueriesContext(connection) as asked:
        first = client.get(at(case, "who/")).content.decode()

    assert first.count("看了办件") == 1
    assert "20次" in first
    assert "?page=2" in first
    assert len(asked) <= MOST_QUERIES


# --- authorisation -------------------------------------------------------------------------


def test_what_follows_is_told_before_and_a_receipt_is_given_after(client, clock, city):
    case = case_at("accepted", clock)
    prove(client, PHONE)
    own = Consent.objects.get(ref=case.application_id, member_key="m1")

    before = client.get(f"/track/consents/{own.pk}/withdraw/").content.decode()
    after = client.post(f"/track/consents/{own.pk}/withdraw/").content.decode()
    deliver_all()

    own.refresh_from_db()
    case.refresh_from_db()
    assert "不会因此自动拒绝" in before
    assert "撤回回执" in after
    assert own.withdrawn_at
    assert case.stage == "accepted"
    assert Pause.objects.get(case=case).until_on is None


def test_only_the_own_signature_can_be_taken_back(client, clock, city):
    case = case_at("accepted", clock)
    prove(client, PHONE)
    wife = Consent.objects.get(ref=case.application_id, member_key="m2")
    own = Consent.objects.get(ref=case.application_id, member_key="m1")

    states = [
        client.post(f"/track/consents/{wife.pk}/withdraw/").status_code,
        browser_of_phone(STRANGER).post(f"/track/consents/{own.pk}/withdraw/").status_code,
    ]

    assert states == [404, 404]
    assert not Consent.objects.filter(withdrawn_at__isnull=False).exists()


# --- rating and complaint ------------------------------------------------------------------


def test_each_ended_part_is_rated_once(mine):
    client, case = mine

    first = client.post(at(case, "rate/"), {"part": "decide", "level": "4", "text": ""})
    again = client.post(at(case, "rate/"), {"part": "decide", "level": "1", "text": ""})

    assert (first.status_code, again.status_code) == (302, 409)
    assert Rating.objects.get().level == 4
    assert Complaint.objects.count() == 0


def test_a_part_that_has_not_ended_cannot_be_rated(client, clock, city):
    case = case_at("accepted", clock)
    prove(client, PHONE)

    answer = client.post(at(case, "rate/"), {"part": "decide", "level": "5", "text": ""})

    assert answer.status_code == 409


def test_a_poor_rating_is_called_back_like_a_complaint(mine):
    client, case = mine

    client.post(at(case, "rate/"), {"part": "visit", "level": "1", "text": "没进门"})

    complaint = Complaint.objects.get()
    assert (complaint.kind, complaint.office) == ("rating", "610702")
    assert complaint.due_on == dt.date(2022, 5, 30)


def test_an_anonymous_complaint_keeps_neither_phone_nor_case_nor_minute(mine, clock):
    client, case = mine
    clock.shift(3600)
    told = {"kind": "delay", "text": "跑了三趟都不办", "named": "no", "about_id": ""}

    answer = client.post(at(case, "complain/"), told, follow=True)

    complaint = Complaint.objects.get()
    assert (complaint.case_id, bool(complaint.contact)) == (None, False)
    assert complaint.filed_at.astimezone(dt.timezone(dt.timedelta(hours=8))).hour == 0
    assert complaint.tracking.open() in answer.content.decode()


def test_the_day_of_a_complaint_is_the_day_it_has_here(client, city):
    told = {
        "county": "610722",
        "kind": "attitude",
        "text": "说话很难听",
        "about": "",
        "contact": "",
    }

    page = client.post("/complain/", told, follow=True).content.decode()

    assert "2022年5月9日" in page


def test_a_public_complaint_goes_to_the_county_that_was_chosen(client, city):
    told = {
        "county": "610722",
        "kind": "attitude",
        "text": "说话很难听",
        "about": "",
        "contact": "",
    }

    answer = client.post("/complain/", told, follow=True)

    assert Complaint.objects.get().office == "610722"
    assert "城固县民政局" in answer.content.decode()


def test_a_wrong_code_of_a_complaint_finds_nothing(client, city):
    assert client.get("/complain/abcdefghjkmnpqrs/").status_code == 404


# --- changes -------------------------------------------------------------------------------


def test_a_change_goes_sealed_to_the_town_and_changes_nothing(client, clock, city):
    case = case_at("confirmed", clock)
    prove(client, PHONE)
    told = {"account": "6210990000000000999", "holder": "任建明", "text": "卡丢了换了新卡"}

    answer = client.post(at(case, "changes/account/"), told)

    report = ChangeReport.objects.get()
    assert answer.status_code == 302
    assert (report.office, report.details.open()["account"]) == (case.town, told["account"])
    assert told["account"].encode() not in bytes(
        ChangeReport.objects.values_list("details", flat=True).get()
    )
    assert (
        Case.objects.get(pk=case.pk).application.declaration.open()["applicant"]["bank"]["account"]
        != (told["account"])
    )


def test_a_strange_kind_of_change_is_not_there(mine):
    client, case = mine

    assert client.get(at(case, "changes/nothing/")).status_code == 404


# --- another household -----------------------------------------------------------------------


def _other_family():
    """The same declaration of other people."""
    fresh = ("61079919800101001", "61079919810202002", "61079920100303002")
    numbers = {
        old: new + check_digit(new) for old, new in zip(NUMBERS.values(), fresh, strict=True)
    }
    names = {"任建明": "赵大山", "周玉兰": "钱小花", "任小雪": "赵小雨"}
    names |= {PHONE: "12900000055", WIFE: "12900000056"}
    text = json.dumps(ren_declaration(), ensure_ascii=False)
    for before, after in {**names, **numbers}.items():
        text = text.replace(before, after)
    return json.loads(text)
