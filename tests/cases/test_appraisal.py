"""民主评议: quorum, withdrawal and a tally of sums; nothing says who voted how."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from doudi.cases.actions.call_appraisal import Invitation, call_appraisal
from doudi.cases.actions.record_appraisal import Tally, record_appraisal
from doudi.cases.file import CaseFile
from doudi.cases.gates import review_gates
from doudi.cases.letters.data import letter_data
from doudi.cases.models import Appraisal, AppraisalCall
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


def invitation(**more) -> Invitation:
    """Fifteen villagers for tomorrow at three."""
    named = [f"村民代表 {name}某" for name in "赵钱孙李周吴郑王冯陈褚卫蒋沈韩"]
    told = {"time": "15:00", "place": "社区会议室", "host": "陈某", "invited": named}
    return Invitation(**({"on": DAY + dt.timedelta(days=1)} | told | more))


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


@pytest.mark.django_db
def test_who_is_asked_stands_on_the_invitation_and_review_waits_for_the_tally(clock, city):
    case = case_at("assessed", clock)

    case = call_appraisal(case.pk, invitation(), version=None, by=office().clerk, at=now())

    paper = letter_data(case.pk, "F08-4")
    assert (paper["asked"], paper["time"]) == (15, "15:00")
    assert paper["least"] == "15人以上，三分之二到会，三分之二同意"
    waits = {g.code: g.open for g in review_gates(CaseFile(case), office().reviewer)}
    assert waits["appraisal"] is False


@pytest.mark.django_db
def test_once_it_is_held_nobody_waits_any_more(clock, city):
    case = case_at("assessed", clock)
    call_appraisal(case.pk, invitation(on=DAY), version=None, by=office().clerk, at=now())

    case = record_appraisal(case.pk, tally(), version=None, by=office().clerk, at=now())

    assert AppraisalCall.objects.get().held_on == DAY
    assert "appraisal" not in {g.code for g in review_gates(CaseFile(case), office().reviewer)}


@pytest.mark.django_db
def test_nobody_who_was_asked_is_left_out_of_the_quorum(clock, city):
    case = case_at("assessed", clock)
    named = [f"村民代表 {n}" for n in range(18)]
    call_appraisal(case.pk, invitation(invited=named), version=None, by=office().clerk, at=now())

    with pytest.raises(Invalid) as refusal:
        record_appraisal(case.pk, tally(), version=None, by=office().clerk, at=now())

    assert set(refusal.value.fields) == {"invited"}
    assert AppraisalCall.objects.get().held_on is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"invited": [f"村民代表 {n}" for n in range(14)]}, "invited"),
        ({"invited": ["村民代表 王某"] * 15}, "invited"),
        ({"on": DAY - dt.timedelta(days=1)}, "on"),
        ({"place": " "}, "place"),
        ({"host": ""}, "host"),
    ],
)
def test_an_invitation_that_lacks_something_is_not_sent(clock, city, wrong, field):
    case = case_at("visited", clock)

    with pytest.raises(Invalid) as refusal:
        call_appraisal(case.pk, invitation(**wrong), version=None, by=office().clerk, at=now())

    assert set(refusal.value.fields) == {field}
    assert not AppraisalCall.objects.exists()


@pytest.mark.django_db
def test_no_second_meeting_is_called_while_the_first_is_not_written_down(clock, city):
    case = case_at("visited", clock)
    call_appraisal(case.pk, invitation(), version=None, by=office().clerk, at=now())

    with pytest.raises(Invalid) as refusal:
        call_appraisal(case.pk, invitation(), version=None, by=office().clerk, at=now())

    assert set(refusal.value.fields) == {"on"}
    rows = AppraisalCall.objects.values("case", "at", "on", "place", "host")
    with pytest.raises(IntegrityError), transaction.atomic():
        AppraisalCall.objects.create(**{**rows[0], "case": case, "by_id": "1"})
