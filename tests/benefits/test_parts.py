"""分期发放: agreed by two, each part on one roll only, together what was decided (LS23 二(三))."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from doudi.accounts.permissions import Role
from doudi.benefits.actions.check_roll import check_roll
from doudi.benefits.actions.plan_parts import Part, agree_parts, meet_part, plan_parts
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.dues import lines_due
from doudi.benefits.figures import reference
from doudi.benefits.models import Award, Payment, PlannedPart, Roll
from doudi.benefits.parts import parts_of
from doudi.clock.time import now
from doudi.kernel.errors import Conflict, Invalid, NotAllowed
from tests.benefits.month import COUNTY, hands
from tests.benefits.running import TOWN, award
from tests.factories.cases import staff

pytestmark = pytest.mark.django_db
PLAN = (
    Part("2022-06", 200_000),
    Part("2022-07", 300_000, "出院结算单交来"),
    Part("2022-08", 100_000),
)


@pytest.fixture
def aid(city) -> Award:
    """6,000 yuan, decided in May, to be paid with June's roll."""
    made = award(fen=0, programme="temporary_aid", start="2022-06")
    Award.objects.filter(pk=made.pk).update(once_fen=600_000, end_month="2022-06")
    made.refresh_from_db()
    return made


@pytest.fixture
def town(city):
    return {
        "clerk": staff("p.clerk", Role.TOWN_CLERK, TOWN),
        "head": staff("p.head", Role.TOWN_HEAD, TOWN),
        "county": hands(),
    }


def agreed(aid, town, plan=PLAN) -> list[PlannedPart]:
    plan_parts(aid.pk, plan, by=town["clerk"], at=now())
    agree_parts(aid.pk, by=town["head"], at=now())
    return list(aid.parts.all())


def listed(month: str) -> list[tuple[str, int]]:
    return [(line.kind, line.fen) for line in lines_due(COUNTY, month)]


def test_a_plan_that_nobody_agreed_to_changes_nothing(aid, town):
    plan_parts(aid.pk, PLAN, by=town["clerk"], at=now())

    assert listed("2022-06") == [("temporary_aid", 600_000)]


def test_agreed_parts_come_with_their_months_and_never_as_a_whole(aid, town):
    agreed(aid, town)

    assert listed("2022-06") == [("part1.temporary_aid", 200_000)]
    prepare_roll(COUNTY, "2022-06", by=town["county"].officer, at=now())
    assert listed("2022-06") == [("part1.temporary_aid", 200_000)]
    assert listed("2022-08") == [("part3.temporary_aid", 100_000)]


def test_a_part_waits_until_somebody_has_seen_its_condition(aid, town, clock):
    second = agreed(aid, town)[1]
    prepare_roll(COUNTY, "2022-06", by=town["county"].officer, at=now())
    clock.move_to(dt.datetime(2022, 7, 5, 1, 0, tzinfo=dt.UTC))
    july = prepare_roll(COUNTY, "2022-07", by=town["county"].officer, at=now())
    check_roll(july.pk, version=None, by=town["county"].checker, at=now())

    meet_part(second.pk, "看过出院结算单", by=town["clerk"], at=now())

    assert PlannedPart.objects.get(pk=second.pk).due_month == "2022-08"
    assert listed("2022-08") == [
        ("part2.temporary_aid", 300_000),
        ("part3.temporary_aid", 100_000),
    ]


