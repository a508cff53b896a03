"""What a household reads of a change of its benefit, and that it answers before it is decided."""

import datetime as dt

import pytest

from doudi.accounts.permissions import Role
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.models import Award
from doudi.clock.time import now
from doudi.notices.models import Message
from doudi.outbox.deliver import deliver_all
from doudi.upkeep.actions.decide_proposal import decide_proposal
from doudi.upkeep.actions.propose import Why, propose
from doudi.upkeep.actions.recover import decide_recovery, propose_recovery
from doudi.upkeep.models import Proposal
from doudi.upkeep.parts import Asked, plan_of
from tests.benefits.running import award
from tests.factories.cases import case_at, ren_declaration, staff
from tests.house.scene import browser_of_phone

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_the_household_reads_why_answers_and_reads_what_came_of_it(city, clock):
    case = case_at("confirmed", clock)
    award = Award.objects.get(case_id=case.pk)
    clerk = staff("m.clerk", Role.TOWN_CLERK, case.town)
    head = staff("m.head", Role.TOWN_HEAD, case.town)
    why = Why("job", "户主已上班，收入超过标准")
    plan = plan_of(award, "taper", Asked("2022-08"), now())
    made = propose(award.pk, "taper", plan, why, by=clerk, at=now())
    deliver_all()
    phone = browser_of_phone(ren_declaration()["applicant"]["phone"])

    page = phone.get("/track/benefits/").content.decode()
    told = phone.post(f"/track/proposals/{made.pk}/", {"text": "只干了两个月就没活了"})
    decide_proposal(made.pk, agree=True, why="核实后同意", by=head, at=now())
    deliver_all()
    after = phone.get("/track/benefits/").content.decode()

    assert "还没有决定" in page
    assert "户主已上班" in page
    assert told.status_code == 302
    assert Proposal.objects.get().answer.open() == "只干了两个月就没活了"
    assert "后来的变动" in after
    assert "发到2022-10为止" in after
    sent = set(Message.objects.values_list("template", flat=True))
    assert {"change_proposed", "award_changed"} <= sent


def test_nobody_answers_for_another_household(city, clock):
    case = case_at("confirmed", clock)
    award = Award.objects.get(case_id=case.pk)
    clerk = staff("m.clerk", Role.TOWN_CLERK, case.town)
    plan = plan_of(award, "stop", Asked("2022-08"), now())
    made = propose(award.pk, "stop", plan, Why("means", "收入超过标准了"), by=clerk, at=now())

    answer = browser_of_phone("12900009998").post(f"/track/proposals/{made.pk}/", {"text": "我的"})

    assert (answer.status_code, Proposal.objects.get().answer.open() or "") == (404, "")


def test_what_is_asked_back_is_shown_in_parts_and_never_taken_off(city, clock):
    case = case_at("confirmed", clock)
    award = Award.objects.get(case_id=case.pk)
    clerk = staff("m.clerk", Role.TOWN_CLERK, case.town)
    county = staff("m.county", Role.COUNTY_OFFICER, case.county)
    back = propose_recovery(award.pk, "late_report", 30_000, "报告晚了", by=clerk, at=now())
    decide_recovery(back.pk, 3, "分三期", by=county, at=now())

    page = browser_of_phone(ren_declaration()["applicant"]["phone"]).get("/track/benefits/")

    text = page.content.decode()
    assert text.count("100.00") == 3
    assert "每月待遇里不扣这笔钱" in text


def test_who_waits_for_the_next_list_reads_that_nothing_is_lost(city, clock):
    case = case_at("confirmed", clock)
    none = {"monthly_fen": 0, "base_fen": 0, "top_up_fen": 0, "once_fen": 600_000}
    Award.objects.update(**none, programme="temporary_aid", end_month="2022-06")
    mine = Award.objects.get(case_id=case.pk)
    before = award(fen=0, programme="temporary_aid", start="2022-06", at=now() - DAY)
    Award.objects.filter(pk=before.pk).update(once_fen=100_000, payee=mine.payee)
    officer = staff("m.county", Role.COUNTY_OFFICER, case.county)

    prepare_roll(case.county, "2022-06", by=officer, at=now())

    page = browser_of_phone(ren_declaration()["applicant"]["phone"]).get("/track/benefits/")
    assert "2022年6月该发的6,000.00 元随下一次发放一起发" in page.content.decode()
