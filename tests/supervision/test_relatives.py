"""Near relatives: marked by number, asked about by name, each checked after confirmation."""

import datetime as dt

import pytest

from doudi.accounts.actions.end_relative import end_relative
from doudi.accounts.actions.promise_kin import promise_kin
from doudi.accounts.models import Relative
from doudi.accounts.permissions import Role
from doudi.accounts.relatives import declarations
from doudi.cases.gates import acceptance
from doudi.cases.models import Case
from doudi.clock.time import now, today
from doudi.kernel.errors import NotAllowed, WrongStage
from doudi.supervision.actions import open_relative_check as opening
from doudi.supervision.actions import sweep as sweeping
from doudi.supervision.actions.match_relatives import match_relatives
from doudi.supervision.actions.settle_match import settle_match
from doudi.supervision.actions.sweep import sweep
from doudi.supervision.models import Check, Match
from doudi.ui.templatetags.ui import grouped
from tests.factories.cases import NUMBERS, id_number, office, ren_declaration, staff, submitted
from tests.house.scene import browser_of

pytestmark = pytest.mark.django_db
HOW = "电话问了村主任，不是一个人。"
OTHER = id_number("1973-01-01", 9)


def declared(number: str, name: str = "任建明") -> Relative:
    """The clerk of the town declared a brother."""
    return office().clerk.relatives.create(
        name=name, id_number=number, relation="兄弟", declared_at=now()
    )


def test_the_same_number_marks_the_case_and_the_county_checks_it(confirmed):
    declared(NUMBERS["m1"])

    sweep(at=now())
    sweep(at=now())

    case = Case.objects.get(pk=confirmed.pk)
    assert case.near_relative.endswith("（兄弟）")
    assert [c.ground for c in Check.objects.filter(case=case)] == ["relative"]


def test_one_declared_on_the_page_after_the_application_is_compared_by_the_sweep(confirmed):
    clerk = office().clerk
    assert sweep(at=now()) == 0
    assert not Check.objects.exists()

    told = {"name": "任建明", "relation": "兄弟姐妹", "id_number": NUMBERS["m1"], "promised": "on"}
    sent = browser_of(clerk).post("/account/relatives/", told | {"form": "declare"})
    sweep(at=now())

    assert sent.status_code == 302
    assert Case.objects.get(pk=confirmed.pk).near_relative == f"{clerk.name}（兄弟姐妹）"
    assert [c.ground for c in Check.objects.filter(case=confirmed)] == ["relative"]


def test_one_that_was_ended_after_the_application_is_compared_all_the_same(confirmed):
    made = declared(NUMBERS["m1"])
    end_relative(made.pk, today(), "备案有误", by=office().clerk, at=now())

    sweep(at=now())

    assert Case.objects.get(pk=confirmed.pk).near_relative


def test_one_that_was_ended_before_the_application_is_not(confirmed):
    long_ago = confirmed.submitted_at - dt.timedelta(days=1)
    made = declared(NUMBERS["m1"])
    Relative.objects.filter(pk=made.pk).update(ended_at=long_ago, ended_on=long_ago.date())

    sweep(at=now())

    assert not Case.objects.get(pk=confirmed.pk).near_relative


def test_the_county_sees_who_has_declared_and_who_has_not(
    confirmed, county, django_assert_max_num_queries
):
    town = office()
    promise_kin(town.clerk, promised=True, by=town.clerk, at=now())
    desk = browser_of(county.first)
    desk.get("/desk/oversight/relatives/")

    with django_assert_max_num_queries(12):
        page = desk.get("/desk/oversight/relatives/staff/").content.decode()
    away = browser_of(county.other).get("/desk/oversight/relatives/staff/").content.decode()

    places = {place.code: place for place in declarations(county.first, today())}
    here = places[confirmed.town]
    assert (here.declared, here.should) == (1, 1 + len(here.missing))
    assert town.head.name in page
    assert town.clerk.name not in page
    assert town.head.name not in away