def test_the_database_takes_a_part_once_whatever_the_month(aid, town):
    agreed(aid, town)
    roll = prepare_roll(COUNTY, "2022-06", by=town["county"].officer, at=now())
    paid = Payment.objects.get()
    other = Roll.objects.create(
        number="R2", county=COUNTY, month="2022-07", prepared_by_id="1", prepared_at=now()
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.create(
            end_to_end_id=reference(aid.number, "2022-06", paid.kind),
            roll=other,
            award=aid,
            person=aid.payee,
            month="2022-07",
            kind=paid.kind,
            amount_fen=1,
        )

    assert roll.payments.count() == 1


def test_a_part_that_comes_later_keeps_the_reference_of_its_plan(aid, town, clock):
    second = agreed(aid, town)[1]
    clock.move_to(dt.datetime(2022, 8, 2, 1, 0, tzinfo=dt.UTC))
    meet_part(second.pk, "看过出院结算单", by=town["clerk"], at=now())

    prepare_roll(COUNTY, "2022-08", by=town["county"].officer, at=now())

    paid = Payment.objects.get(kind="part2.temporary_aid")
    assert paid.end_to_end_id == reference(aid.number, "2022-07", paid.kind)
    assert paid.attempts.get().end_to_end_id == paid.end_to_end_id


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        ((Part("2022-06", 600_000),), "分2至6期"),
        ((Part("2022-06", 300_000), Part("2022-07", 300_001)), "合计须等于"),
        ((Part("2022-06", 300_000), Part("2022-07", 299_999)), "合计须等于"),
        ((Part("2022-07", 300_000), Part("2022-06", 300_000)), "从前到后"),
        ((Part("2022-05", 300_000), Part("2022-06", 300_000)), "月份在2022-06到2023-05"),
        ((Part("2022-06", 300_000), Part("2023-06", 300_000)), "月份在2022-06到2023-05"),
        ((Part("2022-06", 0), Part("2022-07", 600_000)), "都要有金额"),
    ],
)
def test_never_more_nor_less_than_was_decided_nor_out_of_its_months(aid, town, plan, words):
    with pytest.raises(Invalid) as refusal:
        plan_parts(aid.pk, plan, by=town["clerk"], at=now())

    assert words in refusal.value.fields["parts"]


def test_the_last_month_and_the_most_parts_are_taken(aid, town):
    plan = [Part(f"2022-{m:02d}", 100_000) for m in range(6, 11)] + [Part("2023-05", 100_000)]

    assert len(plan_parts(aid.pk, plan, by=town["clerk"], at=now())) == 6


def test_who_planned_does_not_agree_and_a_listed_sum_is_parted_no_more(aid, town):
    both = town["clerk"]
    both.posts.create(
        role=Role.TOWN_HEAD.value, region_id=TOWN + "000", from_on=dt.date(2021, 7, 1)
    )
    both.__dict__.pop("_posts", None)
    plan_parts(aid.pk, PLAN, by=both, at=now())
    with pytest.raises(NotAllowed):
        agree_parts(aid.pk, by=both, at=now())
    prepare_roll(COUNTY, "2022-06", by=town["county"].officer, at=now())

    with pytest.raises(Conflict, match="已经列入名册"):
        agree_parts(aid.pk, by=town["head"], at=now())


def test_what_was_advanced_counts_as_a_part_and_is_not_paid_again(aid, town):
    roll = Roll.objects.create(
        number="R1",
        county=COUNTY,
        month="2022-05",
        kind="once",
        prepared_by_id="1",
        prepared_at=now(),
    )
    paid = Payment.objects.create(
        end_to_end_id="DD1",
        roll=roll,
        award=award(fen=1, start="2022-05"),
        person=aid.payee,
        month="2022-05",
        kind="advance.illness",
        amount_fen=400_000,
        stage="paid",
    )
    wrong = (Part("2022-05", 300_000, advance_id=paid.pk), Part("2022-06", 300_000))
    with pytest.raises(Invalid):
        plan_parts(aid.pk, wrong, by=town["clerk"], at=now())

    agreed(aid, town, (Part("2022-05", 400_000, advance_id=paid.pk), Part("2022-06", 200_000)))

    assert ("part2.temporary_aid", 200_000) in listed("2022-06")
    assert not [kind for kind, _fen in listed("2022-06") if kind.startswith("part1")]
    assert [line.state for line in parts_of([aid.pk])[aid.pk]] == ["已到账", "等待月份"]


def test_who_agrees_agrees_to_the_plan_that_he_read(aid, town):
    read = plan_parts(aid.pk, PLAN, by=town["clerk"], at=now())[0].pk
    plan_parts(aid.pk, PLAN[:1] + (Part("2022-07", 400_000),), by=town["clerk"], at=now())

    with pytest.raises(Conflict):
        agree_parts(aid.pk, by=town["head"], at=now(), seen=read)

    assert not aid.parts.filter(agreed_at__isnull=False).exists()
