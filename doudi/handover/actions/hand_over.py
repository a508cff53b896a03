"""交接: everything that somebody has in hand goes to named colleagues, in one act.

Clause: DB57 (the work goes on when one is away); GB/T 22239 8.1.4.2 (rights taken back in time)
Move:   none      Right: work.assign      Says: nothing
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction

from doudi.accounts.figures.in_hand import InHand
from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, chain_of, people
from doudi.audit.journal import write
from doudi.cases.actions.change_clerk import change_clerk
from doudi.cases.actions.pass_draft import pass_draft
from doudi.discrepancies.actions.pass_inquiry import pass_inquiry
from doudi.handover.flow import KINDS
from doudi.handover.models import Handover, Passed
from doudi.handover.queries import leaver, takers
from doudi.kernel.errors import Invalid, Missing
from doudi.kernel.sentences import Sentence
from doudi.urgent.actions.pass_call import pass_call
from doudi.urgent.actions.pass_shift import pass_shift

Plan = Mapping[tuple[str, str], str]  # (kind, ref) -> the id of a colleague


def hand_over(staff_id: UUID, plan: Plan, reason: str, *, by: Staff, at: dt.datetime) -> Handover:
    """Missing names what the plan leaves with nobody, new work of this very minute included."""
    with transaction.atomic():
        person, work = leaver(staff_id, by, at.date())
        _complete(work, plan, reason)
        hands = _fitting(work, plan, person)
        made = Handover.objects.create(
            from_id=str(person.pk),
            from_name=person.name,
            reason=reason,
            at=at,
            by_id=str(by.pk),
            by_name=by.name,
        )
        for piece in work:
            _pass(made, piece, hands[plan[piece.kind, piece.ref]], by=by)
        write(
            "staff.handed_over",
            actor=actor_of(by),
            subject=f"staff:{person.pk}",
            chain=chain_of(by),
            purpose=reason,
            detail=dict(Counter(piece.kind for piece in work)),
        )
    return made


def _complete(work: Sequence[InHand], plan: Plan, reason: str) -> None:
    """Nothing may be left with nobody."""
    shut: list[str] = []
    if not work:
        shut.append("此人手上没有要交接的工作")
    if not reason.strip():
        shut.append("请写明交接原因")
    left = [piece.label for piece in work if not plan.get((piece.kind, piece.ref))]
    if left:
        shut.append(Sentence("还没有人接手：{what}", what=left))
    if shut:
        raise Missing(shut)


def _fitting(work: Sequence[InHand], plan: Plan, person: Staff) -> dict[str, Staff]:
    """The colleagues by id; Invalid for one who may not take what the plan gives him."""
    able = takers(work, person)
    fit = {kind: {str(colleague.pk) for colleague in found} for kind, found in able.items()}
    wrong = {p.kind for p in work if plan[p.kind, p.ref] not in fit[p.kind]}
    if wrong:
        names = [KINDS[kind].words for kind in sorted(wrong)]
        raise Invalid({"to": Sentence("接手的人没有办理权限：{what}", what=names)})
    return {str(colleague.pk): colleague for colleague in people(set(plan.values()))}


def _pass(made: Handover, piece: InHand, to: Staff, *, by: Staff) -> None:
    ref = UUID(piece.ref)
    if piece.kind == "case":
        change_clerk([ref], to, by=by, at=made.at, why="交接")
    elif piece.kind == "draft":
        pass_draft(ref, to, by=by)
    elif piece.kind == "call":
        pass_call(ref, to, by=by, at=made.at)
    elif piece.kind == "shift":
        pass_shift(ref, to, by=by)
    elif piece.kind == "inquiry":
        pass_inquiry(ref, to, by=by, at=made.at)
    told = {"from_id": made.from_id, "to_id": str(to.pk), "to_name": to.name, "at": made.at}
    Passed.objects.create(handover=made, kind=piece.kind, ref=piece.ref, label=piece.label, **told)
