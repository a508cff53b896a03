"""Declared near relatives, found again in a case (DB57 art 11)."""

import datetime as dt

import pytest

from doudi.accounts.actions.add_staff import add_staff
from doudi.accounts.actions.declare_relative import declare_relative
from doudi.accounts.actions.end_relative import end_relative
from doudi.accounts.actions.promise_kin import promise_kin
from doudi.accounts.models import KinPromise, Relative
from doudi.accounts.relatives import has_declared, relative_for, relatives_among
from doudi.audit.models import Entry
from doudi.clock.time import now, today
from doudi.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from doudi.vault.index import blind_index
from tests.accounts.conftest import QILI

pytestmark = pytest.mark.django_db
NUMBER = "110101199003074477"


def test_a_declared_relative_is_found_by_the_index_of_his_number(clerk):
    declare_relative(clerk, "李小弟", "兄弟姐妹", NUMBER, promised=True, by=clerk, at=now())

    found = relatives_among([blind_index("id", "11010119900307447７ "), "0" * 32])

    assert [(r.staff, r.relation) for r in found] == [(clerk, "兄弟姐妹")]


def test_a_relative_is_declared_once(clerk):
    declare_relative(clerk, "李小弟", "兄弟姐妹", NUMBER, promised=True, by=clerk, at=now())

    with pytest.raises(Conflict):
        declare_relative(clerk, "李小弟", "兄弟姐妹", NUMBER, promised=True, by=clerk, at=now())


def test_a_wrong_number_is_refused(clerk):
    with pytest.raises(Invalid):
        declare_relative(
            clerk, "李小弟", "兄弟姐妹", "110101199003074478", promised=True, by=clerk, at=now()
        )

    assert not Relative.objects.exists()


def test_nobody_declares_for_a_colleague(admin, clerk):
    with pytest.raises(NotAllowed):
        declare_relative(admin, "孙小弟", "兄弟姐妹", NUMBER, promised=True, by=clerk, at=now())


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": "  "}, "name"),
        ({"relation": "朋友"}, "relation"),
        ({"promised": False}, "promised"),
    ],
)
def test_without_name_relation_of_the_list_or_promise_nothing_is_kept(clerk, more, field):
    told = {"name": "李小弟", "relation": "兄弟姐妹", "id_number": NUMBER, "promised": True} | more

    with pytest.raises(Invalid) as refusal:
        declare_relative(clerk, **told, by=clerk, at=now())

    assert set(refusal.value.fields) == {field}
    assert not Relative.objects.exists()


def test_whoever_manages_staff_declares_for_somebody_and_his_name_stands_with_it(admin, clerk):
    made = declare_relative(clerk, "李小弟", "子女", NUMBER, promised=True, by=admin, at=now())

    assert made.declared_by == admin.name
    assert has_declared(clerk)
    assert not KinPromise.objects.exists()  # that the list is whole, only the person can know
    assert Entry.objects.filter(action="staff.relative_declared").count() == 1


def test_who_handles_no_case_has_nothing_to_declare(admin):
    with pytest.raises(NotAllowed):
        promise_kin(admin, promised=True, by=admin, at=now())


def test_a_promise_needs_its_tick_and_says_how_many_were_declared(clerk):
    with pytest.raises(Invalid):
        promise_kin(clerk, promised=False, by=clerk, at=now())

    promise_kin(clerk, promised=True, by=clerk, at=now())

    assert (KinPromise.objects.get().count, has_declared(clerk)) == (0, True)


def test_one_that_ended_counts_for_what_came_in_before_and_may_be_declared_anew(clerk, clock):
    made = declare_relative(clerk, "李小弟", "配偶", NUMBER, promised=True, by=clerk, at=now())
    before, index = now(), [blind_index("id", NUMBER)]
    clock.shift(dt.timedelta(days=3))

    end_relative(made.pk, today(), "离婚", by=clerk, at=now())

    assert relatives_among(index, before) == [made]
    assert relatives_among(index, now()) == relatives_among(index) == []
    with pytest.raises(Conflict):
        end_relative(made.pk, today(), "离婚", by=clerk, at=now())
    again = declare_relative(clerk, "李小弟", "配偶", NUMBER, promised=True, by=clerk, at=now())
    assert relatives_among(index) == [again]


@pytest.mark.parametrize(
    ("days", "why", "field"), [(1, "离婚", "on"), (-1, "离婚", "on"), (0, "离", "why")]
)
def test_an_end_lies_between_the_declaration_and_today_and_has_a_reason(clerk, days, why, field):
    made = declare_relative(clerk, "李小弟", "配偶", NUMBER, promised=True, by=clerk, at=now())

    with pytest.raises(Invalid) as refusal:
        end_relative(made.pk, today() + dt.timedelta(days=days), why, by=clerk, at=now())

    assert set(refusal.value.fields) == {field}


def test_nobody_ends_a_colleagues(admin, clerk):
    made = declare_relative(clerk, "李小弟", "配偶", NUMBER, promised=True, by=clerk, at=now())
    other = add_staff("qili.b", "王审", posts=[("town_reviewer", QILI)], by=admin, at=now())[0]

    with pytest.raises(NotAllowed):
        end_relative(made.pk, today(), "备案有误", by=other, at=now())

    assert relative_for(made.pk, clerk) == made
    with pytest.raises(NotFound):
        relative_for(made.pk, other)
