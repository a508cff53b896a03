"""移出名单: somebody belongs to a special group no longer, from a day on, and why.

What the person receives stays as it is: an award changes only by its own road.

Clause: DB57 art 30
Move:   none      Right: people.import      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.clock.time import CHINA
from doudi.kernel.errors import Invalid, NotFound
from doudi.people.models import GroupMembership
from doudi.vault.scrub import PERSONAL

LONGEST = 100


def leave_group(
    membership_id: UUID, until_on: dt.date, why: str, *, by: Staff, at: dt.datetime
) -> GroupMembership:
    """The last day on the list; NotFound for who is on it no longer."""
    with transaction.atomic():
        listed = GroupMembership.objects.select_for_update().filter(until_on=None)
        found = listed.filter(pk=membership_id).first()
        if found is None:
            raise NotFound("名单上没有这个人")
        require(by, "people.import", found.region_id)
        words = why.strip()
        _check(found, until_on, words, at.astimezone(CHINA).date())
        found.until_on = until_on
        found.save(update_fields=["until_on"])
        write(
            "people.left_group",
            actor=actor_of(by),
            subject=f"person:{found.person_id}",
            chain=found.region_id[:6],
            purpose=words,
            detail={"group": found.group, "until": str(until_on)},
        )
    return found


def _check(found: GroupMembership, until_on: dt.date, words: str, today: dt.date) -> None:
    wrong = {}
    if not found.from_on <= until_on <= today:
        wrong["until_on"] = "日期不早于列入的那天，不晚于今天"
    if not 2 <= len(words) <= LONGEST:
        wrong["why"] = "请写明原因，2至100个字"
    elif PERSONAL.search(words):
        wrong["why"] = "原因里不要写身份证号、手机号或账号"
    if wrong:
        raise Invalid(wrong)
