"""Goods and services beside an award that was taken over: no case is needed, none is pretended."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from doudi.accounts.permissions import Role
from doudi.audit.actor import SYSTEM, Actor
from doudi.audit.models import Entry
from doudi.benefits.models import Award
from doudi.clock.time import now, today
from doudi.exports.queries import SOURCES
from doudi.kernel.errors import Conflict, Invalid, NotAllowed
from doudi.notices.models import Message
from doudi.support.actions.deliver_part import deliver_part
from doudi.support.actions.miss_part import miss_part
from doudi.support.actions.promise_beside_award import promise_beside_award
from doudi.support.actions.promise_part import Promise
from doudi.support.actions.receive_part import receive_part
from doudi.support.models import Part
from doudi.support.queries import parts_beside
from doudi.takeover.actions.take_over import take_over
from doudi.takeover.actions.undo import undo
from tests.benefits.running import TOWN, award
from tests.factories.cases import case_at, demo_database, staff
from tests.house.scene.who import browser_of
from tests.takeover.test_takeover import person, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(city):
    return staff("s.clerk", Role.TOWN_CLERK, TOWN)


def rice(**other):
    told = {"kind": "goods", "what": "大米20斤", "supplier": "镇政府", "promised_on": today()}
    return Promise(**told | other)


def promised(running, by, **other):
    return promise_beside_award(uuid4(), running.pk, rice(**other), by=by, at=now())


def test_a_household_that_was_taken_over_hears_who_comes_and_a_witness_says_that_it_came(clerk):
    running = award()
    running.payee.phone = "13900000001"
    running.payee.save()

    part = promised(running, clerk)
    deliver_part(part.pk, by=clerk, at=now())
    receive_part(part.pk, "王见证", by=clerk, at=now())

    part.refresh_from_db()
    assert (part.state, part.receipt, part.town) == ("received", "witness", TOWN)
    message = Message.objects.get()
    assert "镇政府会在" in message.text.open()
    told = Entry.objects.filter(subject=f"award:{running.pk}").order_by("pk")
    deeds = ["support.promised", "support.delivered", "support.received"]
    assert list(told.values_list("action", flat=True)) == deeds


def test_the_same_form_twice_is_one_promise(clerk):
    running, form = award(), uuid4()

    for _click in range(2):
        promise_beside_award(form, running.pk, rice(), by=clerk, at=now())

    assert Part.objects.count() == Entry.objects.filter(action="support.promised").count() == 1


def test_what_is_no_promise_is_refused_and_nothing_is_kept(clerk):
    running, ended = award(), award(born=("1971-01-01",))
    Award.objects.filter(pk=ended.pk).update(end_month="2022-04")  # today is in May
    stranger = staff("s.there", Role.TOWN_CLERK, "610722001")

    with pytest.raises(Conflict, match="停发"):
        promised(ended, clerk)
    with pytest.raises(Invalid):
        promised(running, clerk, promised_on=today() - dt.timedelta(days=1))
    with pytest.raises(NotAllowed):
        promised(running, stranger)

    assert not Part.objects.exists()


def test_where_there_is_a_case_it_is_promised_there(clerk):
    running = award()
    Award.objects.filter(pk=running.pk).update(case_id=uuid4())

    with pytest.raises(Conflict, match="办件"):
        promised(running, clerk)


def test_a_promise_stands_beside_a_case_or_an_award_and_never_beside_both_or_none(clerk, clock):
    part, case = promised(award(), clerk), case_at("submitted", clock)

    for wrong in ({"case": case}, {"award": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Part.objects.filter(pk=part.pk).update(**wrong)


def test_no_resident_answers_for_what_hangs_on_no_case(clerk):
    part, somebody = promised(award(), clerk), Actor("citizen", "x", "")

    for deed in (receive_part, miss_part):
        with pytest.raises(NotAllowed):
            deed(part.pk, by=somebody, at=now())


def test_what_was_promised_before_a_move_stands_with_the_award_that_follows(clerk):
    old = award()
    part = promised(old, clerk)
    new = award(born=("1972-01-01",))
    Award.objects.filter(pk=new.pk).update(follows=old)
    new.refresh_from_db()

    assert parts_beside(new) == parts_beside(old) == [part]


def test_the_town_promises_on_the_awards_page_and_finds_it_in_its_lists(
    clerk, django_assert_max_num_queries
):
    running, browser = award(), browser_of(clerk)
    address = f"/desk/awards/{running.pk}/support/"
    told = {"token": uuid4(), "kind": "goods", "what": "大米20斤", "supplier": "镇政府"}

    short = browser.post(address, told)
    made = browser.post(address, told | {"promised_on": today(), "value": "120.50"})
    part = Part.objects.get()
    Part.objects.update(promised_on=today() - dt.timedelta(days=1))
    with django_assert_max_num_queries(16):  # some of them write the journal
        page = browser.get(address).content.decode()
    pages = (f"/desk/awards/{running.pk}/", "/desk/support/")
    shown = [browser.get(page).content.decode() for page in pages]
    one = browser.get(f"/desk/support/parts/{part.pk}/").content.decode()
    lines = SOURCES["service"].lines(list(SOURCES["service"].rows(clerk)))

    assert (short.status_code, made.status_code, part.value_fen) == (422, 302, 12_050)
    assert [("大米20斤" in text, address in text) for text in shown] == [
        (True, True),
        (True, False),
    ]
    assert ("大米20斤" in page, address in one) == (True, True)
    assert running.payee_name not in page + one + "".join(shown)
    assert running.number in str(lines)


def test_a_takeover_on_which_somebody_acted_is_not_undone(clerk):
    demo_database()
    batch = take_over(workbook(person("H1", 1)), "2022-06", by=SYSTEM, at=now())
    running = Award.objects.get()
    part = promised(running, clerk)

    with pytest.raises(Conflict, match="办了事"):
        undo(batch.number, by=SYSTEM, at=now())

    assert (Award.objects.get().pk, Part.objects.get()) == (running.pk, part)
