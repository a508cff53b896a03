"""一次性补正: tells everything that is missing at once; the clock has not begun.

Clause: DB57 art 10
Move:   SUBMITTED -> AWAITING_PAPERS      Right: case.ask_for_more      Says: MorePapersAsked
"""

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.db import transaction

from doudi.accounts.models import Staff
from doudi.cases.actions.move import locked, move
from doudi.cases.events import MorePapersAsked
from doudi.cases.models import Case, Letter, Supplement
from doudi.kernel.errors import Missing
from doudi.outbox.announce import announce
from doudi.policy.pack import load_pack
from doudi.policy.rules.deadlines import working_days_after


def ask_for_more(
    case_id: UUID,
    items: list[dict[str, str]],
    *,
    version: int | None,
    by: Staff,
    at: dt.datetime,
) -> Case:
    """`items` is [{"what", "why"}]; Missing when it is empty."""
    wanted = [i for i in items if i.get("what", "").strip()]
    if not wanted:
        raise Missing(["请至少写明一样需要补正的材料"])
    pack = load_pack(settings.DOUDI_PACK_DIR)
    answer_by = working_days_after(pack.book, pack.calendar, "process.supplement_days", at.date())
    with transaction.atomic():
        case = move(
            locked(case_id, version),
            "ask_for_more",
            by=by,
            at=at,
            version=version,
            note="、".join(i["what"] for i in wanted),
        )
        who = {"case": case, "at": case.last_event_at, "by_id": str(by.pk), "by_name": by.name}
        Supplement.objects.create(**who, items=wanted, answer_by_on=answer_by.on)
        Letter.objects.create(**who, form="supplement")
        announce(MorePapersAsked(case.pk))
    return case