def test_the_city_sees_its_counties_first_and_a_county_by_town(confirmed, county):
    city = staff("kin.city", Role.CITY_OFFICER, "610700")
    desk = browser_of(city)
    desk.raise_request_exception = True

    whole = desk.get("/desk/oversight/relatives/staff/").content.decode()
    one = desk.get("/desk/oversight/relatives/staff/?at=610702").content.decode()

    assert '<a href="?at=610702">' in whole
    assert office().head.name not in whole
    assert office().head.name in one


def test_the_same_name_in_the_officers_place_is_asked_about_once(confirmed):
    declared(OTHER, confirmed.applicant_name)

    new = [match_relatives(confirmed.pk, at=now()) for _ in range(2)]

    assert new == [1, 0]
    assert Match.objects.get().state == "asked"
    assert not Case.objects.get(pk=confirmed.pk).near_relative


def test_a_name_that_an_officer_elsewhere_declared_is_nobodys_question(confirmed, county):
    county.other.relatives.create(
        name=confirmed.applicant_name, id_number=OTHER, relation="兄弟", declared_at=now()
    )

    assert match_relatives(confirmed.pk, at=now()) == 0


@pytest.mark.parametrize(("is_kin", "checks"), [(True, 1), (False, 0)])
def test_a_person_settles_it_and_only_a_relative_is_checked(confirmed, county, is_kin, checks):
    declared(OTHER, confirmed.applicant_name)
    match_relatives(confirmed.pk, at=now())
    match = Match.objects.get()

    settle_match(match.pk, is_kin, HOW, by=county.first, at=now())

    assert Check.objects.filter(case=confirmed, ground="relative").count() == checks
    assert bool(Case.objects.get(pk=confirmed.pk).near_relative) == is_kin
    with pytest.raises(WrongStage):
        settle_match(match.pk, is_kin, HOW, by=county.second, at=now())


def test_nobody_settles_his_own_declaration(confirmed, county):
    county.first.relatives.create(
        name=confirmed.applicant_name, id_number=OTHER, relation="兄弟", declared_at=now()
    )
    match_relatives(confirmed.pk, at=now())

    with pytest.raises(NotAllowed):
        settle_match(Match.objects.get().pk, True, HOW, by=county.first, at=now())


def test_a_check_that_is_open_already_takes_the_ground(confirmed, county):
    Check.objects.create(
        case=confirmed, county="610702", ground="drawn", asked_at=now(), due_on=now().date()
    )
    declared(NUMBERS["m1"])

    sweep(at=now())

    assert [c.ground for c in Check.objects.filter(case=confirmed)] == ["relative"]


def test_what_the_announcement_missed_the_sweeper_finds(confirmed):
    declared(NUMBERS["m1"])
    match_relatives(confirmed.pk, at=now())
    assert not Check.objects.exists()

    sweep(at=now())

    assert Check.objects.filter(case=confirmed, ground="relative").count() == 1
    assert opening.open_relative_check(confirmed.pk, at=now()) is False


def test_what_the_applicant_tells_files_the_case_apart_at_acceptance(clock, city):
    case = submitted(ren_declaration(kin="任建军，镇民政办"))

    gate = next(g for g in acceptance(case, now().date()) if g.code == "relatives")

    assert gate.open
    assert gate.detail == "申请人申报：任建军，镇民政办"


def test_the_sweeper_asks_the_relatives_and_opens_no_case_that_names_none(
    confirmed, county, monkeypatch, django_assert_max_num_queries
):
    declared(OTHER, "任不在")
    county.other.relatives.create(
        name=confirmed.applicant_name, id_number=OTHER, relation="兄弟", declared_at=now()
    )
    visited: list[object] = []
    monkeypatch.setattr(sweeping, "match_relatives", lambda case, at: visited.append(case) or 0)

    sweep(at=now())
    declared(id_number("1973-01-01", 8), confirmed.applicant_name)
    with django_assert_max_num_queries(12):
        sweep(at=now())

    assert visited == [confirmed.pk]


def test_the_page_of_relatives_cases_costs_few_queries(
    confirmed, county, django_assert_max_num_queries
):
    declared(NUMBERS["m1"])
    sweep(at=now())
    desk = browser_of(county.first)
    desk.get("/desk/oversight/relatives/")

    with django_assert_max_num_queries(12):
        page = desk.get("/desk/oversight/relatives/").content.decode()

    assert grouped(confirmed.number) in page
