"""随机抽取: the month's sample of a county, once; nobody can draw again until it suits.

Clause: TK43 art 16 (three in ten of the new), DOUDI R15
Move:   none      Right: supervision.draw of the county      Says: nothing
"""

import datetime as dt
import secrets

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.kernel.errors import Conflict, Invalid
from doudi.kernel.sentences import Sentence
from doudi.supervision.figures import draw, sealed
from doudi.supervision.flow import DRAWN, POPULATIONS
from doudi.supervision.models import Check, Draw
from doudi.supervision.queries import UNDONE, due_after, share_of, to_draw_from


def draw_sample(county: str, month: str, population: str, *, by: Staff, at: dt.datetime) -> Draw:
    """The draw with its checks. Invalid when there is nothing to draw from; Conflict a second time.

    The seed comes from the machine's own randomness after the numbers stand fixed.
    """
    require(by, "supervision.draw", county)
    if population not in POPULATIONS:
        raise Invalid({"population": "请选抽查范围"})
    cases = to_draw_from(population, county, month)
    if not cases:
        raise Invalid({"month": "这个月没有可以抽查的办件"})
    numbers, seed = sorted(cases), secrets.token_hex(16)
    on = at.date()
    try:
        with transaction.atomic():
            made = Draw.objects.create(
                county=county,
                month=month,
                population=population,
                share=share_of(population, on),
                seed=seed,
                numbers=numbers,
                numbers_sha256=sealed(numbers),
                drawn_by_id=str(by.pk),
                drawn_by=by.name,
                drawn_at=at,
            )
            _ask(made, [cases[n] for n in draw(seed, numbers, made.share)], at, on)
            write(
                "supervision.drawn",
                actor=actor_of(by),
                subject=f"draw:{made.pk}",
                chain=county,
                detail={"seed": seed, "of": len(numbers), "sha256": made.numbers_sha256},
            )
    except IntegrityError:
        raise Conflict(Sentence("{month}已经抽过，一个月只抽一次", month=month)) from None
    return made


def _ask(made: Draw, case_ids: list, at: dt.datetime, on: dt.date) -> None:  # type: ignore[type-arg]
    """A check for each; one that is being checked already keeps its check and joins the draw."""
    due = due_after("check", on)
    Check.objects.filter(case__in=case_ids, state__in=UNDONE, draw=None).update(draw=made)
    busy = set(
        Check.objects.filter(case__in=case_ids, state__in=UNDONE).values_list("case", flat=True)
    )
    Check.objects.bulk_create(
        Check(draw=made, case_id=pk, county=made.county, ground=DRAWN, asked_at=at, due_on=due)
        for pk in case_ids
        if pk not in busy
    )
