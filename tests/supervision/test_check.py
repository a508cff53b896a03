"""What a check may find, and that a decision falls only by two hands who had no part in it."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from doudi.accounts.models import Post
from doudi.accounts.permissions import Role
from doudi.clock.time import now
from doudi.kernel.errors import Conflict, Invalid, NotAllowed, WrongStage
from doudi.outbox.deliver import deliver_all
from doudi.redress.models import ChangeReport
from doudi.supervision.actions.choose_case import choose_case
from doudi.supervision.actions.record_check import record_check
from doudi.supervision.actions.second_check import second_check
from doudi.supervision.models import Check
from tests.factories.cases import NUMBERS, office

pytestmark = pytest.mark.django_db
SEEN = "入户两次，家里只有两口人，女儿已在外地工作半年，收入未申报。"
DAY = dt.date(2022, 5, 16)


@pytest.fixture
def check(confirmed, county):
    """The county points at the family."""
    return choose_case(confirmed.pk, "群众实名反映", by=county.first, at=now())


@pytest.mark.parametrize("result", ["upheld", "slip"])
def test_what_stands_needs_one_hand(check, county, result):
    done = record_check(check.pk, result, SEEN, None, by=county.first, at=now())

    assert done.state == result
    assert done.finding.open() == SEEN


def test_what_does_not_stand_waits_for_a_second_hand_and_then_goes_to_the_town(check, county):
    record_check(check.pk, "overturned", SEEN, DAY, by=county.first, at=now())
    second_check(check.pk, True, by=county.second, at=now())
    deliver_all()
    deliver_all()

    check.refresh_from_db()
    report = ChangeReport.objects.get(case=check.case)
    assert check.state == "overturned"
    assert "核定之前照发" in report.text.open()
    assert check.case.stage == "confirmed"


def test_nobody_signs_his_own_finding(check, county):
    record_check(check.pk, "overturned", SEEN, DAY, by=county.first, at=now())

    with pytest.raises(NotAllowed):
        second_check(check.pk, True, by=county.first, at=now())

    with pytest.raises(IntegrityError), transaction.atomic():
        Check.objects.filter(pk=check.pk).update(state="overturned", second_id=str(county.first.pk))


def test_a_second_hand_that_disagrees_opens_the_check_again(check, county):
    record_check(check.pk, "overturned", SEEN, DAY, by=county.first, at=now())

    second_check(check.pk, False, by=county.second, at=now())

    check.refresh_from_db()
    assert check.state == "open"
    assert not ChangeReport.objects.exists()


def test_a_finding_is_not_changed_afterwards(check, county):
    record_check(check.pk, "upheld", SEEN, None, by=county.first, at=now())

    with pytest.raises(WrongStage):
        record_check(check.pk, "slip", SEEN, None, by=county.second, at=now())


def test_whoever_worked_on_the_case_does_not_check_it(check, county):
    head = office().head
    Post.objects.create(
        staff=head, role=Role.COUNTY_OFFICER.value, region_id="610702000000", from_on=DAY
    )

    with pytest.raises(NotAllowed):
        record_check(check.pk, "upheld", SEEN, None, by=head, at=now())


def test_nobody_checks_a_near_relative(check, county):
    county.first.relatives.create(
        name="任建明", id_number=NUMBERS["m1"], relation="sibling", declared_at=now()
    )

    with pytest.raises(NotAllowed):
        record_check(check.pk, "upheld", SEEN, None, by=county.first, at=now())


def test_everything_that_is_missing_is_said_at_once(check, county):
    with pytest.raises(Invalid) as refusal:
        record_check(check.pk, "overturned", "短", None, by=county.first, at=now())

    assert set(refusal.value.fields) == {"finding", "visited_on"}


def test_a_case_has_one_open_check(check, county):
    with pytest.raises(Conflict):
        choose_case(check.case_id, "又有人反映", by=county.second, at=now())


def test_a_reason_with_an_id_number_in_it_is_refused(confirmed, county):
    with pytest.raises(Invalid):
        choose_case(confirmed.pk, f"反映{NUMBERS['m1']}", by=county.first, at=now())

    assert not Check.objects.exists()
