"""待遇变动 on its pages: what an officer types is what was meant."""

import pytest
from django.db.models import Count

from doudi.accounts.permissions import Role
from doudi.audit.actor import Actor
from doudi.benefits.models import Award
from doudi.clock.time import now
from doudi.notices.models import Message
from doudi.outbox.deliver import deliver_all
from doudi.redress.actions.answer_change_appeal import answer_change_appeal
from doudi.regions.models import Region
from doudi.regions.queries import path_name
from doudi.upkeep.actions.appeal_change import appeal_change
from doudi.upkeep.actions.recover import decide_recovery, propose_recovery, receive_part
from doudi.upkeep.models import Proposal
from tests.benefits.running import TOWN, award
from tests.factories.cases import case_at, ren_declaration, staff
from tests.house.scene import browser_of_phone

pytestmark = pytest.mark.django_db
HOME = Actor("citizen", "phone", "")
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


def test_where_nothing_more_is_asked_back_everybody_reads_that_what_came_stays_booked(
    city, clock, sign_in
):
    case = case_at("confirmed", clock)
    award = Award.objects.get(case_id=case.pk)
    clerk = staff("m.clerk", Role.TOWN_CLERK, case.town)
    county, deputy = (staff(f"m.{n}", Role.COUNTY_OFFICER, case.county) for n in (1, 2))
    back = propose_recovery(award.pk, "late_report", 30_000, "报告晚了", by=clerk, at=now())
    decide_recovery(back.pk, 3, "分三期", by=county, at=now())
    receive_part(back.pk, back.parts.earliest("month").month, by=county, at=now())
    made = appeal_change(back.pk, "是你们算错了，不是我晚报", asks_hold=False, by=HOME, at=now())
    city_officer = staff("m.city", Role.CITY_OFFICER, "610700")
    answer_change_appeal(made.pk, True, "经核实是核算有误，申诉成立", by=city_officer, at=now())
    deliver_all()
    desk, page = sign_in(deputy), f"/desk/recoveries/{back.pk}/"
    before = desk.get(page).content.decode()

    decide_recovery(back.pk, 0, "本人不知情", by=deputy, at=now())
    deliver_all()

    phone = browser_of_phone(ren_declaration()["applicant"]["phone"])
    assert "本人已退还100.00 元，还剩200.00 元" in before
    assert "不追回的是其余200.00 元" in desk.get(page).content.decode()
    assert "您已退还100.00 元，仍记在县区账上" in phone.get("/track/benefits/").content.decode()
    sent = Message.objects.get(template="recovery_waived_after_parts").text
    assert "没退的200.00元" in str(sent.open())
    assert "已退还的100.00元" in str(sent.open())
