"""The officers' pages: whose row it is, what is held, and what the centre's numbers open."""

import pytest

from doudi.accounts.permissions import Role
from doudi.audit.actor import SYSTEM
from doudi.audit.models import Entry
from doudi.clock.time import now
from doudi.outbox.deliver import deliver_all
from doudi.people.models import Person
from doudi.verification.actions.compare_register import compare_register
from doudi.verification.models import Match
from tests.factories.cases import staff
from tests.house.scene import browser_of
from tests.verification.test_matching import send_named
from tests.verification.test_platform import homes, lake, number, send

__all__ = ["homes", "lake"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def county(city):
    return browser_of(staff("c.one", Role.COUNTY_OFFICER, "610702", "县一"))


@pytest.fixture
def elsewhere(city):
    return browser_of(staff("c.two", Role.COUNTY_OFFICER, "610722", "县二"))


def test_a_row_stands_beside_the_person_with_the_difference_marked_and_is_settled_once(
    lake, homes, county, elsewhere
):
    person = Person.objects.get(memberships__household=homes[7])
    good = [f"{number(n)},在册,2020-01-01,,,," for n in range(60)]
    wrong = number(7)[:15] + "9" + number(7)[16:]
    again = [f"{number(n)},在册,2020-02-02,,,," for n in range(60)]
    send_named(lake, [*good, f"{wrong},死亡,2022-05-03,,任木,,", *again])
    match = Match.objects.get(person_id=person.pk)
    address = f"/desk/centre/rows/{match.pk}/"

    seen = county.get(address).content.decode()
    refused = county.post(address, {"belongs": "yes", "reason": ""})
    done = county.post(address, {"belongs": "yes", "reason": "问过派出所，录错一位"})

    assert elsewhere.get(address).status_code == 404
    assert ("任木" in seen, "任某" in seen, "死亡" in seen) == (True, True, True)
    assert seen.count('class="differs"') == 2  # name and number
    assert wrong not in seen
    assert number(7) not in seen
    assert (refused.status_code, done.status_code) == (422, 302)
    match.refresh_from_db()
    assert (match.state, match.decided_by) == ("accepted", "县一")
    actions = Entry.objects.filter(action__startswith="match.").values_list("action", flat=True)
    assert set(actions) >= {"match.viewed", "match.decided"}


def test_held_findings_are_seen_and_let_go_only_where_the_officer_stands(
    lake, homes, county, elsewhere
):
    send(lake, [f"{number(place)},死亡,2022-05-03," for place in range(60)])
    run = compare_register("2022-06", by=SYSTEM, at=now())
    town = run.discrepancies.values_list("town", flat=True).first()
    given = {"run": str(run.pk), "town": town, "use": "yes", "reason": "逐户看过，是真的"}

    counted = [browser.get("/desk/centre/").content.decode() for browser in (county, elsewhere)]
    far = elsewhere.post("/desk/centre/held/", given)
    unreasoned = county.post("/desk/centre/held/", given | {"reason": ""})
    near = county.post("/desk/centre/held/", given)
    deliver_all()

    assert ['<b class="bad">60</b>' in page for page in counted] == [True, False]
    assert (far.status_code, unreasoned.status_code, near.status_code) == (404, 422, 302)
    assert "没有待放行的疑点" in county.get("/desk/centre/held/").content.decode()
    listed = county.get("/desk/inquiries/?signal=X1").content.decode()
    assert listed.count("YJ") == 50  # one page of the sixty


def test_the_centre_asks_few_questions_and_its_numbers_open_their_lists(
    lake, homes, county, django_assert_max_num_queries
):
    send(lake, [f"{number(0)},死亡,2022-05-03,"])
    compare_register("2022-06", by=SYSTEM, at=now())
    deliver_all()
    county.get("/desk/centre/")

    with django_assert_max_num_queries(12):
        page = county.get("/desk/centre/").content.decode()

    assert f"/desk/inquiries/?town={homes[0].region_id[:9]}" in page
    assert "/desk/inquiries/?signal=X1" in page
    for address in ("list/waiting/", "list/silent/?item=G11", "sources/G04/", "rules/X1/", "rows/"):
        assert county.get(f"/desk/centre/{address}").status_code == 200
