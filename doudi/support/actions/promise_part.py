"""物资、服务: the town promises goods or a service beside the cash.

Clause: LS23 二(三) (现金、实物、服务); OP18
Move:   -> PROMISED      Right: support.arrange      Says: nothing
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import require
from doudi.cases.queries import case_by_id
from doudi.clock.time import CHINA
from doudi.kernel.errors import Invalid, WrongStage
from doudi.support.actions.note import note
from doudi.support.actions.tell import tell_matched
from doudi.support.flow import PARTS
from doudi.support.models import Part


@dataclass(frozen=True)
class Promise:
    """What is to come, from whom, by which day, and its worth in fen for the books."""

    kind: str
    what: str
    supplier: str
    promised_on: dt.date
    value_fen: int = 0


def promise_part(
    form_id: UUID, case_id: UUID, told: Promise, *, by: Staff, at: dt.datetime
) -> Part:
    """The part of the form; sent twice it is one. Only beside a confirmed case."""
    case = case_by_id(case_id)
    require(by, "support.arrange", case.town)
    if case.stage != "confirmed":
        raise WrongStage("promise_part", case.stage, "确认以后才能配物资和服务")
    check(told, at.astimezone(CHINA).date())
    with transaction.atomic():
        part, is_new = Part.objects.get_or_create(
            pk=form_id,
            case=case,
            defaults={
                "village": case.village_id,
                "town": case.town,
                "county": case.county,
                "kind": told.kind,
                "what": told.what.strip(),
                "supplier": told.supplier.strip(),
                "value_fen": told.value_fen,
                "promised_on": told.promised_on,
                "promised_by_id": str(by.pk),
                "promised_by": by.name,
            },
        )
        if is_new:
            note("support.promised", part, by)
            tell_matched(part)
    return part


def check(told: Promise, on: dt.date) -> None:
    """Invalid for what is no promise that can be kept."""
    wrong = {}
    if told.kind not in PARTS:
        wrong["kind"] = "请选物资还是服务"
    if not 2 <= len(told.what.strip()) <= 200:
        wrong["what"] = "请写明给什么、多少，2至200个字"
    if not 2 <= len(told.supplier.strip()) <= 80:
        wrong["supplier"] = "请写由谁送来"
    if told.promised_on < on:
        wrong["promised_on"] = "日期从今天起"
    if told.value_fen < 0:
        wrong["value"] = "价值不能是负数"
    if wrong:
        raise Invalid(wrong)
