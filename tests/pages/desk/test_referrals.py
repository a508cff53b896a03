"""转介 at the desk: the facts suggest, the consent stands first, the town records the answer."""

import datetime as dt
from uuid import uuid4

import pytest

from doudi.audit.models import Entry
from doudi.clock.time import now
from doudi.referrals.actions.refer import Asked, refer
from doudi.referrals.models import Referral
from tests.factories.cases import case_at, office

pytestmark = pytest.mark.django_db
WHAT = "每周透析三次，想办医疗救助。"


@pytest.fixture
def case(clock, city):
    """The Ren family's case after the assessment."""
    return case_at("assessed", clock)


def typed(**more):
    """What the clerk ticks and types."""
    form = {"token": str(uuid4()), "consent": "present", "department": "medical", "what": WHAT}
    return form | more


def handed_on(case):
    return refer(uuid4(), case.pk, Asked("medical", "present", WHAT), by=office().clerk, at=now())


def test_the_clerk_hands_a_family_on_from_its_case(case, sign_in):
    browser = sign_in(office().clerk)
    address = f"/desk/cases/{case.pk}/referrals/"

    shown = browser.get(f"/desk/cases/{case.pk}/").content.decode()
    form = browser.get(address).content.decode()
    done = browser.post(address, typed())

    assert address in shown
    assert "教育局（教育救助）。建议：家里有人在上学" in form
    assert done.status_code == 302
    assert Referral.objects.get().what.open() == WHAT


def test_without_consent_nobody_is_handed_on(case, sign_in):
    answer = sign_in(office().clerk).post(f"/desk/cases/{case.pk}/referrals/", typed(consent=""))

    assert (answer.status_code, Referral.objects.count()) == (422, 0)
    assert "请先问本人是否同意转介" in answer.content.decode()


def test_a_department_that_owes_an_answer_is_no_longer_offered(case, sign_in):
    handed_on(case)
    browser = sign_in(office().clerk)

    answer = browser.post(f"/desk/cases/{case.pk}/referrals/", typed())

    assert (answer.status_code, Referral.objects.count()) == (422, 1)


def test_the_answer_is_recorded_and_the_look_journalled(case, sign_in):
    made = handed_on(case)
    browser, address = sign_in(office().clerk), f"/desk/referrals/{made.pk}/"

    shown = browser.get(address).content.decode()
    silent = browser.post(address, {"outcome": "given"})
    done = browser.post(address, {"outcome": "given", "text": "已纳入救助", "who": "李科长"})

    assert (WHAT in shown, case.applicant_name in shown) == (True, False)
    assert (silent.status_code, done.status_code) == (422, 302)
    assert Entry.objects.filter(action="referral.viewed").exists()
    assert Referral.objects.get().state == "given"


def test_the_workbench_shows_what_is_owed(case, sign_in, clock):
    handed_on(case)
    before = sign_in(office().clerk).get("/desk/").content.decode()
    clock.shift(dt.timedelta(days=30))

    after = sign_in(office().clerk).get("/desk/").content.decode()

    assert ("转介超期" in before, "转介超期" in after) == (False, True)


def test_the_list_costs_few_queries(case, sign_in, django_assert_max_num_queries):
    for department in ("medical", "education", "housing", "work"):
        asked = Asked(department, "present", WHAT)
        refer(uuid4(), case.pk, asked, by=office().clerk, at=now())
    browser = sign_in(office().clerk)

    with django_assert_max_num_queries(12):
        shown = browser.get("/desk/referrals/").content.decode()

    assert shown.count("/desk/referrals/") > 4


def test_an_english_page_names_the_department_in_english(case, sign_in):
    handed_on(case)

    shown = sign_in(office().clerk).get("/desk/referrals/", headers={"accept-language": "en"})

    assert "medical insurance" in shown.content.decode()


def test_whoever_reads_the_case_sees_what_it_was_handed_on_for(case, sign_in):
    made = handed_on(case)

    shown = sign_in(office().head).get(f"/desk/cases/{case.pk}/?tab=appraisal").content.decode()

    assert f"/desk/referrals/{made.pk}/" in shown
