"""The Ren family through the desk's own pages, by three officers, to 1,670.00 yuan a month."""

import datetime as dt

import pytest

from doudi.cases.actions.object import object_to
from doudi.cases.models import Case
from doudi.cases.queries import newest_assessment
from doudi.clock.time import now
from doudi.demo import records
from doudi.outbox.deliver import deliver_all
from tests.factories.cases import case_at, ren_declaration, submitted

pytestmark = pytest.mark.django_db
WORDS = "情况属实，符合条件，拟同意。"


@pytest.fixture
def desk(town, sign_in):
    """Posts a form of a case as one of the officers, with the version that the page shows."""

    def act(case, verb, by, **data):
        version = Case.objects.get(pk=case.pk).version
        path = "assess/" if verb == "assess" else f"act/{verb}/"
        browser = sign_in(getattr(town, by))
        answer = browser.post(f"/desk/cases/{case.pk}/{path}", {"version": version} | data)
        deliver_all()
        return answer

    return act


@pytest.fixture
def visit(town):
    """What the visit form sends when nothing differs but the wife's wage."""
    return {
        "on": "2022-05-09",
        "visitors": [str(town.clerk.pk), str(town.reviewer.pk)],
        "present": "申请人本人",
        "home": "租住安置房，家具简单",
        "conclusion": "true",
        "v-1-income-0": "27,828",
        "v-1-expenses-0": "9600",
        "v-2-expenses-0": "8400",
        "money": "3000",
    }


def test_three_officers_take_a_case_from_acceptance_to_confirmation(clock, desk, visit):
    records.write(ren_declaration())
    case = submitted()

    answers = [
        desk(case, "accept", "clerk"),
        desk(case, "record_visit", "clerk", **visit),
        desk(case, "assess", "clerk", chosen="dibao"),
        desk(case, "review", "reviewer", text=WORDS),
        desk(case, "publish_notice", "clerk"),
    ]
    clock.shift(dt.timedelta(days=8))
    answers.append(desk(case, "confirm", "head"))

    assert [a.status_code for a in answers] == [302] * 6
    case.refresh_from_db()
    assert case.stage == "confirmed"
    assert newest_assessment(case).monthly_fen == 167_000


def test_the_confirmed_case_shows_amount_formula_and_standard(clock, desk, visit, town, sign_in):
    records.write(ren_declaration())
    case = submitted()
    desk(case, "accept", "clerk")
    desk(case, "record_visit", "clerk", **visit)
    desk(case, "assess", "clerk", chosen="dibao")

    page = sign_in(town.reviewer).get(f"/desk/cases/{case.pk}/").content.decode()

    assert "1,670.00" in page
    assert "655.00×3=1,965.00" in page
    assert "最低生活保障审核确认办法" in page


def test_a_value_changed_at_the_visit_counts_and_is_marked(clock, desk, visit, town, sign_in):
    case = submitted()
    desk(case, "accept", "clerk")

    desk(case, "record_visit", "clerk", **visit | {"v-1-income-0": "30000"})

    page = sign_in(town.clerk).get(f"/desk/cases/{case.pk}/").content.decode()
    assert "工资 30,000.00" in page
    assert "申报 工资 27,828.00" in page
    assert '<span class="tag visited">入户</span>' in page


def test_a_visit_by_one_person_is_refused_and_nothing_typed_is_lost(clock, desk, visit, town):
    case = submitted()
    desk(case, "accept", "clerk")

    answer = desk(case, "record_visit", "clerk", **visit | {"visitors": [str(town.clerk.pk)]})

    assert answer.status_code == 422
    assert "两名以上调查人" in answer.content.decode()
    assert "租住安置房，家具简单" in answer.content.decode()


def test_the_clerk_who_assessed_finds_no_review_form(clock, desk, visit):
    case = submitted()
    desk(case, "accept", "clerk")
    desk(case, "record_visit", "clerk", **visit)
    desk(case, "assess", "clerk", chosen="dibao")

    answer = desk(case, "review", "clerk", text=WORDS)

    assert answer.status_code == 403


