"""主动发现: who agrees is registered, who is in danger is called for, and every lead has an end."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from doudi.audit.models import Entry
from doudi.clock.time import now, today
from doudi.kernel.errors import Invalid, NotAllowed, NotFound, WrongStage
from doudi.mandates import queries
from doudi.mandates.actions.close_lead import Outcome, close_lead
from doudi.mandates.actions.file_lead import Seen, file_lead
from doudi.mandates.models import Lead
from doudi.urgent.models import HelpCall
from tests.factories.cases import TOWN, VILLAGE, submitted

pytestmark = pytest.mark.django_db
PHONE = "13900000077"


def seen(**more):
    """An old man alone, who agrees and has no phone."""
    told = {"village": VILLAGE, "way": "met", "need": "alone", "consent": "agreed"}
    return Seen(**(told | {"name": "陈大爷", "spot": "村东头", "what": "一个人住"} | more))


def test_a_household_is_registered_and_waits_for_the_town(village):
    lead = file_lead(uuid4(), seen(), by=village.helper, at=now())

    assert (lead.state, lead.name.open(), lead.town) == ("open", "陈大爷", TOWN)
    assert lead.due_on > today()
    assert (queries.waiting_leads(village.clerk), queries.waiting_leads(village.helper)) == (1, 0)


def test_a_form_sent_twice_is_one_lead(village):
    form = uuid4()

    first = file_lead(form, seen(), by=village.helper, at=now())
    again = file_lead(form, seen(), by=village.helper, at=now())

    assert (first.pk, Lead.objects.count()) == (again.pk, 1)


def test_who_does_not_agree_is_not_kept_by_name(village):
    lead = file_lead(uuid4(), seen(consent="declined", phone=PHONE), by=village.helper, at=now())

    kept = Lead.objects.get(pk=lead.pk)
    assert [bool(v) for v in (kept.name, kept.phone, kept.spot, kept.what)] == [False] * 4
    assert kept.state == "not_wanted"


def test_danger_rings_the_officer_on_duty_at_once(village):
    lead = file_lead(uuid4(), seen(urgent=True, phone=PHONE), by=village.helper, at=now())

    call = HelpCall.objects.get()
    assert (lead.state, lead.call_id) == ("urgent", call.pk)
    assert (call.channel, call.region, call.phone.open()) == ("assistant", VILLAGE, PHONE)


def test_danger_with_no_phone_at_all_is_not_lost_silently(village):
    with pytest.raises(Invalid) as refused:
        file_lead(uuid4(), seen(urgent=True), by=village.helper, at=now())

    assert set(refused.value.fields) == {"phone"}


def test_the_finder_answers_for_who_has_no_phone(village):
    village.helper.phone = PHONE
    village.helper.save()

    file_lead(uuid4(), seen(urgent=True), by=village.helper, at=now())

    assert HelpCall.objects.get().phone.open() == PHONE


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"consent": ""}, "consent"),
        ({"need": "none"}, "need"),
        ({"persons": 0}, "persons"),
        ({"name": "", "spot": ""}, "spot"),
        ({"phone": "12"}, "phone"),
    ],
)
def test_what_is_missing_is_named(village, more, field):
    with pytest.raises(Invalid) as refused:
        file_lead(uuid4(), seen(**more), by=village.helper, at=now())

    assert field in refused.value.fields


def test_an_assistant_registers_only_in_his_own_village(village):
    with pytest.raises(NotAllowed):
        file_lead(uuid4(), seen(), by=village.next_door, at=now())


def test_an_assistant_sees_the_leads_of_his_own_village_only(village):
    lead = file_lead(uuid4(), seen(), by=village.helper, at=now())

    assert [r.lead.pk for r in queries.listed(village.helper, today())] == [lead.pk]
    for stranger in (village.next_door, village.other):
        assert queries.listed(stranger, today()) == []
        with pytest.raises(NotFound):
            queries.lead_for(lead.pk, stranger)


def test_a_lead_ends_with_the_case_that_followed(village):
    lead = file_lead(uuid4(), seen(), by=village.helper, at=now())
    case = submitted()

    closed = close_lead(lead.pk, Outcome("applied", number=case.number), by=village.clerk, at=now())

    assert (closed.state, closed.case_id, closed.closed_by) == ("applied", case.pk, "李经办")
    assert queries.waiting_leads(village.clerk) == 0
    assert Entry.objects.get(action="lead.closed").detail == {"state": "applied"}


@pytest.mark.parametrize(
    ("outcome", "field"),
    [
        (Outcome("not_wanted"), "reason"),
        (Outcome("elsewhere", "好"), "reason"),
        (Outcome("applied"), "number"),
        (Outcome("applied", number="SQ000"), "number"),
        (Outcome("lost", "不知道去哪了"), "kind"),
    ],
)
def test_a_lead_does_not_end_without_saying_how(village, outcome, field):
    lead = file_lead(uuid4(), seen(), by=village.helper, at=now())

    with pytest.raises(Invalid) as refused:
        close_lead(lead.pk, outcome, by=village.clerk, at=now())

    assert field in refused.value.fields
    assert Lead.objects.get(pk=lead.pk).state == "open"


def test_a_case_of_another_town_does_not_end_a_lead(village):
    lead = file_lead(uuid4(), seen(), by=village.helper, at=now())
    case = submitted()
    type(case).objects.filter(pk=case.pk).update(town="610725101")

    with pytest.raises(Invalid):
        close_lead(lead.pk, Outcome("applied", number=case.number), by=village.clerk, at=now())


def test_a_lead_ends_once_and_not_by_who_found_it(village):
    lead = file_lead(uuid4(), seen(), by=village.helper, at=now())
    outcome = Outcome("not_wanted", "儿子接走了，暂不申请")

    with pytest.raises(NotAllowed):
        close_lead(lead.pk, outcome, by=village.helper, at=now())
    close_lead(lead.pk, outcome, by=village.reviewer, at=now())
    with pytest.raises(WrongStage):
        close_lead(lead.pk, outcome, by=village.clerk, at=now())


def test_a_lead_left_lying_is_late(village, clock):
    lead = file_lead(uuid4(), seen(), by=village.helper, at=now())
    clock.shift(dt.timedelta(days=20))

    assert queries.light(lead, today()).kind == "late"


@pytest.mark.parametrize("state", ["not_wanted", "applied", "urgent"])
def test_the_database_refuses_an_end_without_a_hand(village, state):
    lead = file_lead(uuid4(), seen(), by=village.helper, at=now())

    with pytest.raises(IntegrityError), transaction.atomic():
        Lead.objects.filter(pk=lead.pk).update(state=state)
