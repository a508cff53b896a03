"""The three lines that explain an amount, and the words of findings."""

from typing import Any

import pytest

from doudi.policy.assess import Assessment, assess
from doudi.policy.facts import parse_household
from doudi.policy.wording import confidence_name, formula_lines, outcome_name, programme_name
from tests.policy.build import PACK, household


def _assessed(short: dict[str, Any]) -> Assessment:
    facts = parse_household(household(short))
    return assess(facts, PACK.book.at(facts.on, facts.county, facts.area), explain=True)


def _lines(short: dict[str, Any], programme: str, language: str = "zh") -> list[str]:
    assessment = _assessed(short)
    finding = assessment.finding(programme)
    assert finding is not None
    return formula_lines(finding.to_json(assessment.book, explain=True), language)


REN = {
    "members": [
        {"disability": {"kind": "visual", "grade": 2}},
        {"income": {"wage": "27828"}, "expenses": {"medical_own": "9600"}},
        {"born": "2005-03-10", "expenses": {"tuition": "8400"}},
    ]
}


def test_rens_amount_is_explained_in_three_lines() -> None:
    assert _lines(REN, "dibao") == [
        "①您家3口人，标准合计655.00×3=1,965.00元；月收入2,319.00元，"
        "扣除看病、上学等必需支出1,500.00元，计入819.00元",
        "②补差 1,965.00−819.00=1,146.00元",
        "③另加分类施保 327.50（重残或重病）+196.50（未成年或高龄）=524.00元。"
        "合计每月1,670.00元（壹仟陆佰柒拾元整）",
    ]


def test_a_rural_amount_names_its_band_and_no_top_up() -> None:
    lines = _lines({"area": "rural", "income": {"wage": "2400"}}, "dibao", "en")

    assert lines[1] == "2. payment band 250.00 × 1 = 250.00 yuan"
    assert lines[2] == "3. no category top-ups. Together 250.00 yuan a month"


def test_tekun_and_single_cover_get_a_line_a_person() -> None:
    elder = {"members": [{"born": "1950-01-01", "supporter": "none"}]}
    ill = {"members": [{"serious_illness": True}, {"income": {"wage": "16000"}}]}

    assert _lines(elder, "tekun") == ["本人：基本生活855.00元+照料护理55.50元=每月910.50元"]
    assert _lines(ill, "single_person") == ["本人：标准655.00元，本人月收入0.00元，每月655.00元"]


def test_nothing_to_pay_needs_no_lines() -> None:
    assert _lines({"income": {"wage": "99999"}}, "dibao") == []


def test_words_follow_the_language() -> None:
    assert programme_name("dibao") == "最低生活保障"
    assert outcome_name("review", "en") == "to be reviewed"
    assert confidence_name("assumed", "en-gb") == "assumed, not verified locally"


def test_a_step_names_its_parameters_with_date_source_and_confidence() -> None:
    answer = _assessed(REN).to_json(explain=True)
    dibao = next(f for f in answer["findings"] if f["programme"] == "dibao")

    step = next(s for s in dibao["steps"] if s["name"] == "dibao_line")

    assert (step["value"], step["unit"]) == ("23580.00", "yuan")
    assert step["inputs"] == ["persons"]
    assert step["parameters"] == [
        {
            "key": "dibao.standard",
            "label": "低保标准",
            "label_en": "dibao standard",
            "value": "655.00",
            "unit": "yuan a month",
            "since": "2021-10-01",
            "document": "HZ23Q1",
            "article": "附注",
            "confidence": "reported",
        }
    ]
    assert "steps" not in _assessed(REN).to_json(explain=False)["findings"][0]


def test_recommendation_follows_the_order() -> None:
    event = {"kind": "urgent", "own_cost_yuan": "100"}

    assert _assessed(REN).recommended == "dibao"
    both = {"members": [{"born": "1950-01-01", "supporter": "none"}]}
    assert _assessed(both).recommended == "tekun"
    assert _assessed({"income": {"wage": "99999"}, "event": event}).recommended == "temporary_aid"
    assert _assessed({"income": {"wage": "99999"}}).recommended is None


def test_a_book_of_another_area_is_refused() -> None:
    facts = parse_household(household({}))
    rural = PACK.book.at(facts.on, facts.county, "rural")

    with pytest.raises(ValueError, match="another county or area"):
        assess(facts, rural)
