"""Separation of duties, read from the registry of rights (GB/T 22239 8.1.4.2)."""

import pytest

from doudi.accounts.permissions import (
    ADMINISTERS,
    ALONE,
    DECIDES,
    LEVELS,
    OBSERVES,
    RIGHTS,
    ROLE_NAMES,
    Role,
    may_join,
    rights_of_roles,
)


@pytest.mark.parametrize("role", Role)
def test_no_role_both_administers_and_decides_or_observes(role):
    rights = rights_of_roles({role})

    kinds = [kind for kind in (ADMINISTERS, DECIDES, OBSERVES) if rights & kind]

    assert len(kinds) <= 1


@pytest.mark.parametrize("role", Role)
def test_no_role_holds_two_of_the_steps_that_need_different_people(role):
    rights = rights_of_roles({role})

    assert not {"case.assess", "case.review"} <= rights
    assert not {"case.review", "case.confirm"} <= rights
    assert not {"roll.prepare", "roll.release"} <= rights


def test_administrators_and_auditors_see_no_case():
    rights = rights_of_roles(set(ALONE))

    assert [right for right in rights if right.startswith(("case.", "person.", "roll."))] == []


@pytest.mark.parametrize("role", sorted(ALONE, key=lambda r: r.value))
def test_an_administrator_holds_no_second_post(role):
    others = [other for other in Role if other != role]

    assert [other for other in others if may_join({role, other})] == []


def test_whoever_reviews_does_not_confirm_and_whoever_prepares_does_not_release():
    assert not may_join({Role.TOWN_REVIEWER, Role.TOWN_HEAD})
    assert not may_join({Role.COUNTY_OFFICER, Role.COUNTY_FINANCE})
    assert may_join({Role.TOWN_CLERK, Role.TOWN_REVIEWER})


def test_every_right_has_words_and_holders_and_every_role_a_name_and_a_level():
    assert all(right.words and right.roles for right in RIGHTS.values())
    assert set(ROLE_NAMES) == set(Role) == set(LEVELS)
