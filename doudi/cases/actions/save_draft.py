"""暂存: keeps what was typed so far; nothing is checked that is not yet claimed to be complete.

Clause: DB57 art 4
Move:   none      Right: the phone of the draft      Says: nothing
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from doudi.cases.models import Draft
from doudi.kernel.errors import Conflict


def save_draft(
    draft: Draft, declaration: Mapping[str, Any], step: int, *, at: dt.datetime
) -> Draft:
    """Keeps the declaration; Conflict once the draft has been submitted, be it this moment."""
    with transaction.atomic():
        kept = Draft.objects.select_for_update().get(pk=draft.pk)
        if kept.submitted_at:
            raise Conflict("申请已经提交，不能再修改；如有变化请联系镇（街道）")
        kept.declaration = dict(declaration)
        kept.step = max(kept.step, step)
        kept.saved_at = at
        kept.save(update_fields=["declaration", "step", "saved_at"])
    return kept
