"""An authorisation ends six months after the benefit, as its text says; where it goes on, so does
the authorisation.
"""

import datetime as dt

import pytest

from doudi.audit.models import Entry
from doudi.benefits.queries import award_of_case
from doudi.outbox.deliver import deliver_all
from doudi.verification.queries import consents_of, living_consents
from tests.factories.cases import case_at
from tests.upkeep.test_changes import agreed, hands

__all__ = ["hands"]
pytestmark = pytest.mark.django_db


def test_with_the_benefit_the_leave_to_ask_ends_six_months_later_and_is_asked_for_no_more(
    city, clock, hands
):
    case = case_at("confirmed", clock)
    deliver_all()
    ref = case.application_id
    signed = {consent.valid_until for consent in consents_of(ref)}

    agreed(award_of_case(case.pk), "stop", "own_wish", hands, month="2022-08")

    ends = {consent.valid_until for consent in consents_of(ref)}
    assert (min(signed) > dt.date(2024, 1, 1), ends) == (True, {dt.date(2023, 1, 31)})
    assert len(living_consents(ref, dt.date(2023, 1, 31))) == 3
    assert not living_consents(ref, dt.date(2023, 2, 1))
    assert Entry.objects.filter(action="verification.consent_limited").count() == 3
