"""Relief first: two hands, limits to the fen, cash without an ID number, papers, notice, end."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from doudi.benefits.actions.book_results import book_results
from doudi.benefits.channels.base import Result
from doudi.benefits.models import Attempt, Payment
from doudi.clock.time import CHINA, now
from doudi.kernel.errors import Conflict, Invalid, Missing, NotAllowed, WrongStage
from doudi.notices.models import Message
from doudi.outbox.deliver import deliver_all, read_back
from doudi.outbox.models import Event
from doudi.people.models import Household, Membership, Person
from doudi.reactions.table import REACTIONS
from doudi.urgent.actions.close import close
from doudi.urgent.actions.follow_up import follow_up
from doudi.urgent.actions.hand_over import hand_over
from doudi.urgent.actions.hang_notice import hang_notice
from doudi.urgent.actions.record_return import record_return
from doudi.urgent.actions.refer import refer
from doudi.urgent.actions.sign import sign
from doudi.urgent.actions.take_papers import take_papers
from doudi.urgent.actions.turn_down import turn_down
from doudi.urgent.models import Advance, FollowUp, HelpCall, Paper
from doudi.urgent.queries import advance_notices, earlier, late_papers, year_of_household
from doudi.urgent.worklist import board
from tests.factories.cases import id_number
from tests.urgent.conftest import PHONE, TOWN, ZHANG, proposed, raised, visited

pytestmark = pytest.mark.django_db
KINDS = {kind.__name__: kind for kind in REACTIONS}
LIMIT = 3 * 65_500
COUNTY = 20_000_00
WRONG_ACCOUNT = "6210990000000000000"  # the bank sends it back
CASH = {"manner": "cash", "payee_id_number": "", "bank": "", "account": ""}


def signed(call, desk, **more):
    """Proposed by the clerk, signed by the county."""
    advance = proposed(call, desk.clerk, **more)
    sign(advance.pk, version=None, by=desk.officer, at=now())
    deliver_all()
    return Advance.objects.get(pk=advance.pk)


@pytest.mark.parametrize(("fen", "level"), [(LIMIT, "town"), (LIMIT + 1, "county")])
def test_the_town_signs_up_to_its_limit_and_not_a_fen_more(roster, clock, fen, level):
    advance = proposed(visited(roster, clock), roster.clerk, amount_fen=fen)

    assert advance.level == level
    if level == "town":
        sign(advance.pk, version=None, by=roster.head, at=now())
    else:
        with pytest.raises(NotAllowed):
            sign(advance.pk, version=None, by=roster.head, at=now())
    assert bool(Advance.objects.get().signed_at) == (level == "town")


def test_an_advance_ends_at_the_countys_limit_and_above_it_a_conference_decides(roster, clock):
    call = visited(roster, clock)
    with pytest.raises(Invalid) as refused:
        proposed(call, roster.clerk, amount_fen=COUNTY + 1)
    advance = proposed(call, roster.clerk, amount_fen=COUNTY)
    Advance.objects.update(amount_fen=COUNTY + 1)
    with pytest.raises(Missing, match="一事一议"):
        sign(advance.pk, version=None, by=roster.officer, at=now())
    Advance.objects.update(amount_fen=COUNTY)

    signed_one = sign(advance.pk, version=None, by=roster.officer, at=now())

    assert set(refused.value.fields) == {"amount"}
    assert signed_one.amount_fen == COUNTY


def test_the_third_time_in_a_year_for_one_cause_is_the_countys_to_sign(roster, clock):
    for _ in range(2):
        signed(visited(roster, clock), roster, amount_fen=100_000, **CASH)

    third = proposed(visited(roster, clock), roster.clerk, amount_fen=100_000, **CASH)
    other = proposed(visited(roster, clock, kind="fire"), roster.clerk, amount_fen=1_000, **CASH)

    assert (third.level, other.level) == ("county", "town")
    with pytest.raises(NotAllowed):
        sign(third.pk, version=None, by=roster.head, at=now())
    assert sign(third.pk, version=None, by=roster.officer, at=now()).signed_at


def test_whoever_lives_with_the_payee_counts_and_next_year_begins_anew(roster, clock):
    signed(visited(roster, clock), roster, amount_fen=780_000)
    wife = id_number("1970-02-01", 2)
    made = {"name": "王秀英", "sex": "female", "born_on": dt.date(1970, 2, 1)}
    person = Person.objects.create(id_number=wife, created_at=now(), **made)
    home = Household.objects.create(region_id=f"{TOWN}201", area="rural", created_at=now())
    for one, relation in ((Person.objects.exclude(pk=person.pk).get(), "self"), (person, "spouse")):
        Membership.objects.create(
            household=home, person=one, relation=relation, from_on=dt.date(2015, 1, 1)
        )
    call = visited(roster, clock, phone="12900000077")

    same = year_of_household(call, wife, 6_000, now())
    over = year_of_household(call, wife, 6_001, now())
    later = year_of_household(call, wife, 6_001, now() + dt.timedelta(days=300))

    assert (same.times, same.given, same.most) == (1, 780_000, 786_000)
    assert [y.is_over for y in (same, over, later)] == [False, True, False]


def test_a_limit_cannot_be_passed_in_the_database_either(roster, clock):
    advance = proposed(visited(roster, clock), roster.clerk, amount_fen=LIMIT)

    with pytest.raises(IntegrityError), transaction.atomic():
        Advance.objects.filter(pk=advance.pk).update(amount_fen=LIMIT + 1)


def test_who_proposes_does_not_sign_and_the_database_says_so_too(roster, clock):
    advance = proposed(visited(roster, clock), roster.clerk)
    Advance.objects.filter(pk=advance.pk).update(by_id=str(roster.officer.pk))

    with pytest.raises(NotAllowed, match="另一人"):
        sign(advance.pk, version=None, by=roster.officer, at=now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Advance.objects.filter(pk=advance.pk).update(
            signed_by_id=str(roster.officer.pk), signed_at=now(), papers_due_on=now().date()
        )


def test_a_clerk_never_signs(roster, clock):
    advance = proposed(visited(roster, clock), roster.review, amount_fen=LIMIT)

    with pytest.raises(NotAllowed):
        sign(advance.pk, version=None, by=roster.clerk, at=now())


def test_one_call_has_one_proposal_until_it_is_turned_down(roster, clock):
    call = visited(roster, clock)
    first = proposed(call, roster.clerk)
    with pytest.raises(Conflict):
        proposed(call, roster.review)

    turn_down(first.pk, "金额偏高", version=None, by=roster.officer, at=now())
    second = proposed(call, roster.clerk, amount_fen=300_000)

    assert Advance.objects.filter(turned_down_at=None).get() == second


def test_it_is_signed_once(roster, clock):
    advance = signed(visited(roster, clock), roster)

    with pytest.raises(WrongStage):
        sign(advance.pk, version=None, by=roster.second, at=now())
    assert Payment.objects.count() == 1


def test_money_to_an_account_needs_the_number_and_cash_needs_none(roster, clock):
    call = visited(roster, clock)
    with pytest.raises(Invalid) as refusal:
        proposed(call, roster.clerk, payee_id_number="")

    signed(call, roster, **CASH)

    assert set(refusal.value.fields) == {"payee_id_number"}
    assert (Payment.objects.count(), Person.objects.count()) == (0, 0)


def test_cash_is_handed_over_once_against_a_receipt(roster, clock):
    call = visited(roster, clock)
    signed(call, roster, **CASH)

    hand_over(call.pk, "SJ0001", version=None, by=roster.clerk, at=now())

    assert Advance.objects.get().receipt == "SJ0001"
    with pytest.raises(WrongStage):
        hand_over(call.pk, "SJ0002", version=None, by=roster.clerk, at=now())


def test_an_amount_beside_the_formula_needs_a_reason_and_is_not_refused(roster, clock):
    call = visited(roster, clock)
    with pytest.raises(Invalid):
        proposed(call, roster.clerk, reason="")

    assert proposed(call, roster.clerk, amount_fen=6 * 65_500, reason="").suggested_fen == 393_000


def test_the_same_person_and_cause_within_twelve_months_is_found(roster, clock):
    call = visited(roster, clock)
    signed(call, roster)

    same = earlier(ZHANG, None, "illness", now())
    by_phone = earlier("", raised(phone=PHONE).phone_index, "illness", now())
    other = earlier(ZHANG, None, "fire", now())
    clock.shift(dt.timedelta(days=370))

    assert ([a.call_id for a in same], len(by_phone), other) == ([call.pk], 1, [])
    assert earlier(ZHANG, None, "illness", now()) == []


def test_overdue_papers_are_listed_the_day_after(roster, clock):
    signed(visited(roster, clock), roster)

    assert late_papers(roster.head, dt.date(2022, 3, 30)) == []
    assert len(late_papers(roster.head, dt.date(2022, 3, 31))) == 1
    assert late_papers(roster.elsewhere, dt.date(2022, 3, 31)) == []


def test_nothing_is_closed_before_everything_is_done(roster, clock):
    call = visited(roster, clock)
    signed(call, roster)
    with pytest.raises(Missing) as left:
        close(call.pk, "已办", version=None, by=roster.clerk, at=now())
    with pytest.raises(Missing):
        hang_notice(call.pk, version=None, by=roster.clerk, at=now())

    take_papers(
        call.pk, Paper.objects.values_list("pk", flat=True), version=None, by=roster.clerk, at=now()
    )
    hang_notice(call.pk, version=None, by=roster.clerk, at=now())
    for follow in FollowUp.objects.all():
        follow_up(follow.pk, "已办", version=None, by=roster.clerk, at=now())

    assert len(left.value.what) == 3
    assert close(call.pk, "已办", version=None, by=roster.clerk, at=now()).stage == "closed"


def test_the_notice_has_a_masked_name_and_ends_by_itself(roster, clock):
    call = visited(roster, clock)
    signed(call, roster)
    take_papers(
        call.pk, Paper.objects.values_list("pk", flat=True), version=None, by=roster.clerk, at=now()
    )

    hang_notice(call.pk, version=None, by=roster.clerk, at=now())

    assert [a.masked_name for a in advance_notices(dt.date(2022, 3, 19))] == ["张*福"]
    assert advance_notices(dt.date(2022, 3, 20)) == []


def test_illness_is_followed_by_a_referral_an_assessment_and_a_revisit(roster, clock):
    signed(visited(roster, clock), roster)

    found = dict(FollowUp.objects.values_list("kind", "due_on"))

    assert found == {
        "dibao": dt.date(2022, 3, 30),
        "referral": dt.date(2022, 3, 30),
        "revisit": dt.date(2022, 4, 15),
    }


def test_a_referral_is_revisited_too(roster, clock):
    call = visited(roster, clock)

    refer(call.pk, "县救助站,接站老李", version=None, by=roster.clerk, at=now())

    assert FollowUp.objects.get().kind == "revisit"


def test_a_revisit_past_its_day_is_red_on_the_list(roster, clock):
    call = visited(roster, clock)
    refer(call.pk, "县救助站,接站老李", version=None, by=roster.clerk, at=now())
    clock.shift(dt.timedelta(days=31))

    row = next(r for r in board(roster.officer, now()) if r.call.pk == call.pk)

    assert (row.what, row.left < 0) == ("follow", True)


def test_what_the_bank_sends_back_is_told_and_handed_over_in_cash(roster, clock):
    call = visited(roster, clock)
    roster.clerk.phone = "12900000055"
    roster.clerk.save()
    signed(call, roster, account=WRONG_ACCOUNT)

    row = next(r for r in board(roster.clerk, now()) if r.call.pk == call.pk)
    assert (row.what, Advance.objects.get().returned_why) == ("cash", "账号不存在")
    assert "改发现金" in Message.objects.get(template="urgent_back").text.open()
    with pytest.raises(Missing, match="现金"):
        close(call.pk, "已办", version=None, by=roster.clerk, at=now())

    hand_over(call.pk, "SJ0009", version=None, by=roster.clerk, at=now())

    assert not Advance.objects.get().waits_for_cash
    assert Payment.objects.get().stage == "returned"


def test_a_return_that_is_announced_twice_is_written_down_once(roster, clock):
    call = visited(roster, clock)
    advance = signed(call, roster, account=WRONG_ACCOUNT)
    first = advance.returned_at
    clock.shift(60)

    record_return(advance.pk, "账号不存在", at=now())

    assert Advance.objects.get().returned_at == first
    assert call.helpsteps.filter(move="record_return").count() == 1


def test_a_call_that_was_closed_is_open_again_when_the_money_comes_back(roster, clock):
    call = visited(roster, clock)
    advance = signed(call, roster)
    HelpCall.objects.filter(pk=call.pk).update(stage="closed", ended_at=now())

    record_return(advance.pk, "账户已销", at=now())

    call.refresh_from_db()
    assert (call.stage, call.ended_at) == ("helped", None)


def test_a_second_order_of_the_month_is_refused_before_anybody_signs(roster, clock):
    signed(visited(roster, clock), roster)
    again = visited(roster, clock, phone="12900000022")

    with pytest.raises(Invalid) as refusal:
        proposed(again, roster.clerk)
    proposed(again, roster.clerk, manner="cash")

    assert set(refusal.value.fields) == {"manner"}


def test_of_two_proposals_for_one_person_the_second_is_not_signed(roster, clock):
    calls = [visited(roster, clock, phone=f"1290000002{n}") for n in (3, 4)]
    first, second = (proposed(call, roster.clerk) for call in calls)
    sign(first.pk, version=None, by=roster.officer, at=now())

    with pytest.raises(Missing, match="同一人同月"):
        sign(second.pk, version=None, by=roster.officer, at=now())
    deliver_all()

    assert Payment.objects.count() == 1
    assert not Event.objects.filter(state="stuck").exists()


def test_another_cause_or_another_month_goes_to_the_account(roster, clock):
    signed(visited(roster, clock), roster)
    fire = visited(roster, clock, phone="12900000025", kind="fire")
    clock.move_to(dt.datetime(2022, 4, 1, 9, 0, tzinfo=CHINA))
    april = visited(roster, clock, phone="12900000026")

    signed(fire, roster)
    signed(april, roster)

    assert Payment.objects.count() == 3


def test_nobody_types_the_callers_name_again(roster, clock):
    own = proposed(visited(roster, clock), roster.clerk, payee_name="")
    neighbours = visited(roster, clock, phone="12900000027", channel="neighbour", helper="邻居老李")

    with pytest.raises(Invalid) as refusal:
        proposed(neighbours, roster.clerk, payee_name="", payee_id_number="", manner="cash")

    assert own.payee_name.open() == "张德福"
    assert set(refusal.value.fields) == {"payee_name"}


def test_every_message_about_a_call_is_told_once(roster, clock):
    signed(visited(roster, clock), roster)
    told = Message.objects.count()

    for event in Event.objects.all():
        for reaction in REACTIONS[KINDS[event.kind]]:
            with transaction.atomic():
                reaction(read_back(KINDS[event.kind], event.payload))

    assert Message.objects.count() == told


def test_what_comes_back_after_it_was_booked_as_paid_is_told_and_handed_over_too(roster, clock):
    call = visited(roster, clock)
    signed(call, roster)
    paid = Attempt.objects.select_related("payment").get()
    assert (paid.stage, Advance.objects.get().returned_at) == ("paid", None)

    book_results([Result(paid.end_to_end_id, False, "销户", paid.payment.amount_fen)], at=now())
    deliver_all()

    assert Advance.objects.get().returned_why == "销户"
    assert Message.objects.filter(template="urgent_returned").count() == 1
    assert board(roster.clerk, now())[0].what == "cash"
