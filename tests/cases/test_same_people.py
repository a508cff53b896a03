"""One person, one application, one benefit: by number, in every county, to the last signature."""

import datetime as dt

import pytest

from doudi.cases.actions.accept import accept
from doudi.cases.actions.confirm import confirm
from doudi.cases.actions.withdraw import withdraw
from doudi.cases.gates import acceptance
from doudi.cases.models import Decision
from doudi.clock.time import now
from doudi.demo.play import ACTS, CITIZEN
from doudi.kernel.errors import Missing
from doudi.outbox.deliver import deliver_all
from doudi.people.actions.mark_benefit import mark_benefit
from doudi.people.models import Person
from tests.factories.cases import NUMBERS, case_at, office, ren_declaration, submitted

pytestmark = pytest.mark.django_db
LUEYANG = "610727105"


def _of_the_wife():
    """The wife alone, applying in Lüeyang under her own phone."""
    family = ren_declaration()
    wife = family["members"][1] | {"key": "m1", "relation": "self"}
    place = {"region": "610727105201", "permit": None, "phone": "12900000002"}
    names = {"name": wife["name"], "id_number": wife["id_number"]}
    return family | {"members": [wife], "applicant": family["applicant"] | place | names}


def test_a_member_of_an_open_case_cannot_be_accepted_in_another_one(clock, city):
    first = case_at("accepted", clock)
    second = submitted(_of_the_wife())

    with pytest.raises(Missing) as refusal:
        accept(second.pk, version=None, by=office(LUEYANG).clerk, at=now())

    assert first.number in refusal.value.sentence


def test_the_second_office_reads_who_pays_already_and_where_the_first_case_lies(clock, city):
    first = case_at("confirmed", clock)
    deliver_all()
    second = submitted(_of_the_wife())

    gate = next(g for g in acceptance(second, now().date()) if g.code == "elsewhere")

    assert not gate.open
    assert gate.sentence == "家庭成员已在享受待遇：汉台区 12345（最低生活保障）"
    assert [c.number for c in gate.cases] == [first.number]


def test_of_an_open_case_the_second_office_reads_number_office_and_telephone(clock, city):
    first = case_at("accepted", clock)
    second = submitted(_of_the_wife())

    gate = next(g for g in acceptance(second, now().date()) if g.code == "open_case")

    assert gate.sentence == f"已有在办申请：{first.number}（汉台区七里街道 12345）"
    assert gate.cases == (first,)


def test_a_later_application_that_names_the_same_people_holds_nobody_up(clock, city):
    first = submitted()
    clock.shift(dt.timedelta(hours=1))
    submitted(_of_the_wife())

    ACTS["accept"](first.pk, office())

    first.refresh_from_db()
    assert first.stage == "accepted"


def test_once_the_first_is_withdrawn_the_second_may_be_accepted(clock, city):
    first = submitted()
    second = submitted(_of_the_wife())
    withdraw(first.pk, "改在略阳申请", by=CITIZEN, at=now())

    gates = {g.code: g.open for g in acceptance(second, now().date())}

    assert gates["open_case"]


def test_whoever_is_paid_since_the_review_is_not_confirmed(clock, city):
    case = case_at("noticed", clock)
    daughter = Person.objects.get(name="任小雪")
    mark_benefit(
        [daughter.pk],
        programme="dibao",
        county="610727",
        award_ref=case.pk,
        from_month="2022-05",
    )
    clock.shift(dt.timedelta(days=8))

    with pytest.raises(Missing) as refusal:
        confirm(case.pk, version=None, by=office().head, at=now())

    assert "在享受待遇" in refusal.value.sentence


def test_a_name_that_differs_on_file_loses_nobody_the_cover(clock, city):
    Person.objects.create(
        name="任建民",
        id_number=NUMBERS["m1"],
        sex="male",
        born_on=dt.date(1974, 2, 11),
        created_at=now(),
    )
    case, desk = submitted(), office()
    accept(case.pk, version=None, by=desk.clerk, at=now(), name_reason="户口本为准")
    deliver_all()
    for step in ("visit", "assess", "panel", "review", "notice"):
        ACTS[step](case.pk, desk)
    clock.shift(dt.timedelta(days=8))

    confirm(case.pk, version=None, by=desk.head, at=now())

    covered = Decision.objects.get().persons.open()
    assert [p["member"] for p in covered] == ["m1", "m2", "m3"]


def test_two_members_of_one_name_are_both_covered(clock, city):
    alike = ren_declaration()
    alike["members"][2]["name"] = alike["members"][1]["name"]

    case = case_at("confirmed", clock, alike)

    covered = Decision.objects.get(case=case).persons.open()
    assert len({p["person_id"] for p in covered}) == 3
