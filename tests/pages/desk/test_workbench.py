"""工作台: counters, lights, filters, the search box, and what an empty day looks like."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from doudi.accounts.permissions import Role
from doudi.accounts.queries import may
from doudi.cases.actions.object import object_to
from doudi.cases.actions.pause import pause
from doudi.cases.file import CaseFile
from doudi.cases.models import PublicNotice
from doudi.clock.time import now
from doudi.demo.play import STEPS
from doudi.desk.acts import ACTS
from doudi.desk.side import is_open
from doudi.desk.tabs import TABS
from tests.factories.cases import (
    NUMBERS,
    case_at,
    id_number,
    ren_declaration,
    staff,
    submitted,
)

pytestmark = pytest.mark.django_db


def rows(answer):
    """The case numbers that the list shows, in order."""
    return [line["row"].case.number for line in answer.context["rows"]]


def another_family(n):
    """The Ren family again with other numbers."""
    declaration = ren_declaration()
    for place, member in enumerate(declaration["members"]):
        born = ("1974-02-11", "1977-06-18", "2005-03-10")[place]
        member["id_number"] = id_number(born, 100 + 10 * n + (1, 2, 2)[place])
    declaration["applicant"]["id_number"] = declaration["members"][0]["id_number"]
    return declaration


def test_an_empty_town_is_told_where_cases_will_appear(town, sign_in):
    page = sign_in(town.clerk).get("/desk/").content.decode()

    assert "没有在办的办件" in page
    assert "新的申请提交后会出现在这里" in page


def test_the_clock_of_a_case_shows_the_nations_days_and_that_pauses_do_not_move_them(
    clock, town, sign_in
):
    case = case_at("accepted", clock)
    browser, at = sign_in(town.clerk), f"/desk/cases/{case.pk}/"

    early = browser.get(at).content.decode()
    pause(case.pk, "核对未返回", "", version=None, by=town.clerk, at=now())
    clock.shift(dt.timedelta(days=50))
    late = sign_in(town.clerk).get(at).content.decode()

    assert all(words in early for words in ("最迟启动调查", "国家时限"))
    assert "停表不顺延国家时限" not in early
    assert "停表不顺延国家时限" in late


def test_a_late_case_is_square_word_and_colour(clock, town, sign_in):
    case_at("accepted", clock)
    clock.shift(dt.timedelta(days=30))

    page = sign_in(town.clerk).get("/desk/?light=late").content.decode()

    assert '<span class="light late"><i aria-hidden="true">■</i>超期 6日</span>' in page
    assert "任*明" in page
    assert "任建明" not in page


def test_the_counters_agree_with_the_lists_behind_them(clock, town, sign_in):
    case_at("accepted", clock)
    submitted(another_family(1))
    browser = sign_in(town.clerk)

    counted = browser.get("/desk/").context["counters"]
    lists = {
        name: browser.get(f"/desk/{query}").context["count"]
        for name, query in (
            ("to_accept", "?stage=submitted"),
            ("mine", "?mine=1"),
            ("under_way", ""),
            ("late", "?light=late"),
            ("soon", "?light=soon"),
        )
    }

    assert {name: counted[name] for name in lists} == lists
    assert (counted["under_way"], counted["mine"], counted["to_accept"]) == (2, 1, 1)


@pytest.mark.parametrize(
    "words", ["任建明", "任", NUMBERS["m1"], "12900000001", "博望", "whole number"]
)
def test_the_search_box_finds_by_number_name_phone_id_and_village(words, clock, town, sign_in):
    case = submitted()

    found = sign_in(town.clerk).post(
        "/desk/find/", {"q": case.number if words == "whole number" else words}
    )

    assert rows(found) == [case.number]


def test_a_search_leaves_no_name_in_any_address(clock, town, sign_in):
    submitted()

    page = sign_in(town.clerk).post("/desk/find/", {"q": "任建明"}).content.decode()

    assert "q=" not in page.replace('name="q"', "")
    assert "%E4%BB%BB" not in page


def test_nonsense_in_the_address_shows_the_whole_list(clock, town, sign_in):
    submitted()
    browser = sign_in(town.clerk)

    answers = [
        browser.get(f"/desk/?{query}")
        for query in ("page=x", "page=-1", "page=99999999", "stage=nowhere", "light=blue")
    ]

    assert [answer.status_code for answer in answers] == [200] * 5
    assert [len(rows(answer)) for answer in answers] == [1] * 5


def queries(browser, address):
    """Queries of one page, transaction control left out."""
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(address).status_code == 200
    return sum("SAVEPOINT" not in query["sql"] for query in seen.captured_queries)


def test_the_workbench_needs_at_most_12_queries_however_many_cases(clock, town, sign_in):
    browser = sign_in(town.clerk)
    submitted()
    one = queries(browser, "/desk/")

    submitted(another_family(1))
    submitted(another_family(2))

    assert queries(browser, "/desk/") == one <= 12


@pytest.mark.parametrize("goal", list(STEPS))
def test_a_tab_needs_at_most_12_queries_the_journal_included(goal, clock, town, sign_in):
    case = case_at(goal, clock)
    browser = sign_in(town.head)

    most = max(queries(browser, f"/desk/cases/{case.pk}/?tab={tab.key}") for tab in TABS)

    assert most <= 12


@pytest.mark.parametrize("goal", list(STEPS))
def test_the_page_of_a_verb_needs_at_most_12_queries(goal, clock, town, sign_in):
    case = case_at(goal, clock)
    file = CaseFile(case)

    needed = [
        queries(sign_in(who), reverse("desk:case_act", args=[case.pk, verb]))
        for verb, act in ACTS.items()
        for who in (town.clerk, town.reviewer, town.head)
        if is_open(file, verb) and may(who, act.right, case.town)
    ]

    assert max(needed, default=0) <= 12


def test_a_story_with_everything_in_it_costs_no_query_more(clock, town, sign_in):
    plain = case_at("noticed", clock)
    browser = sign_in(town.head)
    before = queries(browser, f"/desk/cases/{plain.pk}/")

    notice = PublicNotice.objects.get(case=plain)
    for words in ("他家有车。", "他家有房。"):
        object_to(notice.pk, words, "", at=now())
    pause(plain.pk, "核对未返回", "", version=None, by=town.clerk, at=now())

    assert queries(browser, f"/desk/cases/{plain.pk}/") == before <= 12


def test_whoever_may_list_no_case_is_offered_no_search(town, sign_in):
    finance = staff("money", Role.COUNTY_FINANCE, "610702")

    page = sign_in(finance).get("/desk/rolls/").content.decode()

    assert 'role="search"' not in page
    assert 'role="search"' in sign_in(town.clerk).get("/desk/rolls/").content.decode()
