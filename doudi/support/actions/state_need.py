"""提出需求: what a household lacks, with the consent that lets others see it.

Clause: OP18 (需求与供给对接); PIPL art 13 (consent)
Move:   -> OPEN      Right: the applicant himself; support.arrange      Says: nothing
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.actor import Actor
from doudi.cases.queries import case_by_id
from doudi.kernel.errors import Invalid
from doudi.support.actions.note import note, require_own
from doudi.support.flow import CONSENTS, NEEDS
from doudi.support.models import Need


@dataclass(frozen=True)
class Lack:
    """The kind, in words, who agreed how, and whether name and phone may go to who helps."""

    kind: str
    what: str
    consent: str
    with_name: bool = False


def state_need(
    form_id: UUID, case_id: UUID, lack: Lack, *, by: Staff | Actor, at: dt.datetime
) -> Need:
    """The need of the form; sent twice it is one. Invalid without consent."""
    case = case_by_id(case_id)
    if isinstance(by, Staff):
        require(by, "support.arrange", case.town)
    else:
        require_own(case, by, "support.arrange")
    _check(lack, own=not isinstance(by, Staff))
    try:
        with transaction.atomic():
            kept = Need.objects.filter(pk=form_id, case=case).first()
            return kept or _made(Need(id=form_id, case=case), lack, by, at)
    except IntegrityError:
        raise Invalid({"what": "这个需求刚刚提过了，请刷新页面"}) from None


def _made(need: Need, lack: Lack, by: Staff | Actor, at: dt.datetime) -> Need:
    case = need.case
    need.village, need.town, need.county = case.village_id, case.town, case.county
    need.kind, need.what, need.consent = lack.kind, lack.what.strip(), lack.consent
    need.with_name = lack.with_name
    need.stated_by_id, need.stated_by = actor_of(by).id, actor_of(by).name
    need.stated_at = at
    need.save(force_insert=True)
    note("support.need_stated", need, by)
    return need


def _check(lack: Lack, *, own: bool) -> None:
    wrong = {}
    if lack.kind not in NEEDS:
        wrong["kind"] = "请选需要什么"
    if not 2 <= len(lack.what.strip()) <= 300:
        wrong["what"] = "请写明需要什么，2至300个字"
    if lack.consent not in CONSENTS or (lack.consent == "own") != own:
        wrong["consent"] = "请先问本人是否同意让别人看到这个需求"
    if wrong:
        raise Invalid(wrong)
