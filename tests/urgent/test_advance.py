"""Relief first: two hands, limits to the fen, cash without an ID number, papers, notice, end."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from doudi.benefits.models import Payment
from doudi.clock.time import now
from doudi.kernel.errors import Conflict, Invalid, Missing, NotAllowed, WrongStage
from doudi.outbox.deliver import deliver_all
from doudi.people.models import Person
from doudi.urgent.actions.close import close
from doudi.urgent.actions.follow_up import follow_up
from doudi.urgent.actions.hand_over import hand_over
from doudi.urgent.actions.hang_notice import hang_notice
from doudi.urgent.actions.refer import refer
from doudi.urgent.actions.sign import sign
from doudi.urgent.actions.take_papers import take_papers
from doudi.urgent.actions.turn_down import turn_down
from doudi.urgent.models import Advance, FollowUp, Paper
from doudi.urgent.queries import advance_notices, earlier, late_papers
from tests.urgent.conftest import PHONE, ZHANG, proposed, raised, visited

pytestmark = pytest.mark.django_db
LIMIT = 3 * 65_500
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
