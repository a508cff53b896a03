"""From a case to its papers: nothing missing, nothing personal by default, everything as stored."""

import datetime as dt

import pytest
from django.conf import settings

from doudi.cases.letters.data import letter_data
from doudi.cases.letters.result import validity
from doudi.cases.models import Assessment, Case, Decision
from doudi.clock.time import CHINA
from doudi.kernel.errors import NotFound
from doudi.paper.fields import missing_fields
from doudi.paper.forms import find_form
from doudi.paper.typst import render
from doudi.regions.models import Region
from doudi.verification.catalog.items import items
from tests.factories.cases import NUMBERS, TOWN, case_at
from tests.paper.reading import read

pytestmark = pytest.mark.django_db

PAGES = {"F01": 3, "F05": 2, "F07-2": 2, "F09": 2}
PAPERS = [
    ("submitted", "F01"),
    ("submitted", "F02"),
    ("accepted", "F04-1"),
    ("awaiting_papers", "F04-2"),
    ("not_accepted", "F04-3"),
    ("visited", "F05"),
    ("accepted", "F07-1"),
    ("visited", "F07-2"),
    ("assessed", "F08-2"),
    ("confirmed", "F09"),
    ("noticed", "F12"),
    ("confirmed", "F13"),
    ("refused", "F13"),
]
PHONE, ACCOUNT = "12900000001", "6210990000000000012"


def printed(data, code):
    """The form as a reader sees it."""
    return read(render(code, data, pack=settings.DOUDI_PACK_DIR))


@pytest.mark.parametrize(("goal", "code"), PAPERS)
def test_a_case_fills_its_paper_and_the_paper_prints(goal, code, clock, city):
    case = case_at(goal, clock)

    data = letter_data(case.pk, code)
    paper = printed(data, code)

    assert missing_fields(find_form(code), data) == []
    assert case.number in paper.text or code in ("F12", "F08-2")
    assert paper.pages == PAGES.get(code, 1)
    assert "演示数据" in paper.text


@pytest.mark.parametrize(("goal", "code"), PAPERS)
def test_no_paper_shows_an_id_number_phone_or_account_by_default(goal, code, clock, city):
    case = case_at(goal, clock)

    text = str(letter_data(case.pk, code)) + printed(letter_data(case.pk, code), code).text

    assert [secret for secret in (*NUMBERS.values(), PHONE, ACCOUNT) if secret in text] == []


def test_a_full_review_sheet_and_authorisation_carry_the_numbers(clock, city):
    case = case_at("confirmed", clock)

    sheet, signed = (letter_data(case.pk, code, full=True) for code in ("F09", "F02"))

    assert [m["id_number"] for m in sheet["members"]] == list(NUMBERS.values())
    assert (sheet["applicant"]["phone"], sheet["applicant"]["account"]) == (PHONE, ACCOUNT)
    assert [s["id_number"] for s in signed["signers"]] == list(NUMBERS.values())


def test_the_review_sheet_stands_on_the_decided_assessment(clock, city):
    case = case_at("confirmed", clock)

    data = letter_data(case.pk, "F09")

    assert (data["monthly_fen"], data["counted_fen"], data["topup_fen"]) == (
        167_000,
        81_900,
        52_400,
    )
    assert [m["work_ability"] for m in data["members"]] == ["部分丧失", "有", "在校"]
    assert data["applicant"]["address"] == "汉台区七里街道博望社区安置小区3号楼2单元501室"
    assert data["recheck_cycle"] == "每半年"


def test_the_public_notice_and_the_result_stay_masked_even_when_full(clock, city):
    case = case_at("confirmed", clock)

    notice, result = (str(letter_data(case.pk, code, full=True)) for code in ("F12", "F13"))

    assert "任*明" in notice
    assert "任建明" not in notice
    assert ACCOUNT not in result
    assert "尾号0012" in result


def test_only_the_two_letters_to_the_applicant_carry_the_tracking_secret(clock, city):
    asked = case_at("awaiting_papers", clock)
    secret = asked.application.tracking.open()

    data = {code: letter_data(asked.pk, code) for code in ("F02", "F04-2")}

    assert data["F04-2"]["qr_text"] == f"{settings.DOUDI_BASE_URL}/q/{secret}"
    assert secret not in str(data["F02"])


def test_the_secret_is_on_no_later_paper(clock, city):
    case = case_at("confirmed", clock)
    secret = case.application.tracking.open()

    carrying = [
        code
        for code in ("F02", "F04-1", "F09", "F12", "F13")
        if secret in str(letter_data(case.pk, code, full=True))
    ]

    assert carrying == ["F04-1"]


def test_the_authorisation_names_the_28_items_and_the_minute_in_china(clock, city):
    case = case_at("submitted", clock)

    data = letter_data(case.pk, "F02")

    assert data["scope"] == [item.zh for item in items()]
    assert len(data["scope"]) == 28
    assert {s["signed_at"] for s in data["signers"]} == {"2022年5月9日 08:00"}


def test_a_paper_signed_before_eight_bears_the_day_of_china(clock, city):
    clock.move_to("2022-05-09T06:30:00+08:00")
    case = case_at("accepted", clock)

    data = letter_data(case.pk, "F04-1")

    assert (data["applied_on"], data["issued_on"]) == ("2022-05-09", "2022-05-09")


def test_the_acceptance_keeps_the_promised_day_when_a_pause_moves_the_last_one(clock, city):
    case = case_at("accepted", clock)
    Case.objects.filter(pk=case.pk).update(due_on="2022-06-30")

    data = letter_data(case.pk, "F04-1")

    assert data["due_on"] == "2022-05-30"


