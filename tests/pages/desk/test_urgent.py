"""急难救助 at the desk: what waits comes first, each verb on its page, 176 people on one list."""

import datetime as dt
from uuid import uuid4

import pytest

from doudi.audit.models import Entry
from doudi.clock.time import now
from doudi.outbox.deliver import deliver_all
from doudi.urgent.models import Advance, DutyShift, GatheredPerson, Gathering, HelpCall
from tests.urgent.conftest import ACCOUNT, TOWN, ZHANG, desk, raised, roster, visited

pytestmark = pytest.mark.django_db
__all__ = ["desk", "roster"]


def act(browser, call, verb, **data):
    """Sends the form of a verb with the version that counts now."""
    call.refresh_from_db()
    return browser.post(f"/desk/urgent/{call.pk}/act/{verb}/", {"version": call.version} | data)


MONEY = {
    "amount": "6,000",
    "reason": "押金缺口大",
    "manner": "account",
    "payee_name": "张德福",
    "payee_id_number": ZHANG,
    "bank": "演示农商银行",
    "account": ACCOUNT,
}


def test_from_the_ringing_to_the_notice_on_the_pages(roster, sign_in, clock):
    call = raised()
    clerk = sign_in(roster.clerk)
    assert "▲ 10分钟内接听" in clerk.get("/desk/urgent/").content.decode()

    act(clerk, call, "take")
    clock.shift(dt.timedelta(hours=12))
    clerk = sign_in(roster.clerk)
    when = now().strftime("%Y-%m-%dT%H:%M")
    pair = [str(roster.clerk.pk), str(roster.review.pk)]
    act(clerk, call, "record_visit", visited_at=when, visitors=pair, findings="住院属实")
    page = clerk.get(f"/desk/urgent/{call.pk}/act/propose/").content.decode()
    assert "建议 3,930.00 元" in page
    act(clerk, call, "propose", **MONEY)
    assert "▲ 60分钟内签批" in sign_in(roster.officer).get("/desk/urgent/").content.decode()
    assert act(sign_in(roster.officer), call, "sign").status_code == 302
    deliver_all()

    clerk = sign_in(roster.clerk)
    page = clerk.get(f"/desk/urgent/{call.pk}/").content.decode()
    assert "已到账" in page
    assert "2022年3月30日" in page
    papers = [str(p.pk) for p in Advance.objects.get().papers.all()]
    act(clerk, call, "take_papers", papers=papers)
    act(clerk, call, "hang_notice")
    assert Advance.objects.get().notice_until == dt.date(2022, 3, 19)


def test_the_town_may_not_sign_above_its_limit(roster, sign_in, clock):
    call = visited(roster, clock)
    act(sign_in(roster.clerk), call, "propose", **MONEY)

    answer = act(sign_in(roster.head), call, "sign")

    assert answer.status_code == 403
    assert Advance.objects.get().signed_at is None


def test_what_was_typed_stays_when_the_proposal_is_wrong(roster, sign_in, clock):
    call = visited(roster, clock)

    answer = act(sign_in(roster.clerk), call, "propose", **MONEY | {"account": "1", "reason": ""})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "与建议金额不一致，请写明理由" in page
    assert "请核对账号" in page
    assert "演示农商银行" in page


def test_a_page_that_is_overtaken_says_so_and_keeps_the_words(roster, sign_in, clock):
    call = visited(roster, clock)
    browser = sign_in(roster.clerk)

    answer = browser.post(
        f"/desk/urgent/{call.pk}/act/refer/", {"version": call.version - 1, "where": "救助站老李"}
    )

    assert answer.status_code == 409
    assert "救助站老李" in answer.content.decode()


def test_the_phone_is_masked_until_it_is_asked_for_and_that_is_journalled(roster, sign_in):
    call = raised()
    browser = sign_in(roster.clerk)

    masked = browser.get(f"/desk/urgent/{call.pk}/").content.decode()
    opened = browser.post(f"/desk/urgent/{call.pk}/contact/").content.decode()

    assert "12900000021" not in masked
    assert "张德福" not in masked
    assert "12900000021" in opened
    assert Entry.objects.filter(action="urgent.contact_revealed").count() == 1


