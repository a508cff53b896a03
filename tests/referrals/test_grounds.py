"""What the facts of a household suggest: one ground at a time."""

import datetime as dt

import pytest

from doudi.referrals.catalog import departments
from doudi.referrals.figures import grounds
from doudi.referrals.flow import GROUNDS

DAY = dt.date(2022, 5, 9)
MEMBER = {
    "born": "1980-05-10",
    "serious_illness": False,
    "expenses": [],
    "student": "none",
    "employed": True,
    "self_care_failed": [],
}


def household(homes=(), **more):
    """One person, of whom `more` is so."""
    listed = [{"kind": kind, "square_metres": "60"} for kind in homes]
    return {"members": [MEMBER | more], "property": {"homes": listed}}


def test_a_household_that_lacks_nothing_is_suggested_nowhere():
    assert grounds(household(homes=["owned"]), DAY) == frozenset()


def test_without_facts_nothing_is_suggested():
    assert grounds(None, DAY) == frozenset()


@pytest.mark.parametrize(
    ("facts", "ground"),
    [
        (household(serious_illness=True), "serious_illness"),
        (household(expenses=[{"kind": "medical_own", "yuan": "300"}]), "medical_cost"),
        (household(student="college"), "in_school"),
        (household(homes=["derelict", "owned"]), "unsafe_home"),
        (household(homes=["rented"]), "rented_home"),
        (household(employed=False), "out_of_work"),
        (household(disability={"kind": "physical", "grade": 2}), "disabled"),
    ],
)
def test_each_hardship_is_a_ground_of_its_own(facts, ground):
    assert grounds(facts, DAY) == {ground}


@pytest.mark.parametrize(
    "more",
    [
        {"born": "2006-05-10"},
        {"born": "1962-05-08"},
        {"student": "college"},
        {"serious_illness": True},
        {"disability": {"kind": "physical", "grade": 1}},
        {"self_care_failed": ["walk"]},
    ],
)
def test_who_cannot_be_asked_to_work_is_not_sent_to_look_for_work(more):
    assert "out_of_work" not in grounds(household(employed=False, **more), DAY)


def test_who_owns_a_home_besides_the_rented_one_is_not_without_a_home():
    assert "rented_home" not in grounds(household(homes=["rented", "owned"]), DAY)


def test_every_ground_leads_to_a_department_of_the_pack():
    assert {g for d in departments() for g in d.grounds} == set(GROUNDS)
