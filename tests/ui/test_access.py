"""No view runs before its guard agrees, and a view without a guard never runs."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import RequestFactory

from doudi.accounts.permissions import Role
from doudi.ui.access import Doorkeeper, admit, officer, public, registry, resident, resident_of
from tests.factories.cases import staff
from tests.pages.desk.conftest import sign_in

__all__ = ["sign_in"]
pytestmark = pytest.mark.django_db
PHONE = "12900000001"


class _Nobody:
    is_authenticated = False


def _asked(view, client, **more):
    request = RequestFactory().get("/x/")
    request.session, request.user = client.session, _Nobody()
    for name, value in more.items():
        setattr(request, name, value)
    return Doorkeeper(lambda r: HttpResponse("in")).process_view(request, view, (), {})


def test_a_view_without_a_mark_is_refused(client):
    def forgotten(request):
        return HttpResponse("secret")

    answer = _asked(forgotten, client)

    assert answer.status_code == 403


def test_every_address_of_the_installation_has_a_guard():
    open_ = [route.path for route in registry() if route.guard is None]

    assert open_ == []


def test_the_registry_knows_path_name_and_methods():
    routes = {route.name: route for route in registry()}

    assert routes["portal:track_code"].path == "/q/<str:secret>"
    assert set(routes["portal:apply_photo"].methods) == {"POST"}
    assert routes["portal:my_cases"].guard.kind == "resident"


def test_a_public_view_lets_everybody_in(client):
    assert _asked(public(lambda r: None), client) is None


def test_a_residents_view_sends_strangers_to_the_phone_page_without_the_query(client):
    answer = client.get("/track/cases/?q=12900000001")

    assert answer.url == "/track/sign-in/?next=%2Ftrack%2Fcases%2F"


def test_a_proved_phone_holds_for_two_hours(client, clock):
    request = RequestFactory().get("/x/")
    request.session = client.session
    admit(request, PHONE)

    clock.shift(dt.timedelta(hours=1, minutes=59))
    inside = resident_of(request)
    clock.shift(dt.timedelta(minutes=2))

    assert inside.phone == PHONE
    assert resident_of(request) is None


def test_the_session_keeps_the_phone_sealed(client):
    request = RequestFactory().get("/x/")
    request.session = client.session
    admit(request, PHONE)
    request.session.save()

    stored = Session.objects.get(pk=request.session.session_key).get_decoded()

    assert PHONE not in str(stored)


def test_an_officers_view_sends_strangers_to_the_sign_in(client):
    answer = _asked(officer("case.view")(lambda r: None), client)

    assert answer.status_code == 302
    assert answer.url.startswith("/sign-in/")


def test_an_officer_without_the_right_is_told_so(client, city):
    clerk = staff("qili.clerk", Role.TOWN_CLERK, "610702008")

    without = _asked(officer("staff.manage")(lambda r: None), client, user=clerk)
    with_ = _asked(officer("case.view")(lambda r: None), client, user=clerk)

    assert without.status_code == 403
    assert with_ is None


def test_a_resident_is_no_officer(client):
    request = RequestFactory().get("/x/")
    request.session = client.session
    admit(request, PHONE)

    answer = _asked(officer("")(lambda r: None), client, session=request.session)

    assert answer.status_code == 302


def test_an_officer_is_no_resident(sign_in, city):
    browser = sign_in(staff("qili.clerk", Role.TOWN_CLERK, "610702008"))

    answer = browser.get("/track/cases/")

    assert answer.url.startswith("/track/sign-in/")
    assert resident(lambda r: None) is not None
