"""生存认证 at the desk: recorded by the town, a stop proposed late and decided by the county."""

import datetime as dt

import pytest

from doudi.accounts.permissions import Role
from doudi.benefits.models import Award
from doudi.clock.time import now, today
from doudi.referrals.actions.open_life import open_life
from doudi.referrals.models import LifeProof
from tests.factories.cases import office, staff
from tests.referrals.test_life import TRIED, confirmed_militia

pytestmark = pytest.mark.django_db


@pytest.fixture
def proof(clock, city):
    """An old man's proof of the year, opened in time."""
    confirmed_militia(clock)
    clock.move_to(dt.datetime(2023, 5, 10, 8, 40, tzinfo=now().tzinfo))
    open_life(at=now())
    return LifeProof.objects.get()


def test_the_town_records_that_he_was_seen(proof, sign_in):
    browser, address = sign_in(office().clerk), f"/desk/life/{proof.pk}/"

    listed = browser.get("/desk/life/").content.decode()
    silent = browser.post(address, {"manner": "video"})
    told = {"manner": "video", "seen_on": str(today()), "note": "本人接的视频，说都好。"}
    done = browser.post(address, told)

    assert ("演***兵" in listed or "演*" in listed, "演示老民兵" in listed) == (True, False)
    assert (silent.status_code, done.status_code) == (422, 302)
    assert LifeProof.objects.get().state == "proved"


def test_late_the_town_proposes_and_the_county_decides_while_the_money_runs(proof, sign_in, clock):
    address = f"/desk/life/{proof.pk}/"
    early = sign_in(office().reviewer).post(f"{address}propose/", {"why": TRIED})
    clock.shift(dt.timedelta(days=60))

    proposed = sign_in(office().reviewer).post(f"{address}propose/", {"why": TRIED})
    county = sign_in(staff("hantai.county", Role.COUNTY_OFFICER, "610702"))
    home = county.get("/desk/").content.decode()
    told = {"decision": "keep", "why": "儿子家在西安，已约视频。"}
    decided = county.post(f"{address}decide/", told)

    assert (early.status_code, proposed.status_code, decided.status_code) == (422, 302, 302)
    assert "提请暂停待决定" in home
    assert LifeProof.objects.get().decision == "keep"
    assert Award.objects.get().end_month == ""


def test_the_clerk_is_offered_no_proposal(proof, sign_in, clock):
    clock.shift(dt.timedelta(days=60))

    page = sign_in(office().clerk).get(f"/desk/life/{proof.pk}/").content.decode()

    assert "提请暂停发放" not in page


def test_what_is_late_is_red_on_the_workbench(proof, sign_in, clock):
    clock.shift(dt.timedelta(days=60))

    assert "生存认证超期" in sign_in(office().clerk).get("/desk/").content.decode()


def test_the_list_costs_few_queries(proof, sign_in, django_assert_max_num_queries):
    browser = sign_in(office().clerk)

    for address in ("/desk/life/", f"/desk/life/{proof.pk}/", "/desk/"):
        with django_assert_max_num_queries(12):
            browser.get(address)
