"""代保管协议: who keeps somebody's card signs for it, the county has it on file, and it ends.

Clause: DB57 art 26
Move:   none      Right: award.propose      Says: nothing
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.benefits.queries import award as award_by_id
from doudi.kernel.errors import Conflict, Invalid, NotFound
from doudi.upkeep.models import Custody
from doudi.upkeep.queries import day_of


@dataclass(frozen=True)
class Agreement:
    """Who keeps the card, why, and the number of the written agreement."""

    keeper: str
    reason: str
    paper: str


def keep_card(award_id: UUID, told: Agreement, *, by: Staff, at: dt.datetime) -> Custody:
    """One keeper at a time; Invalid without a written agreement."""
    award = award_by_id(award_id)
    require(by, "award.propose", award.town)
    wrong = {
        name: words
        for name, value, words in (
            ("keeper", told.keeper, "请填保管人"),
            ("reason", told.reason, "请写为什么由别人保管"),
            ("paper", told.paper, "请填书面协议的编号"),
        )
        if len(value.strip()) < 2
    }
    if wrong:
        raise Invalid(wrong)
    try:
        with transaction.atomic():
            made = Custody.objects.create(
                award=award,
                town=award.town,
                county=award.county,
                keeper=told.keeper.strip(),
                reason=told.reason.strip(),
                paper=told.paper.strip(),
                since_on=day_of(at),
                by=by.name,
                at=at,
            )
            _journal("award.card_kept", made, by)
    except IntegrityError:
        raise Conflict("已有一份代保管协议，请先终止") from None
    return made


def end_custody(award_id: UUID, *, by: Staff, at: dt.datetime) -> Custody:
    """The card is back; NotFound where nobody keeps one."""
    with transaction.atomic():
        held = Custody.objects.select_for_update().filter(award_id=award_id, ended_on=None)
        found = held.first()
        if found is None:
            raise NotFound("没有代保管协议")
        require(by, "award.propose", found.town)
        found.ended_on, found.ended_by = day_of(at), by.name
        found.save()
        _journal("award.card_back", found, by)
    return found


def _journal(action: str, found: Custody, by: Staff) -> None:
    subject = f"award:{found.award_id}"
    write(action, actor=actor_of(by), subject=subject, chain=found.county)
