"""One process of the money's killer harness: prepares the home, works until killed, or judges.

money_worker prepare N [without]   awards that begin, end, pay in arrears, and come twice
money_worker work SEED             whatever comes next, for ever
money_worker judge                 works to the end without being killed, and counts
"""

import datetime as dt
import json
import os
import random
import sys
import time
import urllib.request
from collections import Counter
from importlib import import_module
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
django.setup()

from django.conf import settings
from django.db import DatabaseError, connection

from doudi.accounts.queries import staff_by_account
from doudi.benefits.actions.check_roll import check_roll
from doudi.benefits.actions.lift_brake import lift_brake
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.actions.propose_reissue import WRONG_ACCOUNT, propose_reissue
from doudi.benefits.actions.release_reissue import release_reissue
from doudi.benefits.actions.release_roll import release_roll
from doudi.benefits.actions.sweep_rolls import sweep_rolls
from doudi.benefits.models import Attempt, Award, BankFile, Payment, Roll
from doudi.benefits.reconciliation import three_ways
from doudi.clock.time import now, refresh
from doudi.demo import awards
from doudi.demo.dice import Dice
from doudi.demo.staff import PLAIN_COUNTIES
from doudi.kernel.errors import DoudiError
from doudi.outbox.deliver import deliver

COUNTY, MONTHS = "610702", ("2022-06", "2022-07", "2022-08")
LATER = dt.timedelta(hours=2)  # the quiet time is over for whoever comes after a kill
PATIENCE = 120


def prepare(share: float, without: str) -> None:
    """A third begins in July, some end in June, some are paid in arrears, some stand twice."""
    refresh()
    awards.build(Dice(7), share, now())
    Award.objects.update(county=COUNTY, town=f"{COUNTY}008", village=f"{COUNTY}008001")
    found = list(Award.objects.order_by("number"))
    for place, award in enumerate(found):
        award.start_month = "2022-07" if place % 3 == 0 else "2022-01"
        award.end_month = "2022-06" if place % 7 == 1 else ""
        award.once_fen = 12_345 if place % 6 == 0 else 0
        if place % 10 == 4:
            award.account = f"621099000000{place:03d}0000"
        award.save()
    for award in found[::12]:
        again = Award.objects.get(pk=award.pk)
        again.pk, again.number, again._state.adding = None, f"TWICE{award.number}", True
        again.id, again.account = Award().id, "6210990000000000012"
        again.save(force_insert=True)
    if without:
        _drop_the_constraint()


def _drop_the_constraint() -> None:
    """The negative control: the same house, and nothing in the database against paying twice."""
    frozen = import_module("doudi.benefits.migrations.0008_attempts_and_files")
    unique = next(c for c in Payment._meta.constraints if c.name == "nobody_twice")
    # SQLite makes the table anew from the model: as long as the model names it, it would come back.
    Payment._meta.constraints = [c for c in Payment._meta.constraints if c is not unique]
    with connection.schema_editor() as editor:
        frozen.stays.backward(None, editor)
        frozen.thaw(None, editor)
        editor.remove_constraint(Payment, unique)


def _hands() -> tuple[Any, Any, Any]:
    word = PLAIN_COUNTIES.get(COUNTY, COUNTY)
    officer, checker, finance = (
        staff_by_account(f"{word}.{seat}") for seat in ("officer", "check", "finance")
    )
    return officer, checker, finance


def step(dice: random.Random, hands: tuple[Any, Any, Any]) -> None:
    """One deed of one of the people or of the machine; a refusal is an answer too."""
    deed = dice.choice((_prepare, _sign, _machine, _machine, _again))
    try:
        deed(dice, hands)
    except (DoudiError, DatabaseError):
        return


def _prepare(dice: random.Random, hands: tuple[Any, Any, Any]) -> None:
    month = dice.choice(MONTHS)
    try:
        prepare_roll(COUNTY, month, by=hands[0], at=now())
    except DoudiError as refusal:
        # Only who stands twice and is named is looked into: whatever else refuses a roll (it was
        # checked meanwhile) tells nobody of a second award, as in an office.
        named = getattr(refusal.sentence, "values", {}).get("numbers", ())
        Award.objects.filter(number__startswith="TWICE", number__in=named).update(
            end_month="2021-12"
        )


def _sign(dice: random.Random, hands: tuple[Any, Any, Any]) -> None:
    for roll in Roll.objects.filter(stage__in=("draft", "checked")):
        if roll.stage == "checked":
            release_roll(roll.pk, version=None, by=hands[2], at=now())
            continue
        if roll.held and not roll.lifted_by_id:
            lift_brake(roll.pk, "七月新增一批", version=None, by=hands[1], at=now())
        check_roll(roll.pk, version=None, by=hands[1], at=now())


def _machine(dice: random.Random, hands: tuple[Any, Any, Any]) -> None:
    deliver(20)
    sweep_rolls(at=now() + LATER)


def _again(dice: random.Random, hands: tuple[Any, Any, Any]) -> None:
    for file in BankFile.objects.filter(roll=None, stage="draft"):
        release_reissue(file.pk, by=hands[2], at=now())
    for payment in Payment.objects.filter(stage="returned")[:5]:
        if payment.result_reason in WRONG_ACCOUNT:
            award = Award.objects.get(pk=payment.award_id)
            award.account = "6210990000000000012"
            award.save()
        propose_reissue([payment.pk], by=hands[0], at=now())


def work(seed: int) -> None:
    """Until killed."""
    refresh()
    dice, hands = random.Random(seed), _hands()
    while True:
        step(dice, hands)


def judge() -> dict[str, Any]:
    """To the end, then: what the bank's own book holds against what everybody was to get."""
    refresh()
    dice, hands = random.Random(1), _hands()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and not _is_over():
        step(dice, hands)
    with urllib.request.urlopen(f"{settings.DOUDI_BANK_URL}/book") as answer:  # noqa: S310
        held: dict[str, int] = json.load(answer)["held"]
    tries = dict(Attempt.objects.values_list("end_to_end_id", "payment_id"))
    got: Counter[Any] = Counter()
    for reference, fen in held.items():
        got[tries[reference]] += fen
    rows = Payment.objects.values_list("pk", "person_id", "month", "kind", "amount_fen")
    lines = {pk: (person, month, kind, fen) for pk, person, month, kind, fen in rows}
    paid = Counter(lines[pk][:3] for pk in got)
    ways = [three_ways(COUNTY, m, now() + LATER, LATER * 12) for m in MONTHS]
    return {
        "payments": len(lines),
        "tries": len(tries),
        "over": _is_over(),
        "twice": sum(n > 1 for n in paid.values())
        + sum(got[pk] > fen for pk, (*_line, fen) in lines.items()),
        "missing": sum(got[pk] < fen for pk, (*_line, fen) in lines.items()),
        "difference_fen": sum(got.values()) - sum(w.ledger.paid for w in ways),
        "entitled_less_paid_fen": sum(w.entitled_fen - w.bank_fen for w in ways),
        "gaps": [f"{g.kind} {g.reference}" for w in ways for g in w.gaps][:5],
    }


def _is_over() -> bool:
    settled = Roll.objects.filter(stage="settled").count() == len(MONTHS)
    return settled and not Payment.objects.exclude(stage="paid").exists()


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(float(sys.argv[2]), "".join(sys.argv[3:]))
    elif sys.argv[1] == "work":
        work(int(sys.argv[2]))
    else:
        sys.stdout.write(json.dumps(judge()))
