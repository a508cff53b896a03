"""待遇变动 on its pages: what an officer types is what was meant."""

import pytest
from django.db.models import Count

from doudi.accounts.permissions import Role
from doudi.regions.models import Region
from doudi.regions.queries import path_name
from doudi.upkeep.models import Proposal
from tests.benefits.running import TOWN, award
from tests.factories.cases import staff

pytestmark = pytest.mark.django_db
COUNTRY = "610702006200"


def moved_to(browser, running, place):
    said = {"cause": "moved", "month": "2022-07", "base": "450.00", "top_up": "0"}
    said |= {"to_village": place, "why": "演示：已搬到村里居住", "paper": ""}
    return browser.post(f"/desk/awards/{running.pk}/propose/move/", said)


def test_a_move_names_the_village_as_people_call_it(city, sign_in):
    running, browser = award(), sign_in(staff("clerk", Role.TOWN_CLERK, TOWN))
    twice = Region.objects.filter(level="village").values("name").annotate(n=Count("pk"))
    doubled = twice.filter(n__gt=1).order_by("name").values_list("name", flat=True)[0]

    unclear = moved_to(browser, running, doubled)
    nowhere = moved_to(browser, running, "没有的村")
    made = moved_to(browser, running, path_name(COUNTRY))

    assert (unclear.status_code, "请写全" in unclear.content.decode()) == (422, True)
    assert (nowhere.status_code, "请核对名称" in nowhere.content.decode()) == (422, True)
    assert (made.status_code, Proposal.objects.get().to_village) == (302, COUNTRY)
