"""民主评议: quorum, withdrawal and a tally of sums; nothing says who voted how."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from doudi.cases.actions.record_appraisal import Tally, record_appraisal
from doudi.cases.letters.data import letter_data
from doudi.cases.models import Appraisal
from doudi.clock.time import now
from doudi.kernel.errors import Invalid, NotFound
from doudi.policy.rules.appraisal import appraisal_outcome
from tests.factories.cases import case_at, office
from tests.policy.build import PACK

DAY = dt.date(2022, 5, 9)


def tally(**more) -> Tally:
    """Fifteen invited, thirteen came, one withdrew, ten agreed."""
    sums = {"invited": 15, "present": 13, "withdrew": 1, "agree": 10, "disagree": 1, "abstain": 1}
    names = {"host": "陈某", "counters": "王某、李某"}
    return Tally(on=DAY, place="社区会议室", **(sums | names | more))


@pytest.mark.parametrize(
    ("invited", "present", "voting", "agree", "outcome"),
    [
        (14, 14, 14, 14, "no_quorum"),
        (15, 9, 9, 9, "no_quorum"),
        (15, 10, 10, 7, "passed"),
        (15, 10, 9, 6, "passed"),
        (15, 10, 9, 5, "not_passed"),
        (15, 15, 0, 0, "not_passed"),
        (18, 12, 12, 8, "passed"),
    ],
)
def test_two_thirds_must_be_there_and_two_thirds_agree(invited, present, voting, agree, outcome):
    votes = {"present": present, "voting": voting, "agree": agree}

    found = appraisal_outcome(PACK.book, DAY, invited=invited, **votes)

    assert found == outcome


@pytest.mark.django_db
def test_a_meeting_is_kept_in_sums_with_what_it_found(clock, city):
    case = case_at("visited", clock)

    record_appraisal(case.pk, tally(), version=None, by=office().clerk, at=now())

    kept = Appraisal.objects.get()
    assert (kept.agree, kept.voting, kept.outcome_name) == (10, 12, "评议通过")


@pytest.mark.django_db
def test_no_table_can_hold_who_voted_how():
    columns = {field.name for field in Appraisal._meta.get_fields()}

    people = {"id", "case", "at", "by_id", "by_name", "host", "counters"}
    sums = {"invited", "present", "withdrew", "agree", "disagree", "abstain", "invalid"}
    assert columns == people | sums | {"on", "place", "outcome", "note"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"agree": 11}, "agree"),
        ({"invalid": 1}, "agree"),
        ({"invited": 12}, "present"),
        ({"on": dt.date(2022, 6, 1)}, "on"),
        ({"counters": "王某"}, "counters"),
        ({"counters": "王某、王某"}, "counters"),
    ],
)
def test_what_does_not_add_up_is_refused_by_its_field(clock, city, wrong, field):
    case = case_at("visited", clock)

    with pytest.raises(Invalid) as refusal:
        record_appraisal(
            case.pk, Tally(**(vars(tally()) | wrong)), version=None, by=office().clerk, at=now()
        )

    assert set(refusal.value.fields) == {field}
    assert not Appraisal.objects.exists()


@pytest.mark.django_db
def test_the_database_itself_refuses_votes_that_do_not_add_up(clock, city):
    case = case_at("visited", clock)
    record_appraisal(case.pk, tally(), version=None, by=office().clerk, at=now())

    with pytest.raises(IntegrityError), transaction.atomic():
        Appraisal.objects.update(agree=12)


@pytest.mark.django_db
def test_a_disputed_notice_may_be_appraised(clock, city):
    case = case_at("noticed", clock)

    record_appraisal(case.pk, tally(), version=None, by=office().clerk, at=now())

    case.refresh_from_db()
    assert case.stage == "noticed"


@pytest.mark.django_db
def test_the_record_prints_sums_and_the_demands_in_force(clock, city):
    case = case_at("visited", clock)
    with pytest.raises(NotFound):
        letter_data(case.pk, "F08")
    record_appraisal(case.pk, tally(), version=None, by=office().clerk, at=now())

    data = letter_data(case.pk, "F08")

    assert (data["agree"], data["voting"], data["least"]) == (10, 12, 15)
    assert data["pass_share"] == "三分之二"
