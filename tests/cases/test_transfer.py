"""转办: nobody is sent away; the day of receipt stays, both counties' journals say it."""

import datetime as dt

import pytest

from doudi.accounts.permissions import Role
from doudi.audit.models import Entry
from doudi.cases.actions.accept import accept
from doudi.cases.actions.transfer import transfer
from doudi.clock.time import now
from doudi.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, WrongStage
from doudi.notices.models import Message
from doudi.outbox.deliver import deliver_all
from tests.factories.cases import case_at, office, staff, submitted

pytestmark = pytest.mark.django_db
MAOERGOU, LUEYANG = "610727105201", "610727105"
WHY = "申请人住在猫儿沟村，误交到本街道。"


def hand_on(case, village=MAOERGOU, by=None, version=None, reason=WHY):
    return transfer(case.pk, village, reason, version=version, by=by or office().clerk, at=now())


def test_it_arrives_at_the_other_town_with_the_day_it_was_handed_in(clock, city):
    case = submitted()
    day = case.submitted_at
    clock.shift(dt.timedelta(days=1))

    hand_on(case)

    case.refresh_from_db()
    assert (case.town, case.county, case.area) == (LUEYANG, LUEYANG[:6], "rural")
    assert (case.stage, case.submitted_at) == ("submitted", day)
    assert case.transfers.get().from_town == "610702008"


def test_both_counties_journals_say_so(city):
    case = submitted()

    hand_on(case)

    told = Entry.objects.filter(subject=f"case:{case.pk}")
    assert told.filter(action="case.transferred_away", chain="610702").exists()
    assert told.filter(action="case.transfer", chain="610727").exists()


def test_the_applicant_reads_who_has_it_now_and_whom_to_call(city):
    case = submitted()
    deliver_all()

    hand_on(case)
    deliver_all()

    text = Message.objects.get(template="transferred").text.open()
    assert "徐家坪镇" in text
    assert "不用您再跑" in text


def test_the_receiving_town_works_on_and_the_first_one_does_not(clock, city):
    case = submitted()
    hand_on(case, by=office().clerk)

    with pytest.raises(NotAllowed):
        accept(case.pk, version=None, by=office().clerk, at=now())
    accept(case.pk, version=None, by=office(LUEYANG).clerk, at=now())

    case.refresh_from_db()
    assert case.stage == "accepted"


def test_two_towns_hand_it_on_once_each_then_the_county_decides(city):
    case = submitted()
    hand_on(case)
    hand_on(case, "610702008001", by=office(LUEYANG).clerk, reason="户籍和居住都不在本镇。")

    with pytest.raises(Invalid) as refusal:
        hand_on(case)
    county = staff("hantai.decides", Role.COUNTY_OFFICER, "610702")
    hand_on(case, by=county, reason="县区核实，申请人住在略阳县。")

    assert set(refusal.value.fields) == {"village"}
    case.refresh_from_db()
    assert case.town == LUEYANG


@pytest.mark.parametrize(
    ("village", "reason", "field"),
    [
        ("610702008001", WHY, "village"),
        ("610727105", WHY, "village"),
        ("610727105999", WHY, "village"),
        ("", WHY, "village"),
        (MAOERGOU, " ", "reason"),
        (MAOERGOU, "电话12900000001", "reason"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_moves(city, village, reason, field):
    case = submitted()

    with pytest.raises(Invalid) as refusal:
        hand_on(case, village, reason=reason)

    assert set(refusal.value.fields) == {field}
    case.refresh_from_db()
    assert case.town == "610702008"


def test_an_accepted_case_is_not_handed_on(clock, city):
    case = case_at("accepted", clock)

    with pytest.raises(WrongStage):
        hand_on(case)


def test_another_town_does_not_take_it_by_itself(city):
    case = submitted()

    with pytest.raises((NotAllowed, NotFound)):
        hand_on(case, by=office(LUEYANG).clerk)


def test_two_pages_hand_it_on_once(city):
    case = submitted()
    seen = case.version
    hand_on(case, version=seen)

    with pytest.raises((Conflict, NotAllowed)):
        hand_on(case, "610722101001", version=seen)
