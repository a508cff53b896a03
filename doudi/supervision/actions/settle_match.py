"""核实疑似近亲属: the county says whether the person of the same name is the relative.

Clause: DB57 arts 11, 20
Move:   asked -> kin or not_kin      Right: supervision.check of the county      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.cases.actions.file_relative import file_relative
from doudi.kernel.errors import NotAllowed, NotFound, WrongStage
from doudi.supervision.actions.issue_sheet import said
from doudi.supervision.actions.open_relative_check import open_relative_check
from doudi.supervision.flow import ASKED, IS_KIN, IS_NOT
from doudi.supervision.models import Match


def settle_match(match_id: UUID, is_kin: bool, why: str, *, by: Staff, at: dt.datetime) -> Match:
    """Kin: the case is filed as a near relative's, and checked if it is confirmed already."""
    with transaction.atomic():
        match = Match.objects.select_for_update().filter(pk=match_id).first()
        if match is None:
            raise NotFound("没有这条疑似近亲属")
        require(by, "supervision.check", match.county)
        if match.state != ASKED:
            raise WrongStage("settle_match", match.state, "这条疑似近亲属已经核实过了")
        if match.officer_id == str(by.pk):
            raise NotAllowed("supervision.check", "这是您自己的备案，请由另一人核实")
        match.state, match.why = IS_KIN if is_kin else IS_NOT, said(why, "why")[:200]
        match.settled_by_id, match.settled_by, match.settled_at = str(by.pk), by.name, at
        match.save()
        write(
            f"supervision.relative_{match.state}",
            actor=actor_of(by),
            subject=f"case:{match.case_id}",
            chain=match.county,
        )
        if is_kin:
            words = f"{match.officer}（{match.relation}）"
            file_relative(match.case_id, words, by=by, at=at)
            open_relative_check(match.case_id, at=at)
    return match
