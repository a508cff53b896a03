"""Whom an officer was shown in given hours; samples that anybody draws again."""

import datetime as dt

import pytest

from doudi.accounts.permissions import Role
from doudi.audit.models import Entry
from doudi.clock.time import now
from doudi.supervision.figures import placed, sealed
from tests.factories.cases import office, staff
from tests.house.scene import browser_of

pytestmark = pytest.mark.django_db


def hours(before: int, after: int) -> dict[str, str]:
    """A span around now, as the form sends it."""
    here, hour = now(), dt.timedelta(hours=1)
    return {"since": f"{here - before * hour:%Y-%m-%dT%H:%M}"} | {
        "until": f"{here + after * hour:%Y-%m-%dT%H:%M}"
    }


def test_account_and_hours_give_the_persons_who_were_shown(desk, confirmed):
    clerk, case = office().clerk, f"/desk/cases/{confirmed.pk}/"
    browser_of(clerk).post(
        f"{case}reveal/", {"field": "phone", "member": "m2", "purpose": "contact"}
    )

    page = desk.post("/audit/access/", {"account": clerk.account} | hours(1, 1)).content.decode()

    assert "查看完整信息" in page
    assert "联系申请人" in page
    assert "涉及 1 人" in page
    assert Entry.objects.filter(action="audit.access_read", subject=f"staff:{clerk.pk}").exists()


def test_other_hours_show_nothing(desk, confirmed):
    asked = {"account": office().clerk.account} | hours(-2, 3)

    page = desk.post("/audit/access/", asked).content.decode()

    assert "这段时间没有记录" in page


def test_a_county_auditor_asks_only_about_his_countys_staff(confirmed):
    elsewhere = browser_of(staff("mian.auditor", Role.AUDITOR, "610725"))

    answer = elsewhere.post("/audit/access/", {"account": office().clerk.account} | hours(1, 1))

    assert (answer.status_code, "没有这个账号" in answer.content.decode()) == (422, True)


ASKED = {
    "county": "610702",
    "month": "2022-05",
    "population": "new",
    "seed": "2022-audit-1",
    "size": "1",
}


def test_a_sample_can_be_drawn_again_and_its_seed_and_hash_stand_in_the_journal(desk, confirmed):
    page = desk.post("/audit/sample/", ASKED).content.decode()

    line = Entry.objects.get(action="audit.sampled")
    assert f"/audit/cases/{confirmed.pk}/" in page
    assert line.detail["sha256"] == sealed([confirmed.number])
    assert line.detail["seed"] == "2022-audit-1"


def test_the_order_of_a_sample_depends_on_seed_and_numbers_alone():
    numbers = [f"SQ{n}" for n in range(50)]

    assert placed("a", numbers) == placed("a", numbers[::-1])
    assert placed("a", numbers) != placed("b", numbers)


@pytest.mark.parametrize("seed", ["", "x", "有字", "a b c d"])
def test_a_seed_that_nobody_could_copy_is_refused(desk, seed):
    assert desk.post("/audit/sample/", ASKED | {"seed": seed}).status_code == 422
