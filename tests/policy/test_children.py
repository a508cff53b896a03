"""A child without actual care whose family fits dibao: both sums are said, the larger proposed."""

from typing import Any

from doudi.kernel.money import plain_yuan
from doudi.policy.assess import assess
from doudi.policy.facts import parse_household
from doudi.policy.wording import formula_lines, sentence
from tests.policy.build import PACK, household

FAMILY = [{"born": "1958-04-02"}, {"born": "2013-09-12", "special": "unsupported_child"}]


def found(members: list[dict[str, Any]]) -> Any:
    facts = parse_household(household({"members": members}))
    return assess(facts, PACK.book.at(facts.on, facts.county, facts.area), explain=True)


def test_the_officer_reads_both_sums_and_the_difference() -> None:
    reason = found(FAMILY).finding("unsupported_child").reasons[1]

    assert sentence(reason.code, reason.values) == (
        "全家也符合低保：只领这一项每月1,000.00元；领低保的，低保1,506.50元、"
        "孩子再补差148.50元，每月1,655.00元"
    )


def test_what_pays_the_household_more_is_proposed_and_the_other_stays_open() -> None:
    both = found(FAMILY)

    assert both.recommended == "dibao"
    assert [plain_yuan(both.finding(p).monthly) for p in ("dibao", "unsupported_child")] == [
        "1655.00",
        "1000.00",
    ]


def test_a_family_above_the_line_gets_the_childs_subsidy_in_full() -> None:
    rich = [FAMILY[0] | {"income": {"pension": "24000"}}, FAMILY[1]]

    both = found(rich)

    assert both.recommended == "unsupported_child"
    assert [r.code for r in both.finding("unsupported_child").reasons] == ["child_unsupported"]


def test_the_letter_explains_the_difference_in_a_line_of_its_own() -> None:
    told = found(FAMILY).to_json(explain=True)["findings"]
    dibao = next(f for f in told if f["programme"] == "dibao")

    last = formula_lines(dibao)[-1]

    assert last.startswith("④孩子的事实无人抚养补贴按差额另补148.50元。合计每月1,655.00元")
    assert len(formula_lines(dibao, "en")) == 4
