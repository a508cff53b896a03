"""申诉与投诉 at the desk: lists with lights, one answer each, nobody judges his own work."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doudi.accounts.permissions import Role
from doudi.audit.models import Entry
from doudi.clock.time import now
from doudi.outbox.deliver import deliver_all
from doudi.redress.actions.escalate import escalate
from doudi.redress.actions.file_appeal import file_appeal
from doudi.redress.actions.file_complaint import Said, file_complaint
from doudi.redress.actions.report_change import Change, report_change
from tests.factories.cases import case_at, office, staff
from tests.redress.conftest import REASONS, WORDS, owner

pytestmark = pytest.mark.django_db
ACCOUNT = "6210990000000000999"
MOST_QUERIES = 12


@pytest.fixture
def county(city):
    return staff("hantai.redress", Role.COUNTY_OFFICER, "610702", "何主任")


@pytest.fixture
def bureau(city):
    return staff("city.redress", Role.CITY_OFFICER, "610700", "钱科长")


@pytest.fixture
def refused(clock, city):
    return case_at("refused", clock)


@pytest.fixture
def appeal(refused):
    return file_appeal(refused.pk, WORDS, by=owner(refused), at=now())


def text_of(browser, path: str) -> str:
    return browser.get(path).content.decode()


def test_empty_lists_say_what_will_be_there(sign_in, county):
    browser = sign_in(county)

    pages = text_of(browser, "/desk/redress/"), text_of(browser, "/desk/changes/")

    assert "没有申诉" in pages[0]
    assert "没有投诉" in pages[0]
    assert "没有变化报告" in pages[1]


@pytest.mark.parametrize(("days", "word"), [(0, "正常"), (18, "临期"), (22, "超期")])
def test_an_appeal_has_a_light(sign_in, county, appeal, clock, days, word):
    clock.shift(dt.timedelta(days=days))

    page = text_of(sign_in(county), "/desk/redress/")

    assert word in page
    assert "任*明" in page
    assert "任建明" not in page


def test_the_county_sends_a_case_back_and_the_applicant_reads_why(sign_in, county, appeal, refused):
    browser = sign_in(county)

    shown = text_of(browser, f"/desk/redress/appeals/{appeal.pk}/")
    answer = browser.post(
        f"/desk/redress/appeals/{appeal.pk}/", {"upheld": "yes", "answer": REASONS}
    )
    deliver_all()

    refused.refresh_from_db()
    assert WORDS in shown
    assert answer.status_code == 302
    assert refused.stage == "accepted"
    assert "申诉成立" in text_of(browser, f"/desk/redress/appeals/{appeal.pk}/")


def test_an_answer_without_reasons_is_refused_with_a_sentence(sign_in, county, appeal):
    path = f"/desk/redress/appeals/{appeal.pk}/"

    answer = sign_in(county).post(path, {"upheld": "yes", "answer": ""})

    appeal.refresh_from_db()
    assert answer.status_code == 422
    assert "请写明核实情况和理由" in answer.content.decode()
    assert appeal.state == "open"


def test_a_second_answer_is_a_conflict(sign_in, county, appeal):
    browser, path = sign_in(county), f"/desk/redress/appeals/{appeal.pk}/"
    told = {"upheld": "no", "answer": REASONS}

    states = [browser.post(path, told).status_code for _ in range(2)]

    assert states == [302, 409]


def test_who_had_a_hand_in_the_case_sees_no_form_and_cannot_answer(sign_in, appeal, refused):
    head = office(refused.town).head
    head.posts.update(role=Role.COUNTY_OFFICER.value, region_id="610702000000")
    browser, path = sign_in(head), f"/desk/redress/appeals/{appeal.pk}/"

    page = text_of(browser, path)
    answer = browser.post(path, {"upheld": "no", "answer": REASONS})

    assert "<textarea" not in page
    assert answer.status_code == 403


def test_another_county_finds_nothing(sign_in, appeal, refused):
    complaint = file_complaint(refused.county, Said("delay", "跑了三趟都不办"), at=now())
    browser = sign_in(staff("mian.redress", Role.COUNTY_OFFICER, "610725"))

    pages = [
        browser.get(f"/desk/redress/{kind}/{pk}/").status_code
        for kind, pk in (("appeals", appeal.pk), ("complaints", complaint.pk))
    ]

    assert pages == [404, 404]
    assert "没有申诉" in text_of(browser, "/desk/redress/")


def test_the_city_sees_what_is_overdue_and_does_not_answer_for_the_county(
    sign_in, bureau, appeal, clock
):
    before = text_of(sign_in(bureau), "/desk/redress/")
    clock.shift(dt.timedelta(days=22))
    escalate(at=now())
    browser = sign_in(bureau)

    after = text_of(browser, "/desk/redress/")
    page = text_of(browser, f"/desk/redress/appeals/{appeal.pk}/")

    assert "没有申诉" in before
    assert "超期" in after
    assert "<textarea" not in page


def test_a_complaint_shows_no_sender_and_a_contact_only_for_a_purpose(sign_in, county):
    said = Said("money", "有人向我要钱", contact="13800009876")
    complaint = file_complaint("610702", said, at=now())
    browser, path = sign_in(county), f"/desk/redress/complaints/{complaint.pk}/"

    page = text_of(browser, path)
    without = browser.post(f"{path}who/", {})
    with_ = browser.post(f"{path}who/", {"purpose": "contact"})

    assert "13800009876" not in page + without.content.decode()
    assert without.status_code == 422
    assert "13800009876" in with_.content.decode()
    assert Entry.objects.get(action="person.revealed").purpose == "contact"


def test_the_one_it_is_about_gets_not_found(sign_in, county):
    complaint = file_complaint("610702", Said("attitude", "何主任骂人"), at=now())
    path = f"/desk/redress/complaints/{complaint.pk}/"

    browser = sign_in(county)
    states = [
        browser.get(path).status_code,
        browser.post(path, {"answer": REASONS}).status_code,
        browser.post(f"{path}who/", {"purpose": "contact"}).status_code,
    ]

    assert states == [404, 404, 404]
    assert "没有投诉" in text_of(browser, "/desk/redress/")


def test_a_change_shows_its_typed_values_only_for_a_purpose_and_is_answered(sign_in, refused):
    told = Change("account", "换了新卡", details={"account": ACCOUNT})
    report = report_change(refused.pk, told, by=owner(refused), at=now())
    browser = sign_in(office(refused.town).clerk)
    path = f"/desk/changes/{report.pk}/"

    page = text_of(browser, path)
    shown = browser.post(f"{path}details/", {"purpose": "account"}).content.decode()
    wrong = browser.post(path, {"outcome": "noted", "answer": REASONS})
    right = browser.post(path, {"outcome": "called_back", "answer": REASONS})

    assert ACCOUNT not in page
    assert ACCOUNT in shown
    assert (wrong.status_code, right.status_code) == (422, 302)


def test_a_look_at_an_appeal_stands_among_the_looks_at_the_case(sign_in, county, appeal, refused):
    text_of(sign_in(county), f"/desk/redress/appeals/{appeal.pk}/")

    entry = Entry.objects.filter(subject=f"case:{refused.pk}", action="case.viewed").get()

    assert (entry.actor_id, entry.detail) == (str(county.pk), {"tab": "appeal"})


def test_every_page_asks_little(sign_in, county, refused, appeal):
    complaint = file_complaint(refused.county, Said("delay", "跑了三趟都不办"), at=now())
    told = Change("income", "少了一份工资")
    reports = [report_change(refused.pk, told, by=owner(refused), at=now()) for _ in range(20)]
    paths = (
        "/desk/redress/",
        "/desk/changes/",
        f"/desk/redress/appeals/{appeal.pk}/",
        f"/desk/redress/complaints/{complaint.pk}/",
        f"/desk/changes/{reports[0].pk}/",
    )
    browser = sign_in(county)

    asked = {}
    for path in paths:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(path).status_code == 200
        asked[path] = len([q for q in queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))])

    assert {path: n for path, n in asked.items() if n > MOST_QUERIES} == {}
