"""Reading regions: names as people say them, and what lies in what."""

import re

import pytest

from doudi.kernel.errors import NotFound
from doudi.regions import queries
from doudi.regions.models import Region

pytestmark = pytest.mark.django_db


def test_the_path_of_a_village_reads_as_people_say_it(city):
    path = queries.path_name("610702008001")

    assert path == "汉台区七里街道博望社区"


def test_a_path_may_begin_at_the_city_or_at_the_town(city):
    paths = [queries.path_name("610702008001", since) for since in ("city", "town")]

    assert paths == ["汉中市汉台区七里街道博望社区", "七里街道博望社区"]


def test_a_county_has_its_own_name_as_its_path(city):
    path = queries.path_name("610702", "county")

    assert path == "汉台区"


def test_no_village_is_called_by_its_committee(city):
    villages = Region.objects.filter(level="village")

    names = [queries.spoken(village) for village in villages]

    assert [name for name in names if re.search(r"委|社区社区|村村", name)] == []


def test_many_paths_take_one_query(city, django_assert_num_queries):
    codes = ["610702008001", "610702008005", "610722101000"]

    with django_assert_num_queries(1):
        paths = queries.path_names(codes)

    assert paths["610702008005"] == "汉台区七里街道七里社区"


def test_a_town_holds_its_villages_only(city):
    codes = [village.code for village in queries.villages_of("610702008")]

    assert codes
    assert {code[:9] for code in codes} == {"610702008"}


def test_an_unknown_code_is_not_found(city):
    with pytest.raises(NotFound):
        queries.get("619999999999")
    with pytest.raises(NotFound):
        queries.path_name("610702008999")


def test_the_children_of_the_city_are_its_counties(city):
    children = list(queries.children_of("610700"))

    assert len(children) == 11


def test_a_village_is_found_by_what_people_call_it(city):
    ways = ("博望社区", "七里街道博望社区", "汉台区七里街道博望社区")

    found = {words: queries.villages_called(words) for words in ways}

    assert found == {words: ["610702008001"] for words in ways}
    assert queries.villages_called("镇巴县博望社区") == []
    assert queries.villages_called("没有的村") == []
