"""A rule that errs is put to rest by two people, for a county or the city, and taken up again."""

import pytest

from doudi.accounts.permissions import Role
from doudi.audit.actor import SYSTEM
from doudi.clock.time import now
from doudi.kernel.errors import Conflict, Invalid, NotAllowed
from doudi.verification.actions.agree_rest import agree_rest
from doudi.verification.actions.compare_register import compare_register, remake
from doudi.verification.actions.restore_rule import restore_rule
from doudi.verification.actions.retire_rule import retire_rule
from doudi.verification.models import Discrepancy
from doudi.verification.worklist import rests
from tests.factories.cases import staff
from tests.verification.test_platform import homes, lake, number, send

__all__ = ["homes", "lake"]
pytestmark = pytest.mark.django_db
WHY = "二十户核下来都不属实"


@pytest.fixture
def two(city):
    return [staff(f"r.{n}", Role.COUNTY_OFFICER, "610702") for n in (1, 2)]


def test_a_rule_rests_only_after_another_one_agreed_and_earlier_runs_are_made_again_as_they_were(
    lake, homes, two
):
    first, second = two
    rows = [f"{number(place)},在册,2020-01-01," for place in range(1, 60)]
    send(lake, [*rows, f"{number(0)},死亡,2022-05-03,"])
    awake = compare_register("2022-06", by=SYSTEM, at=now())

    rest = retire_rule("X1", "610702", WHY, by=first, at=now())
    asked = compare_register("2022-06", by=SYSTEM, at=now())
    with pytest.raises(NotAllowed):
        agree_rest(rest.pk, agree=True, by=first, at=now())
    agree_rest(rest.pk, agree=True, by=second, at=now())
    asleep = compare_register("2022-06", by=SYSTEM, at=now())
    restore_rule(rest.pk, "数据换过了", by=first, at=now())
    again = compare_register("2022-06", by=SYSTEM, at=now())

    found = [Discrepancy.objects.filter(run=run).count() for run in (awake, asked, asleep, again)]
    assert found == [1, 1, 0, 1]
    assert remake(asleep) == asleep.answer_sha256
    assert remake(awake) == awake.answer_sha256 != asleep.answer_sha256


def test_another_countys_rest_leaves_ours_awake(lake, homes, city):
    others = [staff(f"o.{n}", Role.COUNTY_OFFICER, "610722") for n in (1, 2)]
    rest = retire_rule("X1", "610722", WHY, by=others[0], at=now())
    agree_rest(rest.pk, agree=True, by=others[1], at=now())
    send(lake, [f"{number(0)},死亡,2022-05-03,"])

    run = compare_register("2022-06", by=SYSTEM, at=now())

    assert run.discrepancies.count() == 1


def test_who_has_no_right_there_or_no_reason_retires_nothing(two, city):
    first, _second = two

    with pytest.raises(NotAllowed):
        retire_rule("X1", "610722", WHY, by=first, at=now())
    with pytest.raises(NotAllowed):
        retire_rule("X1", "610700", WHY, by=first, at=now())
    with pytest.raises(Invalid):
        retire_rule("X1", "610702", "", by=first, at=now())
    retire_rule("X1", "610702", WHY, by=first, at=now())
    with pytest.raises(Conflict):
        retire_rule("X1", "610702", WHY, by=first, at=now())

    assert [r.state for r in rests(first)] == ["asked"]
