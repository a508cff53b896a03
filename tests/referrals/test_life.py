"""生存认证: asked for in time, seen in three ways; late, one proposes and another decides."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from doudi.accounts.permissions import Role
from doudi.audit.actor import SYSTEM
from doudi.audit.models import Entry
from doudi.benefits.models import Award
from doudi.benefits.queries import awards_due
from doudi.clock.time import now, today
from doudi.demo.declare import declaration, member
from doudi.kernel.errors import Conflict, Invalid, Missing, NotAllowed, NotFound, WrongStage
from doudi.notices.models import Message
from doudi.people.actions.register_person import register_person
from doudi.people.models import GroupMembership
from doudi.referrals import queries
from doudi.referrals.actions.decide_stop import decide_stop
from doudi.referrals.actions.open_life import open_life
from doudi.referrals.actions.propose_stop import propose_stop
from doudi.referrals.actions.prove_life import Proof, prove_life
from doudi.referrals.figures import months_after
from doudi.referrals.models import LifeProof
from tests.factories.cases import HUKOU, VILLAGE, case_at, id_number, office, staff

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
TRIED = "打了三次电话没人接，上门两次没见到人，邻居说去了儿子家。"


def militia_declaration():
    """An old man on the list of the railway militia."""
    number = id_number("1950-03-12", 1)
    person = member("m1", "self", "演示老民兵", number, "12900000066", special="railway_militia")
    return declaration(
        {
            "name": "演示老民兵",
            "id_number": number,
            "phone": "12900000066",
            "region": VILLAGE,
            "address": "七里街道一组",
            "registered_region": HUKOU,
            "area": "urban",
            "permit": {
                "issued": "2021-09-01",
                "last_endorsed": "2022-03-01",
                "registered_region": HUKOU,
            },
            "bank": {"bank": "演示银行", "account": "6210990000000000066", "holder": "演示老民兵"},
        },
        [person],
        reason="修铁路受的伤，年纪大了。",
    )


def confirmed_militia(clock):
    """His case, confirmed: the county had put him on the list before."""
    declared = militia_declaration()
    told = declared["applicant"]
    person = register_person(
        told["name"], told["id_number"], told["phone"], county="610702", by=SYSTEM, at=now()
    )
    GroupMembership.objects.create(
        person_id=person, group="railway_militia", region_id=VILLAGE, from_on=today()
    )
    return case_at("confirmed", clock, declared)


def test_who_is_on_no_list_is_not_reviewed(clock, city):
    with pytest.raises(Missing, match="不在名册上"):
        case_at("reviewed", clock, militia_declaration())


@pytest.fixture
def award(clock, city):
    """His subsidy, paid from June 2022."""
    confirmed_militia(clock)
    return Award.objects.get(programme="railway_militia")


@pytest.fixture
def due(award, clock):
    """The year is nearly over: the proof is open and he was told."""
    clock.move_to(dt.datetime(2023, 5, 10, 8, 40, tzinfo=now().tzinfo))
    open_life(at=now())
    return LifeProof.objects.get()


def county():
    return staff("hantai.county", Role.COUNTY_OFFICER, "610702")


def late(clock, days=32):
    clock.move_to(dt.datetime(2023, 6, 1, 8, 40, tzinfo=now().tzinfo) + days * DAY)


def seen(manner="visit", note="在家，能走动，认得人。"):
    return Proof(manner, today(), note)


def propose(proof, by=None, why=TRIED):
    return propose_stop(proof.pk, why, by=by or office().reviewer, at=now())


def test_before_the_year_is_nearly_over_nobody_is_bothered(award, clock):
    clock.move_to(dt.datetime(2023, 4, 1, 8, 40, tzinfo=now().tzinfo))

    assert open_life(at=now()) == 0
    assert LifeProof.objects.count() == 0


def test_it_is_asked_for_once_and_in_time(due):
    again = open_life(at=now())

    assert (due.due_on, due.state, again) == (dt.date(2023, 6, 1), "open", 0)
    text = Message.objects.get(template="life_due").text.open()
    assert "2023-06-01" in text
    assert "演示老民兵" not in text


def test_other_awards_need_no_proof(clock, city):
    case_at("confirmed", clock)
    clock.shift(dt.timedelta(days=700))

    assert open_life(at=now()) == 0


@pytest.mark.parametrize("manner", ["visit", "video", "window"])
def test_he_is_seen_alive_in_one_of_three_ways(due, manner):
    proved = prove_life(due.pk, seen(manner), by=office().clerk, at=now())

    assert (proved.state, proved.manner, proved.proved_by) == (
        "proved",
        manner,
        office().clerk.name,
    )
    with pytest.raises(WrongStage):
        prove_life(due.pk, seen(), by=office().clerk, at=now())


def test_the_next_year_runs_from_the_day_he_was_seen(due, clock):
    prove_life(due.pk, seen(), by=office().clerk, at=now())
    clock.move_to(dt.datetime(2024, 5, 1, 8, 40, tzinfo=now().tzinfo))

    open_life(at=now())

    assert LifeProof.objects.get(state="open").due_on == dt.date(2024, 5, 10)


@pytest.mark.parametrize(
    ("proof", "field"),
    [
        (Proof("letter", dt.date(2023, 5, 10), "在家，很好"), "manner"),
        (Proof("visit", dt.date(2023, 5, 11), "在家，很好"), "seen_on"),
        (Proof("visit", dt.date(2023, 1, 1), "在家，很好"), "seen_on"),
        (Proof("visit", dt.date(2023, 5, 10), ""), "note"),
    ],
)
def test_a_proof_says_how_when_and_what(due, proof, field):
    with pytest.raises(Invalid) as refused:
        prove_life(due.pk, proof, by=office().clerk, at=now())

    assert set(refused.value.fields) == {field}


def test_another_town_does_not_record_it(due):
    with pytest.raises(NotAllowed):
        prove_life(due.pk, seen(), by=office("610725101").clerk, at=now())


def test_past_its_day_he_and_the_town_are_told_once_and_nothing_stops(due, clock, award):
    clerk = office().clerk
    clerk.phone = "13900000088"
    clerk.save()
    late(clock, 1)

    said = [open_life(at=now()), open_life(at=now())]

    assert said == [1, 0]
    assert Message.objects.filter(template="life_late").count() == 1
    assert Message.objects.get(template="life_town_late").to.open() == "13900000088"
    assert queries.owed(clerk, today()).lives_late == 1
    assert award in awards_due(award.county, "2023-07")


def test_in_the_days_of_grace_no_stop_is_proposed(due, clock):
    late(clock, 30)

    with pytest.raises(Invalid):
        propose(due)


def test_a_stop_is_proposed_with_what_was_tried_and_decided_by_the_county(due, clock, award):
    late(clock)
    with pytest.raises(Invalid):
        propose(due, why="没来")
    propose(due)
    officer = county()

    waiting = queries.owed(officer, today()).stops_proposed
    ended = decide_stop(due.pk, "keep", "儿子家在西安，已约视频。", by=officer, at=now())

    assert (waiting, ended.decision, ended.decided_by) == (1, "keep", officer.name)
    assert queries.owed(officer, today()).stops_proposed == 0
    assert award in awards_due(award.county, "2023-08")


def test_the_county_may_agree_and_still_the_machine_stops_nothing(due, clock, award):
    late(clock)
    propose(due)

    decide_stop(due.pk, "suspend", "多次联系不上，同意暂停。", by=county(), at=now())

    award.refresh_from_db()
    assert award.end_month == ""
    assert Entry.objects.get(action="life.stop_decided").detail == {"decision": "suspend"}


def test_who_comes_after_all_is_recorded_even_then(due, clock):
    late(clock)
    propose(due)
    decide_stop(due.pk, "suspend", "多次联系不上，同意暂停。", by=county(), at=now())

    proved = prove_life(due.pk, seen("video"), by=office().clerk, at=now())

    assert proved.state == "proved"


def test_without_a_proposal_nothing_is_decided_and_no_proposal_stands_twice(due, clock):
    late(clock)

    with pytest.raises(Conflict):
        decide_stop(due.pk, "suspend", "多次联系不上，同意暂停。", by=county(), at=now())
    propose(due)
    with pytest.raises(Conflict):
        propose(due)


def test_the_town_does_not_decide_and_the_clerk_does_not_propose(due, clock):
    late(clock)

    with pytest.raises(NotAllowed):
        propose(due, by=office().clerk)
    propose(due)
    with pytest.raises(NotAllowed):
        decide_stop(due.pk, "suspend", "多次联系不上，同意暂停。", by=office().reviewer, at=now())


def test_only_the_places_of_the_officer_are_seen(due):
    assert [r.proof.pk for r in queries.lives_listed(office().clerk, today())] == [due.pk]
    stranger = office("610725101").clerk
    assert queries.lives_listed(stranger, today()) == []
    with pytest.raises(NotFound):
        queries.life_for(due.pk, stranger)


@pytest.mark.parametrize("values", [{"state": "proved"}, {"decision": "suspend"}])
def test_the_database_refuses_what_nobody_signed(due, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        LifeProof.objects.filter(pk=due.pk).update(**values)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2022-06-01", 12, "2023-06-01"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2022-12-31", 2, "2023-02-28"),
        ("2022-11-15", 1, "2022-12-15"),
    ],
)
def test_a_year_later_is_the_same_day_or_the_last_of_a_shorter_month(day, months, then):
    assert months_after(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(then)