def test_another_county_sees_nothing(roster, sign_in):
    call = raised()
    browser = sign_in(roster.elsewhere)

    assert call.number not in browser.get("/desk/urgent/").content.decode()
    assert browser.get(f"/desk/urgent/{call.pk}/").status_code == 404
    assert act(browser, call, "take").status_code == 404


def test_a_second_relief_for_the_same_cause_is_a_warning_and_no_refusal(roster, sign_in, clock):
    first = visited(roster, clock)
    act(sign_in(roster.clerk), first, "propose", **MONEY)
    act(sign_in(roster.officer), first, "sign")
    second = visited(roster, clock)

    page = sign_in(roster.clerk).get(f"/desk/urgent/{second.pk}/act/propose/").content.decode()
    answer = act(sign_in(roster.clerk), second, "propose", **MONEY | {"manner": "cash"})

    assert first.number in page
    assert answer.status_code == 302


PEOPLE = "\n".join(f"周{chr(0x4E00 + n)}某\t河南周口\t住宿、饮食\t120" for n in range(176))


def test_176_stranded_people_are_written_down_in_one_go(roster, sign_in):
    browser = sign_in(roster.clerk)
    browser.post(
        "/desk/urgent/lists/",
        {"town": TOWN, "place": "火车站", "cause": "大雪停运", "on": "2022-03-15"},
    )
    found = Gathering.objects.get()

    answer = browser.post(f"/desk/urgent/lists/{found.pk}/", {"people": PEOPLE})

    page = browser.get(f"/desk/urgent/lists/{found.pk}/").content.decode()
    assert answer.status_code == 302
    assert GatheredPerson.objects.count() == 176
    assert "共176人" in page
    assert "21,120.00" in page


def test_a_list_with_a_wrong_line_stays_in_the_field_and_nobody_is_written(roster, sign_in):
    browser = sign_in(roster.clerk)
    browser.post(
        "/desk/urgent/lists/",
        {"town": TOWN, "place": "火车站", "cause": "大雪停运", "on": "2022-03-15"},
    )
    found = Gathering.objects.get()

    answer = browser.post(f"/desk/urgent/lists/{found.pk}/", {"people": "王强\n610799"})

    assert answer.status_code == 422
    assert "第2行" in answer.content.decode()
    assert "王强\n610799" in answer.content.decode()
    assert not GatheredPerson.objects.exists()


def test_an_officer_writes_down_a_call_and_a_head_makes_the_roster(roster, sign_in):
    form = {
        "token": str(uuid4()),
        "kind": "fire",
        "region": TOWN,
        "phone": "12900000022",
        "persons": "4",
    }
    answer = sign_in(roster.clerk).post("/desk/urgent/new/", form)
    head = sign_in(roster.head)
    before = DutyShift.objects.count()
    head.post(
        "/desk/urgent/roster/",
        {"officer": str(roster.clerk.pk), "weekday": "0", "from_hour": "8", "to_hour": "18"}
        | {"order": "2"},
    )

    assert answer.status_code == 302
    assert HelpCall.objects.get().channel == "desk"
    assert DutyShift.objects.count() == before + 1
    shift = DutyShift.objects.filter(region=TOWN).last()
    assert head.post(f"/desk/urgent/roster/{shift.pk}/drop/").status_code == 302
    assert DutyShift.objects.count() == before


def test_the_workbench_counts_what_nobody_answered(roster, sign_in):
    raised()

    assert "急事没人接听" in sign_in(roster.head).get("/desk/").content.decode()


def test_pages_need_few_queries(roster, sign_in, clock, django_assert_max_num_queries):
    call = visited(roster, clock)
    act(sign_in(roster.clerk), call, "propose", **MONEY)
    act(sign_in(roster.officer), call, "sign")
    for phone in range(3):
        raised(phone=f"1290000003{phone}")
    browser = sign_in(roster.clerk)
    deliver_all()

    with django_assert_max_num_queries(12):
        browser.get("/desk/urgent/")
    with django_assert_max_num_queries(12):
        browser.get(f"/desk/urgent/{call.pk}/")
    with django_assert_max_num_queries(12):
        browser.get(f"/desk/urgent/{call.pk}/act/take_papers/")
