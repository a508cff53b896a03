"""发放前公示: a checked list hangs for the days of the pack before anybody pays it.

Names masked, no numbers, no children; amounts as the pack says. The days begin again for other
lines: whoever prepares the roll anew publishes it anew.

Clause: DB57 art 24 (name, number of members, amount, nothing else); CH62: never a child
Move:   none      Right: roll.prepare      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.benefits.flow import RollStage
from doudi.benefits.models import Roll, RollNotice
from doudi.benefits.publication import day_of, days_asked
from doudi.cases.queries import pack
from doudi.kernel.errors import Conflict, NotFound, WrongStage

TWICE = "这份名册正在公示或者已经公示过，不用再公示"


def publish_roll(roll_id: UUID, *, by: Staff, at: dt.datetime) -> RollNotice:
    """From today to the end of its last day; Conflict where the pack asks for no notice."""
    on = day_of(at)
    with transaction.atomic():
        roll = Roll.objects.select_for_update().filter(pk=roll_id).first()
        if roll is None:
            raise NotFound("没有这份名册")
        require(by, "roll.prepare", roll.county)
        if roll.stage != RollStage.CHECKED or roll.kind != "monthly":
            raise WrongStage("publish_roll", roll.stage, "名册复核之后、放行之前才能公示")
        days = days_asked(on)
        if days == 0:
            raise Conflict("本市没有要求发放前公示")
        notice = _hang(roll, on, days, by, at)
        write(
            "benefits.roll_published",
            actor=actor_of(by),
            subject=f"roll:{roll_id}",
            chain=roll.county,
            detail={"until": str(notice.until_on), "sha256": roll.lines_sha256[:24]},
        )
    return notice


def _hang(roll: Roll, on: dt.date, days: int, by: Staff, at: dt.datetime) -> RollNotice:
    try:
        with transaction.atomic():
            return RollNotice.objects.create(
                roll=roll,
                lines_sha256=roll.lines_sha256,
                from_on=on,
                until_on=on + dt.timedelta(days=days),
                with_amounts=bool(pack().book.general("payments.publish_amounts", on)),
                by_id=str(by.pk),
                by_name=by.name,
                at=at,
            )
    except IntegrityError:
        raise Conflict(TWICE) from None
