"""查找: the one box finds by number, name, initials, last digits and village, and tells nobody."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from doudi.accounts.permissions import Role
from doudi.audit.models import Entry
from doudi.cases.models import Case
from doudi.people.models import FindKey
from doudi.vault.index import find_key
from tests.factories.cases import (
    NUMBERS,
    case_at,
    id_number,
    office,
    ren_declaration,
    staff,
    submitted,
)

pytestmark = pytest.mark.django_db
SURNAMES = (
    ("单秀英", "sxy"),
    ("解放军", "xfj"),
    ("曾小明", "zxm"),
    ("仇英", "qy"),
    ("查良镛", "zly"),
    ("乐嘉", "yj"),
    ("区小平", "oxp"),
    ("翟天", "zt"),
)


def found(client, words):
    """The numbers that the box lists."""
    page = client.post("/desk/find/", {"q": words})
    assert page.status_code == 200
    return [line["row"].case.number for line in page.context.get("rows", [])]


def called(name, nth=7):
    """A family whose applicant has another name and number."""
    declaration = ren_declaration()
    member = dict(declaration["members"][0], name=name, id_number=id_number("1980-05-05", nth))
    declaration["members"] = [member]
    declaration["applicant"] = dict(
        declaration["applicant"], name=name, id_number=member["id_number"]
    )
    return declaration


@pytest.mark.parametrize(
    "words",
    ["rjm", "RJ", "任建", "周玉兰", "zyl", "last four", "last six", "whole", "0001", "end"],
)
def test_the_box_finds_a_family_by_anybody_in_it(words, clock, town, sign_in):
    case = submitted()
    wife = NUMBERS["m2"]
    typed = {"last four": wife[-4:], "last six": wife[-6:], "whole": wife, "end": case.number[-5:]}

    listed = found(sign_in(town.clerk), typed.get(words, words))

    assert listed == [case.number]


@pytest.mark.parametrize(("name", "letters"), SURNAMES)
def test_a_surname_with_two_readings_is_found_by_the_one_people_use(
    name, letters, clock, town, sign_in
):
    case = submitted(called(name), sign=False)

    listed = found(sign_in(town.clerk), letters)

    assert listed == [case.number]


def test_the_answer_is_masked_and_nothing_typed_stands_in_an_address(clock, town, sign_in):
    submitted()

    page = sign_in(town.clerk).post("/desk/find/", {"q": "任建明"}).content.decode()

    assert "任*明" in page
    assert page.count("任建明") == 1  # the words of the searcher himself
    assert "?q=" not in page


def test_the_table_of_keys_holds_no_name_no_initials_and_no_digits(clock, town, sign_in):
    submitted()

    kept = [str(value) for row in FindKey.objects.values_list("key", "ref") for value in row]

    assert len(kept) > 30
    assert not [value for value in kept if len(value) < 8 or "任" in value]


def test_only_the_officers_own_towns_answer(clock, town, sign_in):
    submitted()
    county = staff("county", Role.COUNTY_OFFICER, "610702")
    elsewhere = sign_in(office("610702001").clerk)

    assert len(found(sign_in(county), "rjm")) == 1
    assert [found(elsewhere, words) for words in ("rjm", NUMBERS["m1"], "任建明", "0001")] == [
        []
    ] * 4


def test_the_own_town_comes_before_one_where_somebody_only_stands_in(clock, town, sign_in):
    own = submitted(called("单秀英"))
    clock.shift(dt.timedelta(hours=1))
    newer = submitted(called("单秀芳", 9))
    Case.objects.filter(pk=newer.pk).update(town="610702001")
    town.clerk.posts.create(
        role=Role.TOWN_CLERK.value, region_id="610702001000", from_on=dt.date(2022, 1, 1),
        stands_in_for=office("610702001").clerk,
    )  # fmt: skip

    listed = found(sign_in(town.clerk), "单秀")

    assert listed == [own.number, newer.number]


def test_somebody_on_file_is_found_in_his_own_town_only(clock, town, sign_in):
    case = case_at("accepted", clock)
    case.refresh_from_db()

    here = sign_in(town.clerk).post("/desk/find/", {"q": "zyl"}).context["found"]
    there = sign_in(office("610702001").clerk).post("/desk/find/", {"q": "zyl"}).context["found"]

    assert [person.name for person, _case in here.people] == ["周*兰"]
    assert there.people == []


def test_a_search_is_journalled_by_its_kind_and_a_keyed_index_never_by_its_words(
    clock, town, sign_in
):
    submitted()

    sign_in(town.clerk).post("/desk/find/", {"q": "任建明"})

    entry = Entry.objects.get(action="desk.searched")
    key = f"{find_key('name', '任建明') & (1 << 64) - 1:016x}"
    assert entry.actor_name == town.clerk.name
    assert entry.detail == {"by": "name", "cases": 1, "people": 0, "key": key}


def test_two_letters_too_few_and_nonsense_find_nothing_and_say_how_to_look(clock, town, sign_in):
    submitted()
    browser = sign_in(town.clerk)

    answers = [browser.post("/desk/find/", {"q": words}) for words in ("r", "12", "-", "'", "%")]

    assert [len(answer.context["rows"]) for answer in answers] == [0] * 5
    assert all("拼音首字母" in answer.content.decode() for answer in answers)


def test_without_words_the_page_says_what_the_box_takes(clock, town, sign_in):
    page = sign_in(town.clerk).get("/desk/find/").content.decode()

    assert "rjm" in page
    assert "Enter" in page


@pytest.mark.parametrize(
    "words", ["rjm", "任建", "博望", "0001", NUMBERS["m1"], "13800000001", "任", "number"]
)
def test_a_search_asks_the_database_at_most_twelve_times(words, clock, town, sign_in):
    case = case_at("accepted", clock)
    browser = sign_in(town.clerk)

    with CaptureQueriesContext(connection) as asked:
        browser.post("/desk/find/", {"q": case.number if words == "number" else words})

    around = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    queries = [q["sql"] for q in asked if not q["sql"].startswith(around)]
    assert len(queries) <= 12, [sql[:90] for sql in queries]
