"""转办: nobody is sent away; the other town takes over or sends back once, then the county says."""

import datetime as dt

import pytest

from doudi.accounts.models import Post
from doudi.accounts.permissions import Role
from doudi.audit.actor import Actor
from doudi.audit.models import Entry
from doudi.cases.actions.accept import accept
from doudi.cases.actions.ask_for_more import ask_for_more
from doudi.cases.actions.send_back import send_back
from doudi.cases.actions.supplement import supplement
from doudi.cases.actions.take_over import take_over
from doudi.cases.actions.transfer import transfer
from doudi.cases.actions.withdraw import withdraw
from doudi.cases.progress import progress
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


def take(case, by=None):
    return take_over(case.pk, version=None, by=by or office(LUEYANG).clerk, at=now())


def back(case, by=None, reason="申请人长期住在七里街道。"):
    by = by or office(LUEYANG).clerk
    return send_back(case.pk, reason, version=None, by=by, at=now())


def test_it_arrives_at_the_other_town_with_the_day_it_was_handed_in(clock, city):
    case = submitted()
    day = case.submitted_at
    clock.shift(dt.timedelta(days=1))

    hand_on(case)

    case.refresh_from_db()
    assert (case.town, case.county, case.area) == (LUEYANG, LUEYANG[:6], "rural")
    assert (case.stage, case.submitted_at) == ("submitted", day)
    assert case.transfers.get().from_town == "610702008"


def test_the_stages_of_a_case_lie_where_the_case_lies_even_after_it_moved(city):
    case = submitted()

    hand_on(case)

    case.refresh_from_db()
    spells = case.spells.values_list("village_id", "town", "county")
    assert set(spells) == {(case.village_id, case.town, case.county)}


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


def test_the_receiving_town_takes_over_and_works_on_and_the_first_one_does_not(clock, city):
    case = submitted()
    hand_on(case, by=office().clerk)

    with pytest.raises(NotAllowed):
        take(case, by=office().clerk)
    with pytest.raises(WrongStage):
        accept(case.pk, version=None, by=office(LUEYANG).clerk, at=now())
    take(case)
    accept(case.pk, version=None, by=office(LUEYANG).clerk, at=now())

    case.refresh_from_db()
    assert case.stage == "accepted"
    assert "镇（街道）已接收" in [line["what"] for line in progress(case)["done"]]


def test_what_nobody_handed_on_is_not_taken_over_nor_sent_back(city):
    case = submitted()

    for deed in (take, back):
        with pytest.raises(WrongStage):
            deed(case, by=office().clerk)


def test_what_is_taken_over_is_not_sent_back(city):
    case = submitted()
    hand_on(case)
    take(case)

    for deed in (take, back):
        with pytest.raises(WrongStage):
            deed(case)


def test_it_goes_back_once_with_a_reason_to_the_village_it_came_from(city):
    case = submitted()
    hand_on(case)
    deliver_all()
    with pytest.raises(Invalid):
        back(case, reason=" ")

    back(case)
    deliver_all()

    case.refresh_from_db()
    assert (case.town, case.village_id) == ("610702008", "610702008001")
    assert [t.to_town for t in case.transfers.order_by("at")] == [LUEYANG, "610702008"]
    assert Message.objects.filter(template="transferred").count() == 2


def test_after_it_came_back_the_county_says_whose_it_is_and_that_stands(city):
    case = submitted()
    hand_on(case)
    back(case)

    with pytest.raises(Invalid) as refusal:
        hand_on(case)
    county = staff("hantai.decides", Role.COUNTY_OFFICER, "610702")
    hand_on(case, by=county, reason="县区核实，申请人住在略阳县。")
    with pytest.raises(Invalid):
        back(case)
    take(case)

    assert set(refusal.value.fields) == {"village"}
    case.refresh_from_db()
    assert case.town == LUEYANG


def test_what_the_county_handed_on_is_not_sent_back(city):
    case = submitted()
    county = staff("hantai.decides", Role.COUNTY_OFFICER, "610702")
    hand_on(case, by=county)

    with pytest.raises(Invalid) as refusal:
        back(case)

    assert "县区" in refusal.value.fields["reason"]


def test_a_town_does_not_hand_on_what_it_has_not_taken_over(city):
    case = submitted()
    hand_on(case)

    with pytest.raises(Invalid):
        hand_on(case, "610722101001", by=office(LUEYANG).clerk)


def test_a_county_that_does_not_have_it_decides_nothing(city):
    case = submitted()
    hand_on(case)
    back(case)

    with pytest.raises((NotAllowed, Invalid)):
        hand_on(case, by=staff("other.county", Role.COUNTY_OFFICER, "610722"))


def test_a_county_post_elsewhere_is_no_countys_word_here(city):
    case = submitted()
    hand_on(case)
    back(case)
    both = staff("clerk.and.county", Role.TOWN_CLERK, "610702008")
    far = {"role": Role.COUNTY_OFFICER.value, "region_id": "610722000000"}
    Post.objects.create(staff=both, from_on=dt.date(2021, 7, 1), **far)

    with pytest.raises(Invalid):
        hand_on(case, by=both)


def test_it_goes_back_once_even_where_more_transfers_were_allowed(city):
    case = submitted()
    hand_on(case)
    back(case)
    case.transfers.all().delete()  # as if the limit were not reached
    hand_on(case)

    with pytest.raises(Invalid) as refusal:
        back(case)

    assert "退回过一次" in refusal.value.fields["reason"]


def test_what_waits_for_papers_is_handed_on_too_and_the_papers_arrive(city):
    case = submitted()
    missing = [{"what": "居住证", "why": "看签注日期"}]
    ask_for_more(case.pk, missing, version=None, by=office().clerk, at=now())

    hand_on(case)
    owner = Actor("citizen", case.application.phone_index, "")
    supplement(case.pk, by=owner, at=now())
    take(case)

    case.refresh_from_db()
    assert (case.town, case.stage) == (LUEYANG, "submitted")


def test_the_applicant_may_withdraw_while_it_waits_to_be_taken_over(city):
    case = submitted()
    hand_on(case)

    withdraw(case.pk, "不办了", by=Actor("citizen", case.application.phone_index, ""), at=now())

    case.refresh_from_db()
    assert case.stage == "withdrawn"


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
