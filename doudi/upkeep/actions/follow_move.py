"""随迁: a kept card, an account that is asked for and the next re-check go with the household.

The agreement is filed anew where the household lives now, under its number and since its day; the
place it left keeps its own, ended. A new account is the person's wish and goes on as it stands:
the call and the cooling days count, and the new place approves it. The day by which the household
is looked at again stays: nobody puts it off by moving.

Clause: DB57 arts 25, 26; SI649 art 13; NT22 三(一)
Move:   none      Right: nobody's, decide_proposal calls it      Says: nothing
"""

import datetime as dt
from typing import Any
from uuid import UUID

from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.upkeep.models import AccountRequest, Custody, Recheck, RecheckPlan
from doudi.upkeep.queries import day_of


def follow_move(old: Any, new: Any, *, by: Actor, at: dt.datetime) -> None:
    """Inside the caller's transaction; repeated, nothing is left to follow."""
    for held in Custody.objects.select_for_update().filter(award=old, ended_on=None):
        _card(held, new, by, at)
    for asked in AccountRequest.objects.select_for_update().filter(award=old, decided_at=None):
        _goes_on("award.account_moved", asked, new, by)
    for plan in RecheckPlan.objects.filter(award=old):
        kept = {"klass": plan.klass, "due_on": plan.due_on}
        RecheckPlan.objects.update_or_create(award=new, defaults=kept)
    for called in Recheck.objects.select_for_update().filter(award=old, done_at=None):
        _goes_on("award.recheck_moved", called, new, by)


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
    _told("award.card_moved", held.award_id, held.county, new, by)


def _goes_on(deed: str, found: AccountRequest | Recheck, new: Any, by: Actor) -> None:
    left, county = found.award_id, found.county
    found.award, found.town, found.county = new, new.town, new.county
    found.save(update_fields=["award", "town", "county"])
    _told(deed, left, county, new, by)


def _told(deed: str, left: UUID, county: str, new: Any, by: Actor) -> None:
    """In both places' journals: the one that had it, and the one that has it now."""
    write(deed, actor=by, subject=f"award:{left}", chain=county)
    write(deed, actor=by, subject=f"award:{new.pk}", chain=new.county)
