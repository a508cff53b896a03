"""Several people at once: one wins, nobody overwrites, nobody doubles (P1, P4).

The suite runs these on SQLite and again on PostgreSQL.
"""

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from django.db import connection

from doudi.cases.actions.accept import accept
from doudi.cases.actions.assess import assess
from doudi.cases.actions.confirm import confirm
from doudi.cases.actions.submit import submit
from doudi.cases.models import Application, Assessment, Case, Decision, NumberSeries
from doudi.clock.time import now
from doudi.demo.play import CITIZEN
from doudi.kernel.errors import Conflict
from doudi.outbox.models import Event
from tests.factories.cases import case_at, draft, office, submitted

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 12


def at_once(deed: Callable[[], object], hands: int = HANDS) -> list[object]:
    """What each of `hands` threads got, a result or the error, when all begin together."""
    gate, got = threading.Barrier(hands), []

    def one() -> None:
        gate.wait()
        try:
            got.append(deed())
        except Exception as error:
            got.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(hands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return got


def test_of_twelve_confirmations_of_one_page_exactly_one_wins(clock, city):
    case = case_at("noticed", clock)
    clock.shift(dt.timedelta(days=8))
    head, seen = office().head, case.version

    got = at_once(lambda: confirm(case.pk, version=seen, by=head, at=now()))

    assert [type(g) for g in got].count(Conflict) == HANDS - 1
    assert Decision.objects.count() == 1
    assert Event.objects.filter(kind="DecisionConfirmed").count() == 1
    assert Case.objects.get().version == seen + 1


def test_of_twelve_assessments_of_one_page_one_is_kept(clock, city):
    case = case_at("visited", clock)
    clerk, seen = office().clerk, case.version

    got = at_once(lambda: assess(case.pk, version=seen, by=clerk, at=now()))

    assert [type(g) for g in got].count(Conflict) == HANDS - 1
    assert Assessment.objects.count() == 1


def test_of_twelve_acceptances_one_starts_the_clock(city):
    case = submitted()
    clerk, seen = office().clerk, case.version

    got = at_once(lambda: accept(case.pk, version=seen, by=clerk, at=now()))

    assert [type(g) for g in got].count(Conflict) == HANDS - 1
    assert Event.objects.filter(kind="ApplicationAccepted").count() == 1


def test_twelve_presses_on_submit_give_one_application_and_one_receipt(city):
    ref = draft()

    got = at_once(lambda: submit(ref, by=CITIZEN, at=now()))

    assert len({receipt.tracking for receipt in got}) == 1
    assert Application.objects.count() == Case.objects.count() == 1
    assert Event.objects.filter(kind="ApplicationSubmitted").count() == 1
    assert NumberSeries.objects.get(series__startswith="SQ").last == 1
