"""Filling in: saved at each step, nothing lost, nothing unmasked, nothing asked twice."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from doudi.attachments.models import Attachment
from doudi.cases.models import Case, Draft
from tests.factories.cases import NUMBERS, VILLAGE, id_number
from tests.pages.portal.conftest import (
    CHILD_MEMBER,
    HOUSEHOLD,
    MEMBER,
    SELF,
    WIFE_MEMBER,
    declared,
    prove,
)

pytestmark = pytest.mark.django_db
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS"
    b"\xde\x00\x00\x00\x0cIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\r\xefF\xb8\x00\x00\x00\x00IEND"
    b"\xaeB`\x82"
)


def test_the_pages_become_the_declaration_of_the_contract(filled):
    declaration = declared()

    assert declaration["applicant"]["region"] == VILLAGE
    assert declaration["applicant"]["area"] in ("urban", "rural")
    assert [m["relation"] for m in declaration["members"]] == ["self", "spouse", "child"]
    assert declaration["members"][0]["id_number"] == NUMBERS["m1"]
    assert declaration["members"][1]["income"] == [{"kind": "wage", "yuan": "27828.00"}]
    assert declaration["property"]["money_yuan"] == "3000.00"
    assert declaration["applicant"]["bank"]["account"] == "6210990000000000012"


def test_a_village_is_found_by_tapping_county_and_town(phone):
    counties = phone.get("/apply/place/live/").content.decode()
    towns = phone.get("/apply/place/live/610702/").content.decode()
    villages = phone.get("/apply/place/live/610702008/").content.decode()

    assert "汉台区" in counties
    assert "七里街道" in towns
    assert VILLAGE in villages


def test_a_town_is_no_home(phone):
    answer = phone.post("/apply/place/live/", {"code": "610702008000"})

    assert answer.status_code == 404


def test_a_posters_village_is_preset(client, demo):
    client.get("/", {"v": VILLAGE})
    prove(client)

    client.get("/apply/2/")
    client.post("/apply/2/", SELF)

    assert declared()["applicant"]["region"] == VILLAGE


def test_what_was_right_is_kept_though_something_else_was_wrong(phone):
    phone.post("/apply/place/live/", {"code": VILLAGE})

    answer = phone.post("/apply/2/", SELF | {"address": ""})

    assert answer.status_code == 422
    assert declared()["applicant"]["name"] == "任建明"
    assert declared()["applicant"]["id_number"] == NUMBERS["m1"]


def test_errors_stand_beside_the_field_and_in_the_summary_that_links_to_it(phone):
    phone.post("/apply/place/live/", {"code": VILLAGE})

    text = phone.post("/apply/2/", {}).content.decode()

    assert 'href="#id_name_box"' in text
    assert text.count("请填写姓名") == 2


@pytest.mark.parametrize("number", ["610702197402110018", "123", "61079919740211001９"])
def test_a_number_that_cannot_be_is_explained(phone, number):
    phone.post("/apply/place/live/", {"code": VILLAGE})

    answer = phone.post("/apply/2/", SELF | {"id_number": number})

    assert answer.status_code == 422
    assert 'id="id_id_number_error"' in answer.content.decode()


def test_a_full_width_number_with_blanks_is_understood(phone):
    phone.post("/apply/place/live/", {"code": VILLAGE})
    wide = " ".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in NUMBERS["m1"])

    phone.post("/apply/2/", SELF | {"id_number": wide})

    assert declared()["applicant"]["id_number"] == NUMBERS["m1"]


PAGES = ("2/", "3/", "4/", "5/", "6/", "7/", "family/m1/", "family/m2/", "money/m2/", "permit/")


@pytest.mark.parametrize("page", PAGES)
def test_no_page_shows_a_number_or_an_account_back_in_full(filled, page):
    text = filled.get(f"/apply/{page}").content.decode()

    secrets = [*NUMBERS.values(), "6210990000000000012"]
    assert [s for s in secrets if s in text] == []


def test_a_good_number_is_masked_even_when_the_page_comes_back_with_an_error(phone):
    phone.post("/apply/place/live/", {"code": VILLAGE})

    text = phone.post("/apply/2/", SELF | {"name": ""}).content.decode()

    assert NUMBERS["m1"] not in text
    assert "已填 610***********" in text


def test_a_blank_number_keeps_the_one_given_before(filled):
    filled.post("/apply/family/m2/", WIFE_MEMBER | {"id_number": "", "name": "周玉澜"})

    member = declared()["members"][1]

    assert (member["name"], member["id_number"]) == ("周玉澜", NUMBERS["m2"])


def test_nobody_is_in_the_family_twice(filled):
    answer = filled.post("/apply/family/new/", CHILD_MEMBER | {"name": "任小雨"})

    assert answer.status_code == 422
    assert "已经填过一次" in answer.content.decode()


def test_a_member_can_be_taken_out_but_the_applicant_stays(filled):
    filled.post("/apply/family/m3/remove/")
    filled.post("/apply/family/m1/remove/")

    assert [m["key"] for m in declared()["members"]] == ["m1", "m2"]


def test_kind_and_grade_of_a_disability_go_together(filled):
    answer = filled.post("/apply/family/m1/", MEMBER | {"disability_kind": "visual"})

    assert answer.status_code == 422


def test_money_is_typed_as_people_type_it(filled):
    filled.post("/apply/money/m2/", {"income_wage": "２７，828元", "expense_tuition": "0"})

    member = declared()["members"][1]

    assert member["income"] == [{"kind": "wage", "yuan": "27828.00"}]
    assert member["expenses"] == []


@pytest.mark.parametrize("typed", ["-5", "1e3", "很多", "1.234", "NaN", "99999999"])
def test_what_is_no_amount_is_refused_and_stays_on_the_page(filled, typed):
    answer = filled.post("/apply/money/m2/", {"income_wage": typed})

    assert answer.status_code == 422
    assert typed in answer.content.decode()


def test_hukou_in_another_county_asks_for_town_and_permit(phone):
    phone.post("/apply/place/live/", {"code": VILLAGE})

    asked = phone.post("/apply/2/", SELF | {"hukou": "city"})
    phone.post("/apply/place/hukou/", {"code": "610727105000"})
    answer = phone.post(
        "/apply/permit/",
        {"registered_address": "猫儿沟村", "issued": "2019.8.1", "last_endorsed": "2021-08-02"},
    )

    assert (asked.url, answer.url) == ("/apply/place/hukou/", "/apply/3/")
    assert declared()["applicant"]["registered_region"] == "610727105"
    assert declared()["applicant"]["permit"] == {
        "issued": "2019-08-01",
        "last_endorsed": "2021-08-02",
        "registered_region": "610727105",
    }


def test_another_day_the_same_phone_goes_on_where_it_stopped(filled, clock):
    clock.shift(3 * 24 * 3600)
    later = Client()
    prove(later)

    text = later.get("/apply/3/").content.decode()

    assert "周玉兰" in text
    assert Draft.objects.count() == 1


def test_another_phone_sees_nothing_of_it(filled, clock):
    clock.shift(61)
    other = Client()
    prove(other, "12900000099")

    text = other.get("/apply/3/").content.decode()

    assert "周玉兰" not in text


def test_a_photo_is_taken_in_under_its_paper(filled):
    photo = SimpleUploadedFile("../../x.png", PNG, "image/png")

    answer = filled.post("/apply/photo/", {"kind": "permit", "files": photo})

    kept = Attachment.objects.get()
    assert answer.url == "/apply/6/"
    assert (kept.kind, kept.mime) == ("permit", "image/jpeg")
    assert kept.by_kind == "citizen"


def test_a_page_that_calls_itself_a_photo_is_refused_with_the_reason(filled):
    page = SimpleUploadedFile("x.jpg", b"<html><script>1</script>", "image/jpeg")

    answer = filled.post(
        "/apply/photo/", {"kind": "other", "files": page}, headers={"accept": "application/json"}
    )

    assert answer.status_code == 422
    assert "只能上传" in answer.json()["refused"]
    assert Attachment.objects.count() == 0


def test_papers_are_not_needed_to_go_on(filled):
    assert filled.post("/apply/6/").url == "/apply/7/"


def test_script_in_every_text_field_comes_back_as_text(filled):
    evil = "<script>alert(1)</script>"
    filled.post("/apply/5/", HOUSEHOLD | {"reason": evil, "bank": evil, "helper_name": evil})
    filled.post("/apply/family/m1/", MEMBER | {"illness": evil})

    pages = [filled.get(f"/apply/{n}/").content.decode() for n in ("5", "7", "family/m1")]

    assert [p for p in pages if evil in p] == []
    assert Case.objects.count() == 0


STRUCK = {"event_kind": "expenditure", "event_on": "2022-04-20", "event_months": "2"}


def test_an_event_is_declared_on_the_same_page_and_counts_the_people(filled):
    filled.post("/apply/5/", HOUSEHOLD | STRUCK)
    filled.post(
        "/apply/family/new/",
        CHILD_MEMBER | {"name": "任小雨", "id_number": id_number("2010-03-10", 2)},
    )
    filled.post("/apply/3/")

    told = declared()["event"]

    assert (told["kind"], told["on"], told["months"]) == ("expenditure", "2022-04-20", 2)
    assert told["persons"] == len(declared()["members"])
    assert "2022-04-20" in filled.get("/apply/5/").content.decode()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"event_kind": "urgent", "event_on": "2022-04-20"}, "自己大约要出多少"),
        ({"event_kind": "expenditure", "event_on": "2022-04-20"}, "还要多久"),
        ({"event_kind": "urgent", "event_cost": "500"}, "从哪天开始的"),
        (STRUCK | {"event_months": "13"}, "1到12"),
    ],
)
def test_half_an_event_is_asked_about_beside_its_field(filled, more, words):
    answer = filled.post("/apply/5/", HOUSEHOLD | more)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_without_an_event_nothing_is_declared(filled):
    filled.post("/apply/5/", HOUSEHOLD | STRUCK)
    filled.post("/apply/5/", HOUSEHOLD | {"event_kind": ""})

    assert declared()["event"] is None
