"""打印任务: sheets of cases in one file, a bounded number, for a purpose that is written down.

Clause: PIPL 6, 51
Move:   -> WAITING      Right: case.print, and person.reveal in full      Says: nothing
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.cases.queries import visible
from doudi.filing.flow import FORMS, MOST_SHEETS, MOST_WAITING, Stage
from doudi.filing.models import Batch
from doudi.filing.queries import waiting_of
from doudi.kernel.errors import Conflict, Invalid, NotFound
from doudi.kernel.sentences import Sentence

Sheet = tuple[UUID, str]  # case and form


@dataclass(frozen=True)
class Order:
    """What is to be printed, for what, in which language; `whole` prints numbers in full."""

    sheets: tuple[Sheet, ...]
    purpose: str
    kind: str = FORMS
    whole: bool = False
    language: str = "zh"


def ask_batch(form_id: UUID, order: Order, *, by: Staff, at: dt.datetime) -> Batch:
    """The job of the form; the same form again gives the same one.

    NotFound for a case outside the officer's towns, Invalid for nothing or too much, Conflict
    while too many of his jobs are not finished.
    """
    cases = cases_to_print([case_id for case_id, _form in order.sheets], order.whole, by)
    with transaction.atomic():
        kept = Batch.objects.filter(pk=form_id, staff_id=str(by.pk)).first()
        if kept:
            return kept
        _check(order, by)
        batch = Batch.objects.create(
            id=form_id,
            kind=order.kind,
            staff_id=str(by.pk),
            staff_name=by.name,
            purpose=order.purpose,
            whole=order.whole,
            language=order.language,
            sheets=[[str(case_id), form] for case_id, form in order.sheets],
            stage=Stage.WAITING,
            asked_at=at,
        )
        write(
            "prints.asked",
            actor=actor_of(by),
            subject=f"batch:{batch.pk}",
            chain=cases[0].county,
            purpose=order.purpose,
            detail={"kind": order.kind, "cases": len(cases), "sheets": batch.total},
        )
    return batch


def cases_to_print(case_ids: Iterable[UUID], whole: bool, by: Staff) -> list[Any]:
    """The cases of a job; every one where the officer may print, and reveal if asked for."""
    wanted = set(case_ids)
    found = list(visible(by).filter(pk__in=wanted).order_by("number")[: MOST_SHEETS + 1])
    if len(found) < len(wanted):
        raise NotFound("没有这个办件")
    for town in sorted({case.town for case in found}):
        require(by, "case.print", town)
        if whole:
            require(by, "person.reveal", town)
    return found


def _check(order: Order, by: Staff) -> None:
    if not order.sheets:
        raise Invalid({"cases": "请选要打印的办件"})
    if len(order.sheets) > MOST_SHEETS:
        raise Invalid({"cases": Sentence("一次最多打印{n}份", n=MOST_SHEETS)})
    if not order.purpose:
        raise Invalid({"purpose": "请选用途"})
    if waiting_of(str(by.pk)) >= MOST_WAITING:
        raise Conflict("还有打印任务没有完成，请等一等再打")
