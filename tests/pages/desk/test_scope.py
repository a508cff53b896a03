"""P6 at the desk: out of scope is not found, without the right is refused."""

import uuid

import pytest

from doudi.accounts.permissions import Role
from doudi.desk.acts import ACTS
from doudi.ui.access import registry
from tests.factories.cases import case_at, office, staff

pytestmark = pytest.mark.django_db
SIBLING = "610702001"


def pages_of(case):
    """Every address of a case."""
    base = f"/desk/cases/{case.pk}/"
    return [base, f"{base}assess/", f"{base}print/F02.pdf", f"{base}papers/{uuid.uuid4()}/"] + [
        f"{base}act/{verb}/" for verb in ACTS
    ]


def test_a_case_of_the_next_town_does_not_exist_for_an_officer(clock, town, sign_in):
    case = case_at("assessed", clock)
    stranger = sign_in(office(SIBLING).clerk)

    found = {stranger.get(address).status_code for address in pages_of(case)}

    assert found <= {403, 404}
    assert stranger.get(f"/desk/cases/{case.pk}/").status_code == 404
    missing = stranger.get(f"/desk/cases/{uuid.uuid4()}/")
    assert len(missing.content) == len(stranger.get(f"/desk/cases/{case.pk}/").content)


def test_the_worklist_and_the_search_of_another_town_do_not_show_it(clock, town, sign_in):
    case = case_at("assessed", clock)
    stranger = sign_in(office(SIBLING).clerk)

    listed = stranger.get("/desk/").content.decode()
    searched = stranger.post("/desk/find/", {"q": case.number}).content.decode()

    assert str(case.pk) not in listed
    assert str(case.pk) not in searched


def test_an_administrator_sees_no_case_and_an_officer_no_staff(clock, town, sign_in):
    case = case_at("assessed", clock)
    admin = sign_in(staff("sec", Role.SECURITY_ADMIN, "6107"))

    clerk = sign_in(town.clerk)

    assert admin.get("/desk/").status_code == 403
    assert admin.get(f"/desk/cases/{case.pk}/").status_code == 403
    assert clerk.get("/desk/staff/").status_code == 403


def test_nobody_is_led_in_without_signing_in(clock, town, client):
    case = case_at("assessed", clock)

    answer = client.get(f"/desk/cases/{case.pk}/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


def test_the_county_looks_but_does_not_decide(clock, town, sign_in):
    case = case_at("noticed", clock)
    county = sign_in(staff("county", Role.COUNTY_OFFICER, "610702"))

    looked = county.get(f"/desk/cases/{case.pk}/")
    decided = county.post(f"/desk/cases/{case.pk}/act/confirm/", {"version": case.version})

    assert looked.status_code == 200
    assert decided.status_code == 403


# Empty forms hold nobody; a slip is shown to who wrote it and to who decides it, and asks itself.
FOR_EVERY_OFFICER = {"desk:forms", "desk:form_blank", "desk:slips", "desk:slip"}


def test_every_address_of_the_desk_carries_an_officers_mark():
    desk = [route for route in registry() if route.path.startswith("/desk/")]

    assert len(desk) > 15
    assert {route.guard.kind for route in desk} == {"officer"}
    assert {route.name for route in desk if not route.guard.right} == FOR_EVERY_OFFICER
