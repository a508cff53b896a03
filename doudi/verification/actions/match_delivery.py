"""匹配: proposes whose rows they may be that came with a wrong number; the sure ones count at once.

Clause: DB57 art 17 (information must belong to the person)
Move:   none      Right: called by `doudi deliver`      Says: nothing
"""

import datetime as dt
import uuid

from django.db import transaction

from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.people.queries import register
from doudi.verification.engine.by_name import engine
from doudi.verification.file import unmatched_path
from doudi.verification.models import Delivery, Match
from doudi.verification.register import hidden

BY_RULE = "规则：姓名、出生日期、县区全同且唯一"


def match_delivery(delivery: Delivery, *, by: Actor, at: dt.datetime) -> dict[str, int]:
    """How many rows were matched alone, and how many wait for a person; harmless when repeated."""
    if not delivery.rows_unmatched:
        return {"alone": 0, "proposed": 0}
    matching = engine("matching")
    known = matching.Register(_known(matching))
    rows = [
        _row(delivery, candidate, at)
        for lost in matching.lost_rows(unmatched_path(delivery.item, delivery.pk))
        for candidate in known.candidates(lost)
    ]
    told = {"alone": sum(row.state == "accepted" for row in rows)}
    told["proposed"] = len({row.row_no for row in rows}) - told["alone"]
    with transaction.atomic():
        if Match.objects.filter(delivery=delivery).exists():
            return told
        Match.objects.bulk_create(rows, batch_size=500)
        write("delivery.matched", actor=by, subject=f"delivery:{delivery.pk}", detail=told)
    return told


def _known(matching):  # type: ignore[no-untyped-def]
    """The register as the tiers need it, in batches."""
    piece = []
    for person in register():
        piece.append(person)
        if len(piece) == 5000:
            yield from _opened(matching, piece)
            piece = []
    yield from _opened(matching, piece)


def _opened(matching, people):  # type: ignore[no-untyped-def]
    keys = hidden([person.id_number for person in people])
    for key, p in zip(keys, people, strict=True):
        county = p.id_number[:6]
        yield matching.Known(key, str(p.person), p.region[:9], p.name, p.born, county)


def _row(delivery: Delivery, candidate, at: dt.datetime) -> Match:  # type: ignore[no-untyped-def]
    alone = candidate.alone
    return Match(
        delivery=delivery,
        row_no=candidate.row_no,
        person_id=uuid.UUID(candidate.person),
        town=candidate.town,
        tier=candidate.tier,
        why=list(candidate.why),
        state="accepted" if alone else "proposed",
        decided_by=BY_RULE if alone else "",
        decided_at=at if alone else None,
    )
