"""复核计划: every running award has its class and its day; a month ahead the re-check is opened.

Clause: DB57 art 31; OP18 no 7
Move:   -> open      Right: called by the timetable      Says: nothing
"""

import datetime as dt

from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.benefits import running as benefits
from doudi.cases.queries import pack
from doudi.policy.rules.rechecks import recheck_class, recheck_due
from doudi.upkeep.models import Recheck, RecheckPlan
from doudi.upkeep.queries import day_of, month_of

AHEAD = dt.timedelta(days=30)
AT_ONCE = 2_000
WORDS = "复核周期到期"


def plan_rechecks(*, at: dt.datetime) -> int:
    """Plans for awards that have none, then re-checks for what is due within a month: how many."""
    with transaction.atomic():
        _plan(at)
        opened = _open(at)
        if opened:
            write(
                "award.rechecks_opened",
                actor=SYSTEM,
                subject="rechecks",
                detail={"count": opened},
            )
    return opened


def _plan(at: dt.datetime) -> None:
    """The next day counts from the award's start; what lies behind is spread over the first year.

    An award that was not looked at for long is due at once, so that nobody is forgotten.
    """
    planned = RecheckPlan.objects.values("award")
    rows = benefits.running_without(planned, str(month_of(at)))[:AT_ONCE]
    born = benefits.births_of([a.pk for a in rows])
    law, on = pack().book, day_of(at)
    plans = []
    for award in rows:
        klass = recheck_class(born.get(award.pk, ()), earns=False, on=on)
        due = recheck_due(law, klass, day_of(award.opened_at), on)
        plans.append(RecheckPlan(award=award, klass=klass, due_on=max(due, on)))
    RecheckPlan.objects.bulk_create(plans, batch_size=500, ignore_conflicts=True)


def _open(at: dt.datetime) -> int:
    soon = RecheckPlan.objects.filter(due_on__lte=day_of(at) + AHEAD).select_related("award")
    waiting = Recheck.objects.filter(done_at=None).values("award")
    running = benefits.running(str(month_of(at)))
    rows = soon.filter(award__in=running).exclude(award__in=waiting).order_by("due_on")[:AT_ONCE]
    made = [
        Recheck(
            award=plan.award,
            town=plan.award.town,
            county=plan.award.county,
            call="plan",
            klass=plan.klass,
            due_on=plan.due_on,
            opened_at=at,
            note=WORDS,
        )
        for plan in rows
    ]
    Recheck.objects.bulk_create(made, batch_size=500)
    return len(made)