def test_the_granted_letter_says_what_the_decision_stored(clock, city):
    case = case_at("confirmed", clock)
    decision = Decision.objects.get(case=case)

    data = letter_data(case.pk, "F13")

    assert (data["monthly_fen"], data["start_month"]) == (decision.monthly_fen, "2022-06")
    assert len(data["formula"]) == 3
    assert "1,670.00元（壹仟陆佰柒拾元整）" in data["formula"][2]
    assert data["clause"].endswith("第十三条、第二十一条、第二十三条、第二十七条")
    assert (data["review_cycle"], data["next_review"]) == ("每半年", "2022-12")


def test_the_amount_on_the_letter_is_the_stored_one_and_not_computed_again(clock, city):
    case = case_at("confirmed", clock)
    Decision.objects.filter(case=case).update(monthly_fen=123_400)

    data = letter_data(case.pk, "F13")

    assert data["monthly_fen"] == 123_400
    assert "1,234.00" in printed(data, "F13").text


def test_the_refusal_holds_facts_against_clauses_and_names_only_open_roads(clock, city):
    case = case_at("refused", clock)

    data = letter_data(case.pk, "F13")

    assert data["result"] == "refused"
    assert data["reasons"][0]["fact"].startswith("经核对和入户调查")
    assert data["reasons"][0]["clause"].endswith("第二十一条")
    assert [a["name"] for a in data["alternatives"]] == ["临时救助"]
    assert "monthly_fen" not in data


def test_a_refusal_gives_each_stored_reason_its_own_clause(clock, city):
    case = case_at("refused", clock)
    stored = Assessment.objects.get(case=case)
    found = stored.findings.open()
    dibao = next(f for f in found["findings"] if f["programme"] == "dibao")
    dibao |= {"outcome": "ineligible", "reasons": [_too_much()]}
    stored.findings = found
    stored.save(update_fields=["findings"])

    reasons = letter_data(case.pk, "F13")["reasons"]

    assert "30,000.00元，不低于本户低保标准年线23,580.00元" in reasons[1]["fact"]
    assert reasons[1]["clause"].endswith("第十三条")


def _too_much():
    values = {"net_yuan": "30000.00", "limit_yuan": "23580.00"}
    return {
        "code": "income_not_below_standard",
        "document": "DB57",
        "article": "13",
        "values": values,
    }


def test_the_declined_letter_tells_facts_remedies_and_another_road(clock, city):
    case = case_at("not_accepted", clock)

    data = letter_data(case.pk, "F04-3")

    assert data["facts"].startswith("申请人已在外市享受低保")
    assert (data["review_office"], data["court"]) == ("汉台区人民政府", "汉台区人民法院")
    assert [a["name"] for a in data["alternatives"]] == ["临时救助"]


def test_the_request_for_papers_lists_every_item(clock, city):
    case = case_at("awaiting_papers", clock)

    data = letter_data(case.pk, "F04-2")

    assert [(i["what"], i["why"]) for i in data["items"]] == [("残疾人证照片", "照片不清楚")]
    assert all(i["where"] for i in data["items"])


def test_phones_are_those_of_town_county_and_hotline(clock, city):
    Region.objects.filter(pk=TOWN.ljust(12, "0")).update(office_phone="0916-0000001")
    Region.objects.filter(pk="610702000000").update(office_phone="0916-0000012")
    case = case_at("noticed", clock)

    letter, notice = (letter_data(case.pk, code) for code in ("F04-1", "F12"))

    assert (letter["phone"], letter["supervision_phone"]) == ("0916-0000001", "0916-0000012")
    assert [notice[f] for f in ("town_phone", "county_phone", "hotline")] == [
        "0916-0000001",
        "0916-0000012",
        "12345",
    ]


def test_nothing_is_ticked_as_delivered_before_it_is(clock, city):
    case = case_at("confirmed", clock)

    data = letter_data(case.pk, "F13")

    assert data["delivery"] == {}


@pytest.mark.parametrize("code", ["F04-1", "F13"])
def test_an_english_letter_speaks_english(code, clock, city):
    case = case_at("confirmed", clock)

    data = letter_data(case.pk, code, language="en")

    assert data["language"] == "en"
    assert "Measures for Review and Confirmation of Dibao" in data["clause"]
    assert missing_fields(find_form(code), data) == []
    assert "Page1of1" in printed(data, code).text


def test_a_form_without_english_comes_in_chinese(clock, city):
    case = case_at("noticed", clock)

    data = letter_data(case.pk, "F12", language="en")

    assert data["language"] == "zh"


@pytest.mark.parametrize("code", ["F04-1", "F04-2", "F04-3", "F09", "F12", "F13"])
def test_a_paper_the_case_has_nothing_for_is_not_found(code, clock, city):
    case = case_at("submitted", clock)

    with pytest.raises(NotFound):
        letter_data(case.pk, code)


def test_a_recognised_expense_hardship_says_until_when_it_holds(clock, city):
    signed = dt.datetime(2025, 3, 10, 9, 0, tzinfo=CHINA)
    data = letter_data(case_at("confirmed", clock).pk, "F13")

    held = validity(Decision(programme="expense_hardship", at=signed))

    assert held == {"valid_until": "2026-03"}
    assert validity(Decision(programme="dibao", at=signed)) == {}
    assert "认定有效到2026年3月" in printed(data | held, "F13").text
    assert "认定有效" not in printed(data, "F13").text
