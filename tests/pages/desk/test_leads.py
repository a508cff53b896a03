"""Leads at the desk: registered by the assistant, followed up by the town, masked in between."""

from uuid import uuid4

import pytest

from doudi.accounts.permissions import Role
from doudi.audit.models import Entry
from doudi.clock.time import now
from doudi.mandates.actions.file_lead import Seen, file_lead
from doudi.mandates.models import Lead
from tests.factories.cases import VILLAGE, demo_database, staff

pytestmark = pytest.mark.django_db
PHONE = "13900000077"
SEEN = Seen(VILLAGE, "met", "alone", "agreed", name="陈大爷", phone=PHONE, spot="村东头")


@pytest.fixture
def helper(clock, town):
    """The assistant of one village."""
    demo_database()
    return staff("qili.helper", Role.VILLAGE_ASSISTANT, VILLAGE, "王协理")


def typed(**more):
    """What the assistant taps and types."""
    form = {"token": str(uuid4()), "consent": "agreed", "village": VILLAGE, "need": "alone"}
    return form | {"way": "met", "name": "陈大爷", "spot": "村东头", "persons": "1"} | more


def test_an_assistant_registers_a_household_and_finds_it_again_masked(helper, sign_in):
    browser = sign_in(helper)

    answer = browser.post("/desk/leads/new/", typed(phone=PHONE))
    listed = browser.get("/desk/leads/").content.decode()

    assert answer.status_code == 302
    assert ("陈*爷" in listed, "陈大爷" in listed, PHONE in listed) == (True, False, False)


def test_without_the_persons_word_nothing_is_registered(helper, sign_in):
    answer = sign_in(helper).post("/desk/leads/new/", typed(consent=""))

    assert (answer.status_code, Lead.objects.count()) == (422, 0)
    assert "请先问本人是否同意登记" in answer.content.decode()


def test_the_workbench_shows_leads_that_wait(helper, town, sign_in):
    browser = sign_in(town.clerk)
    before = browser.get("/desk/").content.decode()
    file_lead(uuid4(), SEEN, by=helper, at=now())

    after = browser.get("/desk/").content.decode()

    assert ("线索待办" in before, "线索待办" in after) == (False, True)


def test_who_it_is_is_shown_to_the_town_and_journalled(helper, town, sign_in):
    lead = file_lead(uuid4(), SEEN, by=helper, at=now())
    address = f"/desk/leads/{lead.pk}/contact/"

    shown = sign_in(town.clerk).post(address).content.decode()
    barred = sign_in(helper).post(address)

    assert ("陈大爷" in shown, PHONE in shown, barred.status_code) == (True, True, 403)
    kept = Entry.objects.get(action="lead.contact_revealed")
    assert (kept.purpose, kept.subject) == ("contact", f"lead:{lead.pk}")


def test_the_town_writes_what_became_of_it(helper, town, sign_in):
    lead = file_lead(uuid4(), SEEN, by=helper, at=now())
    browser, address = sign_in(town.clerk), f"/desk/leads/{lead.pk}/"

    silent = browser.post(address, {"kind": "not_wanted"})
    done = browser.post(address, {"kind": "not_wanted", "reason": "儿子接走了"})

    assert (silent.status_code, done.status_code) == (422, 302)
    assert Lead.objects.get(pk=lead.pk).state == "not_wanted"
    assert "记下结果" not in browser.get(address).content.decode()


def test_the_list_costs_few_queries(helper, town, sign_in, django_assert_max_num_queries):
    for _ in range(6):
        file_lead(uuid4(), SEEN, by=helper, at=now())
    browser = sign_in(town.clerk)

    with django_assert_max_num_queries(12):
        browser.get("/desk/leads/")
