"""预填申请: what is known of a call goes into a draft under the caller's phone.

Nothing is applied for: the caller reads it, adds what is missing and signs, or leaves it.

Clause: LS23 二(一); DB57 art 10 (nothing asked twice)
Move:   none      Right: urgent.papers      Says: nothing
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.cases.actions.save_draft import save_draft
from doudi.cases.actions.start_draft import start_draft
from doudi.kernel.errors import WrongStage
from doudi.urgent.actions.move import locked, may_move, record
from doudi.urgent.figures import known_declaration
from doudi.urgent.queries import living_advance


def start_application(call_id: UUID, *, by: Staff, at: dt.datetime) -> None:
    """A draft with name, number and account; what was typed there already stays as it is.

    WrongStage where somebody else called: his phone may not open another's number and account.
    """
    with transaction.atomic():
        call = locked(call_id)
        may_move(call, "start_application", by)
        if call.channel != "self":
            sentence = "是别人代为求助的，请本人用自己的手机申请，或到窗口办理"
            raise WrongStage("start_application", call.stage, sentence)
        draft = start_draft(call.phone.open(), at=at)
        if draft.declaration.open():
            return
        advance = living_advance(call)
        known: dict[str, Any] = {
            "phone": call.phone.open(),
            "name": (advance and advance.payee_name.open()) or call.name.open() or "",
            "id_number": (advance and advance.payee_id_number.open()) or "",
            "bank": (advance and advance.bank) or "",
            "account": (advance and advance.account.open()) or "",
            "ill": call.kind == "illness",
        }
        record(call, "start_application", by=by, at=at)
        save_draft(draft, known_declaration(known), 2, at=at)
