"""批准提标: a second person approves the list; it holds for every award on it from its month.

Clause: SI649 art 12; DB57 art 32; four eyes (promises.md B)
Move:   prepared -> applied or dropped      Right: standard.approve      Says: StandardApplied
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.benefits import running as benefits
from doudi.benefits.actions.apply_standard import Line, apply_standard
from doudi.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from doudi.outbox.announce import announce
from doudi.upkeep.events import StandardApplied
from doudi.upkeep.flow import require_state
from doudi.upkeep.models import StandardRun

UNCHANGED = ("open", "other", "suspend", "taper")


def approve_standard(run_id: UUID, paper: str, *, by: Staff, at: dt.datetime) -> StandardRun:
    """Conflict when an award was opened, ended or changed since: nobody is missed, ever."""
    with transaction.atomic():
        run = _held(run_id, by)
        if run.prepared_by_id == str(by.pk):
            raise NotAllowed("standard.approve", "编制人不能批准自己的清单，请由另一人办理")
        if not 2 <= len(paper.strip()) <= 60:
            raise Invalid({"paper": "请填提标文件的文号"})
        listed = set(run.lines.values_list("award_id", flat=True))
        running = set(benefits.running(run.month, run.county).values_list("pk", flat=True))
        if listed != running:
            raise Conflict("编制以后有待遇新增、停发或迁移，请作废后重新编制")
        rows = run.lines.exclude(how__in=UNCHANGED).select_related("award")
        rows = rows.select_for_update(of=("award",))  # nobody changes them meanwhile
        lines = [Line(r.award, r.before_fen, r.base_fen, r.top_up_fen) for r in rows]
        apply_standard(run.pk, run.month, lines, paper.strip(), run.prepared_by, by=by, at=at)
        run.state, run.approved_by, run.approved_at = "applied", by.name, at
        run.paper = paper.strip()
        run.save()
        _journal("standard.approved", run, by, len(lines))
        announce(StandardApplied(run.pk))
    return run


def drop_standard(run_id: UUID, *, by: Staff, at: dt.datetime) -> StandardRun:
    """Thrown away before it holds; it can be prepared anew."""
    with transaction.atomic():
        run = _held(run_id, by)
        run.state, run.approved_by, run.approved_at = "dropped", by.name, at
        run.save()
        _journal("standard.dropped", run, by, 0)
    return run


def _held(run_id: UUID, by: Staff) -> StandardRun:
    run = StandardRun.objects.select_for_update().filter(pk=run_id).first()
    if run is None:
        raise NotFound("没有这份清单")
    require(by, "standard.approve", run.county)
    require_state("approve", run.state, "prepared")
    return run


def _journal(action: str, run: StandardRun, by: Staff, changed: int) -> None:
    write(
        action,
        actor=actor_of(by),
        subject=f"standard:{run.pk}",
        chain=run.county,
        detail={"changed": changed, "fen": run.after_fen},
    )
