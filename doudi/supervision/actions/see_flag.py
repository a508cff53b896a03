"""阅处超常规决定: the county reads the reason and writes a word; a doubt becomes a check.

Clause: DOUDI R15
Move:   none      Right: supervision.check of the county      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.cases.file import hands_on
from doudi.kernel.errors import NotAllowed, NotFound, WrongStage
from doudi.supervision.actions.choose_case import choose_case
from doudi.supervision.actions.issue_sheet import said
from doudi.supervision.models import Flag
from doudi.supervision.queries import is_checked

WHY = "超常规决定"


def see_flag(flag_id: UUID, word: str, *, check: bool, by: Staff, at: dt.datetime) -> Flag:
    """Once; not by whoever had a hand in the case. `check` opens a check of it."""
    with transaction.atomic():
        flag = Flag.objects.select_for_update().filter(pk=flag_id).first()
        if flag is None:
            raise NotFound("没有这条记录")
        require(by, "supervision.check", flag.county)
        if flag.seen_at:
            raise WrongStage("see_flag", "seen", "这条已经阅处过了")
        if str(by.pk) in hands_on(flag.case):
            raise NotAllowed("supervision.check", "您办理过这个办件，请由另一人阅处")
        flag.word, flag.seen_by, flag.seen_at = said(word, "word")[:200], by.name, at
        flag.save()
        write(
            "supervision.flag_seen",
            actor=actor_of(by),
            subject=f"case:{flag.case_id}",
            chain=flag.county,
        )
        if check and not is_checked(flag.case_id):
            choose_case(flag.case_id, WHY, by=by, at=at)
    return flag
