"""The pack's regions: loaded once, loaded again, refused when crooked."""

import pytest

from doudi.kernel.errors import Invalid
from doudi.regions.actions.load_pack import area_class, load_pack
from doudi.regions.models import Level, Region

PROVINCE = {"code": "610000000000", "name": "陕西省", "level": "province", "parent": ""}
CITY = {"code": "610700000000", "name": "汉中市", "level": "city", "parent": "610000000000"}


@pytest.fixture
def no_city(db):
    for level in reversed(Level.values):
        Region.objects.filter(level=level).delete()


@pytest.mark.django_db
def test_the_pack_holds_eleven_counties_177_towns_and_2187_villages(city):
    counts = {level: Region.objects.filter(level=level).count() for level in Level.values}

    assert counts == {"province": 1, "city": 1, "county": 11, "town": 177, "village": 2187}


@pytest.mark.django_db
def test_loading_twice_changes_nothing(city):
    before = set(Region.objects.values_list())

    load_pack()

    assert set(Region.objects.values_list()) == before


def test_a_renamed_place_gets_its_new_name(no_city):
    load_pack([PROVINCE, CITY])

    load_pack([PROVINCE, CITY | {"name": "新汉中市"}])

    assert Region.objects.get(pk=CITY["code"]).name == "新汉中市"


def test_a_code_that_does_not_fit_its_level_is_refused(no_city):
    rows = [PROVINCE, CITY | {"level": "town"}]

    with pytest.raises(Invalid, match="610700000000"):
        load_pack(rows)

    assert not Region.objects.exists()


def test_a_place_without_its_parent_is_refused(no_city):
    with pytest.raises(Invalid, match="上级"):
        load_pack([CITY])

    assert not Region.objects.exists()


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("博望社区居民委员会", "urban"),
        ("汉源社区居委员会", "urban"),
        ("连峰社区委员会", "urban"),
        ("贾旗村委会", "rural"),
        ("某某村民委员会", "rural"),
    ],
)
def test_the_kind_of_committee_says_which_standard_holds(name, area):
    found = area_class(name)

    assert found == area