def test_another_choice_than_the_recommended_needs_a_reason(clock, desk, visit):
    case = submitted()
    desk(case, "accept", "clerk")
    desk(case, "record_visit", "clerk", **visit)

    answer = desk(case, "assess", "clerk", chosen="")

    assert answer.status_code == 422
    assert "请写明理由" in answer.content.decode()


def test_missing_papers_are_told_at_once_with_ready_words(clock, desk):
    case = submitted()

    desk(case, "ask_for_more", "clerk", papers=["permit", "medical"], other_1="租房合同")

    case.refresh_from_db()
    told = case.supplements.get().items
    assert case.stage == "awaiting_papers"
    assert [item["what"] for item in told] == ["居住证", "医疗费票据", "租房合同"]


def test_a_found_value_is_adopted_with_a_reason_and_not_what_the_form_claims(
    clock, desk, town, sign_in
):
    declaration = ren_declaration()
    records.write(declaration)
    declaration["members"][1]["expenses"] = [{"kind": "medical_own", "yuan": "5000"}]
    case = submitted(declaration)
    desk(case, "accept", "clerk")
    case.refresh_from_db()

    form = {"version": case.version, "path": "members[1].expenses.medical_own", "found": "1.00"}
    answer = sign_in(town.clerk).post(
        f"/desk/cases/{case.pk}/adopt/", form | {"reason": "医保结算单已核实"}
    )

    case.refresh_from_db()
    assert answer.status_code == 302
    assert case.facts.open()["members"][1]["expenses"] == [
        {"kind": "medical_own", "yuan": "9600.00"}
    ]
    assert case.origins["members[1].expenses"] == "verified"


def test_pausing_and_resuming_moves_the_last_day(clock, desk):
    case = submitted()
    desk(case, "accept", "clerk")
    before = Case.objects.get(pk=case.pk).due_on

    desk(case, "pause", "clerk", reason="核对未返回", note="等公积金")
    clock.shift(dt.timedelta(days=2))
    desk(case, "resume", "clerk")

    case.refresh_from_db()
    assert case.due_on == before + dt.timedelta(days=2)


def test_an_objection_is_answered_before_anybody_confirms(clock, desk, town, sign_in):
    case = case_at("noticed", clock)
    objection = object_to(case.publicnotices.get().pk, "这家有一辆小汽车。", "", at=now())
    page = sign_in(town.reviewer).get(f"/desk/cases/{case.pk}/act/answer_objection/")

    answer = desk(
        case,
        "answer_objection",
        "reviewer",
        objection=str(objection.pk),
        upheld="no",
        answer="车辆登记在邻居名下，异议不成立。",
    )

    objection.refresh_from_db()
    assert "这家有一辆小汽车。" in page.content.decode()
    assert answer.status_code == 302
    assert objection.upheld is False


def test_before_the_notice_is_over_there_is_no_button_to_confirm(clock, desk, town, sign_in):
    case = case_at("noticed", clock)

    page = sign_in(town.head).get(f"/desk/cases/{case.pk}/act/confirm/").content.decode()
    answer = desk(case, "confirm", "head")

    assert "期满才能确认" in page
    assert "签署确认决定</button>" not in page
    assert answer.status_code == 422


def test_the_form_says_what_will_happen_to_whom_and_under_which_clause(clock, town, sign_in):
    case = case_at("noticed", clock)

    page = sign_in(town.head).get(f"/desk/cases/{case.pk}/act/refuse/?t=0").content.decode()

    assert "3个工作日内书面告知" in page
    assert "申请人（不予确认告知书）" in page
    assert "《最低生活保障审核确认办法》第21条" in page
    assert "不符合《最低生活保障审核确认办法》第十三条规定的条件" in page


def test_the_calculation_shows_both_ways_every_clause_and_what_is_not_verified(
    clock, town, sign_in
):
    case = case_at("visited", clock)
    browser = sign_in(town.clerk)

    page = browser.get(f"/desk/cases/{case.pk}/assess/").content.decode()
    without = browser.get(f"/desk/cases/{case.pk}/assess/?deduct=0").content.decode()

    assert "18,000.00" in page
    assert "推定，未经本地核实" in page
    assert "自" in page
    assert "单人保" in page
    assert "不扣减（仅作比较）" in without
