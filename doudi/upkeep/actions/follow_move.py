"""随迁: a kept card and an account that is asked for go with the household to its new place.

The agreement is filed anew where the household lives now, under its number and since its day; the
place it left keeps its own, ended. A new account is the person's wish and goes on as it stands:
the call and the cooling days count, and the new place approves it.

Clause: DB57 arts 25, 26; NT22 三(一)
Move:   none      Right: nobody's, decide_proposal calls it      Says: nothing
"""

import datetime as dt
from typing import Any
from uuid import UUID

from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.upkeep.models import AccountRequest, Custody
from doudi.upkeep.queries import day_of


def follow_move(old: Any, new: Any, *, by: Actor, at: dt.datetime) -> None:
    """Inside the caller's transaction; repeated, nothing is left to follow."""
    for held in Custody.objects.select_for_update().filter(award=old, ended_on=None):
        _card(held, new, by, at)
    for asked in AccountRequest.objects.select_for_update().filter(award=old, decided_at=None):
        _account(asked, new, by)


def _card(held: Custody, new: Any, by: Actor, at: dt.datetime) -> None:
    held.ended_on, held.ended_by = day_of(at), by.name
    held.save(update_fields=["ended_on", "ended_by"])
    Custody.objects.create(
        award=new,
        town=new.town,
        county=new.county,
        keeper=held.keeper.open(),
        reason=held.reason.open(),
        paper=held.paper,
        since_on=held.since_on,
        by=by.name,
        at=at,
    )
    _told("card", held.award_id, held.county, new, by)


def _account(asked: AccountRequest, new: Any, by: Actor) -> None:
    left, county = asked.award_id, asked.county
    asked.award, asked.town, asked.county = new, new.town, new.county
    asked.save(update_fields=["award", "town", "county"])
    _told("account", left, county, new, by)


def _told(what: str, left: UUID, county: str, new: Any, by: Actor) -> None:
    """In both places' journals: the one that had it, and the one that has it now."""
    write(f"award.{what}_left", actor=by, subject=f"award:{left}", chain=county)
    write(f"award.{what}_came", actor=by, subject=f"award:{new.pk}", chain=new.county)
