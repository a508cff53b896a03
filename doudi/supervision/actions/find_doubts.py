"""查找疑点: the rules of doubt run over a span; each question is kept once.

Clause: DB57 art 38; promises.md A, B, L
Move:   none      Right: called by the timetable      Says: nothing
"""

import datetime as dt

from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.supervision.catalog import doubt_rules
from doudi.supervision.engine.doubts import found
from doudi.supervision.facts import known_between
from doudi.supervision.models import Doubt

MOST_THINGS = 50


def find_doubts(since: dt.datetime, until: dt.datetime, *, at: dt.datetime) -> int:
    """How many questions are new; running it again over the same span adds none."""
    doubts = found(known_between(since, until), doubt_rules())
    rows = [
        Doubt(
            rule=doubt.rule,
            about=doubt.about,
            county=doubt.county,
            day=doubt.day,
            count=doubt.count,
            things=list(doubt.things[:MOST_THINGS]),
            found_at=at,
        )
        for doubt in doubts
    ]
    with transaction.atomic():
        before = Doubt.objects.count()
        Doubt.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
        new = Doubt.objects.count() - before
        if new:
            write("audit.doubts_found", actor=SYSTEM, subject="doubts", detail={"new": new})
    return new
