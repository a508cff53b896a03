"""A bank that does everything wrong, by a seed: the ledger says what its own book says (P3)."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from doudi.accounts.permissions import Role
from doudi.benefits import file as files
from doudi.benefits.actions import send_file, settle_file
from doudi.benefits.actions.send_file import bank as _real
from doudi.benefits.models import Award
from doudi.clock.time import now
from doudi.demo.bank import BAD_DAY, FaultyBank
from tests.benefits.schedules import COUNTY, Clock, End, play, released
from tests.factories.awards import in_benefit
from tests.factories.cases import staff

pytestmark = pytest.mark.django_db
SCHEDULES = int(os.environ.get("DOUDI_SCHEDULES", "100"))
assert _real is files.bank


@pytest.fixture
def hands(city) -> tuple[Any, Any, Any]:
    """Seven households in benefit, and the three people who stand behind their released roll."""
    in_benefit(0.00007)
    Award.objects.update(county=COUNTY, start_month="2022-01", end_month="")
    officer, checker = (staff(name, Role.COUNTY_OFFICER, COUNTY) for name in "oc")
    three = (officer, checker, staff("f", Role.COUNTY_FINANCE, COUNTY))
    released(three, now())
    return three


@contextmanager
def one(seed: int, hands: tuple[Any, Any, Any], monkeypatch) -> Iterator[End]:
    """One schedule, and nothing of it stays."""
    clock = Clock(now())
    shutil.rmtree(Path(settings.DOUDI_HOME) / "slips", ignore_errors=True)
    way = FaultyBank(seed, BAD_DAY, clock)
    for room in (files, send_file, settle_file):
        monkeypatch.setattr(room, "bank", lambda: way)
    with transaction.atomic():
        yield play(way, clock, hands, seed)
        transaction.set_rollback(True)


def test_after_every_schedule_nobody_has_too_much_or_too_little(hands, monkeypatch):
    wrong, rounds, tries = {}, 0, 0

    for seed in range(SCHEDULES):
        with one(seed, hands, monkeypatch) as end:
            rounds, tries = rounds + end.rounds, tries + end.tries
            if end.twice or end.missing or end.difference_fen or end.gaps:
                wrong[seed] = end

    assert wrong == {}
    assert tries > 8 * SCHEDULES, "nothing was ever tried again"
    assert rounds > 8 * SCHEDULES


def test_a_house_that_sends_again_without_asking_pays_somebody_twice(hands, monkeypatch):
    def blindly(file, at):
        text, orders = files.content(file)
        send_file.bank().send(file.number, text, orders)

    monkeypatch.setattr(send_file, "_hand_over", blindly)
    seen = 0

    for seed in range(12):
        with one(seed, hands, monkeypatch) as end:
            seen += bool(end.twice)

    assert seen
