"""Plays cases through the real actions, day by day, as the offices would have done."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from doudi.accounts.models import Staff
from doudi.audit.actor import Actor
from doudi.cases.actions.accept import accept
from doudi.cases.actions.ask_for_more import ask_for_more
from doudi.cases.actions.assess import assess
from doudi.cases.actions.confirm import confirm
from doudi.cases.actions.decline import decline
from doudi.cases.actions.publish_notice import publish_notice
from doudi.cases.actions.record_panel import Meeting, record_panel
from doudi.cases.actions.record_visit import Seen, record_visit
from doudi.cases.actions.refuse import refuse
from doudi.cases.actions.review import review
from doudi.cases.actions.save_draft import save_draft
from doudi.cases.actions.start_draft import start_draft
from doudi.cases.actions.submit import submit
from doudi.cases.actions.withdraw import withdraw
from doudi.cases.figures import signers
from doudi.clock.moves import move_to
from doudi.clock.time import now
from doudi.demo.declare import Json
from doudi.outbox.deliver import deliver_all
from doudi.verification.actions.sign_consent import Signature, sign_consent

CITIZEN = Actor("citizen", "demo", "")
# How far a demo case goes, in the order of the process.
STAGES = (
    "submitted",
    "awaiting_papers",
    "not_accepted",
    "accepted",
    "visited",
    "assessed",
    "reviewed",
    "noticed",
    "refused",
    "withdrawn",
    "confirmed",
)


@dataclass(frozen=True)
class Office:
    """Three people of a town."""

    clerk: Staff
    reviewer: Staff
    head: Staff


def apply(declaration: Json, *, sign: bool = True) -> UUID:
    """Draft, signatures, submission; returns the case."""
    draft = start_draft(declaration["applicant"]["phone"], at=now())
    save_draft(draft, declaration, 7, at=now())
    if sign:
        _sign(draft.pk, declaration)
    receipt = submit(draft.pk, by=CITIZEN, at=now())
    deliver_all()
    return receipt.case_id


def _sign(ref: UUID, declaration: Json) -> None:
    applicant = declaration["members"][0]["name"]
    alone = signers(declaration, now().date())
    for member in declaration["members"]:
        own = alone[member["key"]]
        sign_consent(
            ref,
            Signature(
                member["key"],
                member["name"],
                member["id_number"],
                member["relation"],
                member["name"] if own else applicant,
                "code" if own else "guardian",
                guardian_of="" if own else member["name"],
            ),
            by=CITIZEN,
            at=now(),
        )


def advance(case_id: UUID, office: Office, goal: str, day: dt.datetime) -> None:
    """Takes a case as far as `goal`, one step a day from `day` on; the clock must be there."""
    for step in STEPS[goal]:
        ACTS[step](case_id, office)
        deliver_all()


def _accept(case_id: UUID, office: Office) -> None:
    accept(case_id, version=None, by=office.clerk, at=now())


def _visit(case_id: UUID, office: Office) -> None:
    seen = Seen(now().date(), (str(office.clerk.pk), str(office.reviewer.pk)), "申请人本人", "true")
    record_visit(case_id, seen, version=None, by=office.clerk, at=now())


def _assess(case_id: UUID, office: Office) -> None:
    assess(case_id, version=None, by=office.clerk, at=now())


def _panel(case_id: UUID, office: Office) -> None:
    names = [office.clerk.name, office.reviewer.name, office.head.name]
    meeting = Meeting(now().date(), names, "情况属实，同意提交审核。")
    record_panel(case_id, meeting, version=None, by=office.clerk, at=now())


def _review(case_id: UUID, office: Office) -> None:
    review(case_id, "情况属实，符合条件，拟同意。", version=None, by=office.reviewer, at=now())


def _notice(case_id: UUID, office: Office) -> None:
    publish_notice(case_id, version=None, by=office.clerk, at=now())


def _confirm(case_id: UUID, office: Office) -> None:
    confirm(case_id, version=None, by=office.head, at=now())


def _refuse(case_id: UUID, office: Office) -> None:
    reason = "经核对和入户调查，家庭人均收入高于当地低保标准，不符合条件。"
    refuse(case_id, reason, version=None, by=office.head, at=now())


def _ask(case_id: UUID, office: Office) -> None:
    items = [{"what": "残疾人证照片", "why": "照片不清楚"}]
    ask_for_more(case_id, items, version=None, by=office.clerk, at=now())


def _decline(case_id: UUID, office: Office) -> None:
    reason = "申请人已在外市享受低保，请先在原地办理退出后再申请。"
    decline(case_id, reason, version=None, by=office.head, at=now())


def _withdraw(case_id: UUID, office: Office) -> None:
    withdraw(case_id, "家中情况好转", by=CITIZEN, at=now())


ACTS: dict[str, Any] = {
    "accept": _accept,
    "visit": _visit,
    "assess": _assess,
    "panel": _panel,
    "review": _review,
    "notice": _notice,
    "confirm": _confirm,
    "refuse": _refuse,
    "ask": _ask,
    "decline": _decline,
    "withdraw": _withdraw,
}
THROUGH = ("accept", "visit", "assess", "panel", "review", "notice")
STEPS: dict[str, tuple[str, ...]] = {
    "submitted": (),
    "awaiting_papers": ("ask",),
    "not_accepted": ("decline",),
    "withdrawn": ("accept", "withdraw"),
    "accepted": THROUGH[:1],
    "visited": THROUGH[:2],
    "assessed": THROUGH[:4],
    "refused": (*THROUGH[:4], "refuse"),
    "reviewed": THROUGH[:5],
    "noticed": THROUGH,
    "confirmed": (*THROUGH, "confirm"),
}


def go_to(instant: dt.datetime) -> None:
    """Moves the demonstration's clock and delivers what was waiting."""
    if instant > now():
        move_to(instant)
    deliver_all()
