"""One person, one benefit, at the very signature: before any event is delivered, and at once."""

import datetime as dt
import threading

import pytest
from django.db import connection

from doudi.audit.actor import SYSTEM
from doudi.benefits.models import Award
from doudi.cases.actions.confirm import confirm
from doudi.cases.actions.reopen import reopen
from doudi.cases.models import Decision
from doudi.clock.time import now
from doudi.demo.play import ACTS, STEPS
from doudi.kernel.errors import DoudiError, Missing
from doudi.outbox.deliver import deliver_all
from doudi.people.models import BenefitMark
from tests.factories.cases import case_at, office, ren_declaration

LUEYANG = "610727105"


def two_noticed(clock):
    """Refused in Hantai, taken on in L\u00fceyang, then reopened in Hantai: both notices end."""
    first = case_at("refused", clock)
    family = ren_declaration()
    place = {"region": "610727105201", "permit": None}
    family["applicant"] |= place
    second = case_at("noticed", clock, family)
    reopen(first.pk, version=None, by=SYSTEM, at=now())
    deliver_all()
    for step in STEPS["noticed"][1:]:
        ACTS[step](first.pk, office())
        deliver_all()
    clock.shift(dt.timedelta(days=8))
    return first, second


def granted():
    return Decision.objects.filter(set_aside_at=None, granted=True).count()


@pytest.mark.django_db
def test_the_second_county_is_stopped_before_any_event_is_delivered(clock, city):
    first, second = two_noticed(clock)
    confirm(second.pk, version=None, by=office(LUEYANG).head, at=now())

    with pytest.raises(Missing) as refusal:
        confirm(first.pk, version=None, by=office().head, at=now())
    deliver_all()

    assert "略阳县" in refusal.value.sentence
    assert granted() == Award.objects.count() == 1
    assert BenefitMark.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_of_two_counties_at_once_one_confirms(clock, city):
    first, second = two_noticed(clock)
    gate, got = threading.Barrier(2), []
    heads = {first.pk: office().head, second.pk: office(LUEYANG).head}

    def one(pk):
        gate.wait()
        try:
            got.append(confirm(pk, version=None, by=heads[pk], at=now()))
        except DoudiError as refusal:
            got.append(refusal)
        finally:
            connection.close()

    hands = [threading.Thread(target=one, args=(pk,)) for pk in heads]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(60)

    assert granted() == 1
    assert sorted(isinstance(g, Missing) for g in got) == [False, True]
