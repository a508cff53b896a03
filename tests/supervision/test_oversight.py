"""Tips, slips and flags: who tells is protected, who errs in good faith is, and limits are seen."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from doudi.accounts.permissions import Role
from doudi.audit.models import Entry
from doudi.cases.models import Assessment, Decision
from doudi.clock.time import now, today
from doudi.kernel.errors import Invalid, NotAllowed, NotFound, WrongStage
from doudi.notices.models import Message
from doudi.supervision import worklist
from doudi.supervision.actions.answer_tip import answer_tip
from doudi.supervision.actions.check_tip import check_tip
from doudi.supervision.actions.decide_slip import decide_slip
from doudi.supervision.actions.file_slip import file_slip
from doudi.supervision.actions.file_tip import Told, file_tip
from doudi.supervision.actions.flag_decision import flag_decision, kinds_of
from doudi.supervision.actions.see_flag import see_flag
from doudi.supervision.models import Check, Flag, Slip
from tests.factories.cases import office, staff
from tests.house.scene import browser_of

pytestmark = pytest.mark.django_db
ANSWER = "已入户核实，出租门面属实，已交镇里重新核定。"
TOLD = {"name": "演示举报人", "phone": "12900007777", "text": "他家在街上有门面出租，没有申报。"}


def told(**more: str) -> Told:
    return Told(**{**TOLD, **more})


# --- tips ----------------------------------------------------------------------------------


def test_a_tip_is_answered_by_a_day_and_the_teller_reads_it_with_his_code(county):
    tip = file_tip("610702", told(), at=now())

    answer_tip(tip.pk, ANSWER, by=county.first, at=now())

    page = Client().get(f"/tip/{tip.tracking.open()}/").content.decode()
    assert ANSWER in page
    assert TOLD["text"] not in page
    assert tip.due_on > today()
    assert Message.objects.filter(subject=f"tip:{tip.pk}").count() == 1


def test_whoever_is_named_in_a_tip_finds_no_such_thing(county):
    tip = file_tip("610702", told(about="县民政局何一"), at=now())

    seen = [worklist.tips_for(who, today()) for who in (county.first, county.second)]

    assert [len(rows) for rows in seen] == [0, 1]
    with pytest.raises(NotFound):
        answer_tip(tip.pk, ANSWER, by=county.first, at=now())
    assert browser_of(county.first).get(f"/desk/tips/{tip.pk}/").status_code == 404


def test_where_all_of_a_county_are_named_the_city_answers(county):
    tip = file_tip("610702", told(text="何一和何二一起照顾亲戚，大家都知道。"), at=now())

    assert tip.office == "610700"
    assert [t.pk for t in worklist.tips_for(county.bureau, today())] == [tip.pk]


def test_whoever_worked_on_the_case_does_not_see_the_tip_about_it(confirmed, county):
    tip = file_tip("610702", told(number=confirmed.number), at=now())

    assert set(tip.hidden_from) >= {str(office().clerk.pk), str(office().head.pk)}


def test_what_county_officers_of_elsewhere_see(county):
    tip = file_tip("610702", told(), at=now())

    assert worklist.tips_for(county.other, today()) == []
    with pytest.raises(NotAllowed):
        answer_tip(tip.pk, ANSWER, by=county.other, at=now())


def test_neither_page_nor_journal_tells_who_told(county):
    tip = file_tip("610702", told(), at=now())
    browser = browser_of(county.first)

    page = browser.get(f"/desk/tips/{tip.pk}/").content.decode()
    shown = browser.post(f"/desk/tips/{tip.pk}/who/", {"purpose": "contact"}).content.decode()

    lines = list(Entry.objects.filter(subject=f"tip:{tip.pk}").order_by("id"))
    assert TOLD["name"] not in page
    assert TOLD["phone"] in shown
    assert [e.action for e in lines] == ["tip.filed", "tip.viewed", "tip.teller_revealed"]
    assert TOLD["name"] not in str([vars(e) for e in lines])
    assert lines[0].actor_id == ""


def test_a_check_that_a_tip_opened_looks_like_any_other(confirmed, county):
    tip = file_tip("610702", told(number=confirmed.number), at=now())

    check = check_tip(tip.pk, by=county.first, at=now())

    assert (check.ground, check.why) == ("chosen", "")


@pytest.mark.parametrize("gap", ["name", "phone", "text"])
def test_a_tip_under_a_name_needs_the_name_a_phone_and_words(city, gap):
    with pytest.raises(Invalid) as refusal:
        file_tip("610702", told(**{gap: ""}), at=now())

    assert set(refusal.value.fields) == {gap}


# --- slips ---------------------------------------------------------------------------------

WHAT, MENDED = "入户日期录错了一天，已经确认。", "当天发现，已报审核人改正并告知申请人。"


def test_an_officer_tells_his_error_and_the_county_excuses_it(confirmed, county):
    slip = file_slip(confirmed.pk, WHAT, MENDED, by=office().clerk, at=now())

    decide_slip(slip.pk, True, "没有影响，已纠正", by=county.first, at=now())

    slip.refresh_from_db()
    assert slip.state == "excused"
    with pytest.raises(WrongStage):
        decide_slip(slip.pk, False, "再看一遍", by=county.second, at=now())


@pytest.mark.parametrize("gap", ["what", "mended"])
def test_no_number_of_a_person_stands_in_an_error_that_is_told(confirmed, gap):
    words = {"what": WHAT, "mended": MENDED}
    words[gap] += "身份证号610799197402110014"

    with pytest.raises(Invalid) as refusal:
        file_slip(confirmed.pk, **words, by=office().clerk, at=now())

    assert list(refusal.value.fields) == [gap]


def test_nobody_tells_errors_of_others_or_excuses_himself(confirmed, county):
    with pytest.raises(NotAllowed):
        file_slip(confirmed.pk, WHAT, MENDED, by=county.head, at=now())
    slip = file_slip(confirmed.pk, WHAT, MENDED, by=office().clerk, at=now())

    with pytest.raises(IntegrityError), transaction.atomic():
        Slip.objects.filter(pk=slip.pk).update(decided_by_id=slip.by_id)
    with pytest.raises(NotAllowed):
        decide_slip(slip.pk, True, "自己认定", by=office().clerk, at=now())


# --- flags ---------------------------------------------------------------------------------


def test_an_ordinary_decision_has_no_flag(confirmed):
    assert not Flag.objects.filter(case=confirmed).exists()


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("limit", {"once_fen": 600_001}),
        ("hours", {"at": dt.datetime(2022, 5, 17, 14, 0, tzinfo=dt.UTC)}),
    ],
)
def test_a_decision_beyond_is_flagged_by_what_is_beyond(confirmed, kind, change):
    made = Decision.objects.get(case=confirmed)
    for field, value in change.items():
        setattr(made, field, value)
    made.save()

    flag = flag_decision(made.pk)

    assert flag is not None
    assert kind in flag.kinds
    assert flag_decision(made.pk) is None


def test_against_the_proposal_is_shown_with_the_reason_and_the_limit_itself_is_within(confirmed):
    made = Decision.objects.get(case=confirmed)
    Assessment.objects.filter(case=confirmed).update(recommended="borderline", reason="一事一议")
    Decision.objects.filter(pk=made.pk).update(once_fen=600_000)

    flag = flag_decision(made.pk)

    assert (flag.kinds, flag.reason) == (["against"], "一事一议")


def test_without_a_notice_that_was_over_it_is_flagged(confirmed):
    confirmed.publicnotices.update(until_on=today() + dt.timedelta(days=30))

    assert kinds_of(Decision.objects.get(case=confirmed)) == ["notice"]


def test_the_county_reads_a_flag_once_and_may_open_a_check(confirmed, county):
    Assessment.objects.filter(case=confirmed).update(recommended="borderline")
    flag = flag_decision(Decision.objects.get(case=confirmed).pk)

    see_flag(flag.pk, "理由充分，但要入户看", check=True, by=county.first, at=now())

    assert Check.objects.filter(case=confirmed).count() == 1
    with pytest.raises(WrongStage):
        see_flag(flag.pk, "又看一次", check=False, by=county.second, at=now())


# --- the workbench -------------------------------------------------------------------------


def test_each_number_of_the_workbench_is_the_length_of_its_list(confirmed, county):
    Assessment.objects.filter(case=confirmed).update(recommended="borderline")
    flag_decision(Decision.objects.get(case=confirmed).pk)
    file_slip(confirmed.pk, WHAT, MENDED, by=office().clerk, at=now())

    lines, sums = worklist.by_place(county.first, today(), 9)
    lists = {kind: len(worklist.listed(kind, county.first, today(), "")) for kind in sums}

    assert sums == {"flags": 1, "slips": 1} == lists
    assert [line.code for line in lines] == [confirmed.town]
    assert worklist.by_place(county.other, today(), 9) == ([], {})


def test_the_workbench_needs_few_queries(confirmed, county, django_assert_max_num_queries):
    browser = browser_of(county.first)

    with django_assert_max_num_queries(12):
        page = browser.get("/desk/oversight/")

    assert page.status_code == 200


def test_the_city_sees_counties(confirmed, county):
    file_slip(confirmed.pk, WHAT, MENDED, by=office().clerk, at=now())

    page = browser_of(staff("city.two", Role.CITY_OFFICER, "610700")).get("/desk/oversight/")

    assert "?at=610702" in page.content.decode()
