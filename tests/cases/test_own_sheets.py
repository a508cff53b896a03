"""The sheets of programmes that are not dibao, the visit, the report and the near relative."""

import pytest
from django.conf import settings

from doudi.cases.letters.data import letter_data
from doudi.cases.letters.genuine import genuine, with_mark
from doudi.cases.models import Case, HomeVisit
from doudi.kernel.errors import NotFound
from doudi.paper.fields import missing_fields
from doudi.paper.forms import find_form
from doudi.paper.typst import render
from tests.cases.test_given_once import SUGGESTED, rich_but_struck
from tests.factories.cases import case_at, id_number, ren_declaration
from tests.paper.reading import read

pytestmark = pytest.mark.django_db
OLD = id_number("1948-03-10", 7)


def old_and_alone():
    """A man of 74 with nobody, who can neither walk nor bathe without help."""
    declaration = ren_declaration()
    person = declaration["members"][0] | {
        "id_number": OLD,
        "disability": None,
        "income": [],
        "supporter": "none",
        "self_care_failed": ["walk", "bath"],
    }
    declaration["applicant"]["id_number"] = OLD
    return declaration | {"members": [person]}


def printed(case, code):
    """The form as a reader sees it, with nothing required left empty."""
    data = letter_data(case.pk, code)
    assert missing_fields(find_form(code), data) == []
    return read(render(code, data, pack=settings.DOUDI_PACK_DIR)).text


def test_tekun_is_decided_on_its_own_sheet_with_care_and_the_three_withouts(clock, city):
    case = case_at("confirmed", clock, old_and_alone())

    sheet, check = letter_data(case.pk, "F10"), letter_data(case.pk, "F06")
    text = printed(case, "F10") + printed(case, "F06")

    assert sheet["lacks"] == {"work": True, "income": True, "supporter": True}
    assert sheet["basic_fen"] + sheet["care_fen"] == sheet["monthly_fen"] > 0
    assert (check["points"], check["outcome"]) == (2, "partly")
    assert [name for name, can in check["care"].items() if not can] == ["walk", "bath"]
    assert "特困人员救助供养审核确认表" in text
    assert "自理能力评估表" in text


def test_aid_that_is_given_once_is_decided_on_its_own_sheet_in_capitals(clock, city):
    case = case_at("confirmed", clock, rich_but_struck())

    data = letter_data(case.pk, "F11")
    text = printed(case, "F11")

    assert (data["kind"], data["amount_fen"]) == ("expenditure", SUGGESTED)
    assert data["opinions"]["review"]["head"] != data["opinions"]["confirm"]["head"]
    assert "叁仟玖佰叁拾元整" in text


@pytest.mark.parametrize("code", ["F06", "F10", "F11", "F15"])
def test_a_dibao_case_without_relatives_has_no_such_sheet(code, clock, city):
    case = case_at("assessed", clock)

    with pytest.raises(NotFound):
        letter_data(case.pk, code)


def test_the_visit_stands_beside_what_was_declared_and_claims_nothing_else(clock, city):
    case = case_at("assessed", clock)
    HomeVisit.objects.filter(case=case).update(present="任建明、周玉兰")

    data = letter_data(case.pk, "F05")

    assert [row.get("present") for row in data["members"]] == [True, True, None]
    assert data["incomes"][0]["declared_fen"] == data["incomes"][0]["found_fen"] == 2_782_800
    assert "photos" not in data
    assert data["near_relative"] is False


def test_the_report_says_when_a_department_was_silent(clock, city):
    case = case_at("assessed", clock)

    data = letter_data(case.pk, "F07-2")
    states = [source["state"] for source in data["sources"]]

    assert len(states) == 28
    assert all(states)
    assert all(set(s) <= {"record", "no_record", "not_returned", "failed"} for s in states)
    assert "慢性病" not in str(data)


def test_a_near_relatives_entry_names_who_it_is(clock, city):
    case = case_at("assessed", clock)
    Case.objects.filter(pk=case.pk).update(near_relative="王某（社区副主任）")

    text = printed(case, "F15")

    assert "王某（社区副主任）" in text
    assert "1,670.00" in text


@pytest.mark.parametrize(
    ("who", "ticked"),
    [("王某（兄弟姐妹）", "sibling"), ("王某（孙子女、外孙子女）", "other"),
     ("王某（社区副主任）", None), ("王某（子女）、李某（配偶）", None)],
)  # fmt: skip
def test_the_relation_is_ticked_where_one_was_declared(who, ticked, clock, city):
    case = case_at("assessed", clock)
    Case.objects.filter(pk=case.pk).update(near_relative=who)

    assert letter_data(case.pk, "F15").get("relation") == ticked


@pytest.mark.parametrize("code", ["F01", "F05", "F07-2", "F09"])
def test_every_sheet_that_leaves_proves_itself_until_it_is_replaced(code, clock, city):
    case = case_at("assessed", clock)
    address = with_mark(letter_data(case.pk, code), case.pk, code)["qr_text"]
    mark = address.split("/")[-2]

    found = genuine(case.pk, code, mark)

    assert (found.form, found.name) == (code, "任*明")
    with pytest.raises(NotFound):
        genuine(case.pk, code, "0" * 32)


def test_a_letter_speaks_english_as_far_as_it_was_not_typed(clock, city):
    case = case_at("not_accepted", clock)

    data = letter_data(case.pk, "F04-3", language="en")
    text = read(render("F04-3", data, pack=settings.DOUDI_PACK_DIR)).text

    assert "NoticeofNon-acceptance" in text
    assert "art.10" in text
