"""提交申请: acknowledges an application; the same draft always gives the same receipt.

Clause: DB57 arts 4, 6; SI649 art 11 (at a window for whoever cannot)
Move:   -> SUBMITTED    Right: phone; application.file    Says: ApplicationSubmitted
"""

import datetime as dt
import hashlib
import json
import secrets
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.permissions import Role
from doudi.accounts.queries import actor_of, require, roles_of
from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.cases.actions.move import begin_spell
from doudi.cases.events import ApplicationSubmitted
from doudi.cases.facts import declared_facts
from doudi.cases.figures import problems
from doudi.cases.flow import Stage
from doudi.cases.models import Application, Applied, Case, Draft, NumberSeries, Step
from doudi.cases.parts import account_key
from doudi.clock.demo_mark import is_demo
from doudi.kernel.errors import Invalid, NotFound
from doudi.outbox.announce import announce
from doudi.people.actions.make_findable import Findable, make_findable
from doudi.policy.pack import load_pack
from doudi.policy.reader import FactError
from doudi.regions import queries as regions
from doudi.vault.index import blind_index

Json = dict[str, Any]


@dataclass(frozen=True)
class Receipt:
    """What the applicant holds: the public number and the secret that opens the progress."""

    case_id: UUID
    number: str
    tracking: str


def submit(draft_id: UUID, *, by: Actor | Staff, at: dt.datetime) -> Receipt:
    """Acknowledges after commit; Invalid names everything that is missing, at once.

    A draft of a window is handed in by the officer who began it, for a village of his own.
    """
    try:
        with transaction.atomic():
            return _submit(draft_id, by, at)
    except IntegrityError:
        receipt = _receipt(draft_id)  # somebody pressed twice at the same moment
        if receipt is None:
            raise
        return receipt


def _submit(draft_id: UUID, by: Actor | Staff, at: dt.datetime) -> Receipt:
    draft = Draft.objects.select_for_update().filter(pk=draft_id).first()
    hand = str(by.pk) if isinstance(by, Staff) else ""
    if draft is None or draft.staff_id != hand:
        raise NotFound("没有这份申请")
    given = _receipt(draft_id)
    if given:
        return given
    declaration = draft.declaration.open()
    village = _village(declaration, at.date(), alone=not hand)
    if isinstance(by, Staff):
        require(by, "application.file", village.code)
    application = _application(draft, declaration, _channel(by), at)
    case = _case(application, declaration, village, at)
    begin_spell(case, case.stage, at)
    make_findable(_findable(declaration))
    draft.submitted_at = at
    draft.save(update_fields=["submitted_at"])
    Step.objects.create(
        case=case,
        at=at,
        by_id=actor_of(by).id,
        by_name=by.name if isinstance(by, Staff) else "申请人",
        move="submit",
        stage=case.stage,
    )
    write("case.submitted", actor=actor_of(by), subject=f"case:{case.pk}", chain=case.county)
    announce(ApplicationSubmitted(case.pk, case.number, case.town))
    return Receipt(case.pk, case.number, application.tracking.open())


def _village(declaration: Json, on: dt.date, *, alone: bool) -> regions.Region:
    """Where the applicant lives; Invalid with all that is missing or that no rule could read."""
    wrong = problems(declaration, on, demo=is_demo(), alone=alone)
    code = str((declaration.get("applicant") or {}).get("region") or "")
    place = regions.get(code) if len(code) == 12 and regions.exists(code) else None
    if place is None or not place.area:
        raise Invalid({"applicant.region": "请选择现在住的村（社区）"} | wrong)
    wrong = wrong or _unreadable(declaration, place.area, on)
    if wrong:
        raise Invalid(wrong)
    return place


def _unreadable(declaration: Json, area: str, on: dt.date) -> dict[str, str]:
    try:
        declared_facts(declaration, "SQ", area, on)
    except FactError as error:
        return {error.path: error.message}
    except (KeyError, TypeError, AttributeError):
        return {"declaration": "申报内容不完整，请从第一步检查"}
    return {}


def _channel(by: Actor | Staff) -> str:
    """By the own phone's code, at the town's window, or by a village assistant."""
    if not isinstance(by, Staff):
        return "code"
    return "assistant" if Role.VILLAGE_ASSISTANT in roles_of(by) else "window"


def _receipt(application_id: UUID) -> Receipt | None:
    case = Case.objects.filter(application_id=application_id).select_related("application").first()
    return Receipt(case.pk, case.number, case.application.tracking.open()) if case else None


def _application(draft: Draft, declaration: Json, channel: str, at: dt.datetime) -> Application:
    text = json.dumps(declaration, ensure_ascii=False, sort_keys=True)
    applicant = declaration["applicant"]
    helper = declaration.get("helper") or {}
    return Application.objects.create(
        id=draft.pk,
        number=_number(applicant["region"], at),
        tracking=secrets.token_urlsafe(12),
        phone=draft.phone.open(),
        applicant_name=applicant["name"],
        applicant_id_index=blind_index("id", applicant["id_number"]),
        account_index=account_key(declaration),
        declaration=declaration,
        declaration_sha256=hashlib.sha256(text.encode()).hexdigest(),
        channel=channel,
        helper=helper.get("name", ""),
        submitted_at=at,
    )


def _case(
    application: Application, declaration: Json, village: regions.Region, at: dt.datetime
) -> Case:
    Applied.objects.bulk_create(
        Applied(application=application, key=m["key"], id_index=blind_index("id", m["id_number"]))
        for m in declaration["members"]
    )
    return Case.objects.create(
        application=application,
        number=application.number,
        applicant_name=application.applicant_name,
        channel=application.channel,
        stage=Stage.SUBMITTED.value,
        process=load_pack(settings.DOUDI_PACK_DIR).process_at(at.date()).key,
        village=village,
        town=village.code[:9],
        county=village.code[:6],
        area=village.area,
        member_count=len(declaration["members"]),
        submitted_at=at,
        last_event_at=at,
    )


def _findable(declaration: Json) -> list[Findable]:
    """Everybody named; the applicant by his phone too."""
    applicant = declaration["applicant"]
    phones = {applicant["id_number"]: applicant["phone"]}
    return [
        Findable(m["name"], m["id_number"], m.get("phone") or phones.get(m["id_number"], ""))
        for m in declaration["members"]
    ]


def _number(village: str, at: dt.datetime) -> str:
    """SQ + county 6 + town 3 + yymmdd + sequence 4 + check digit; gaps only after a crash."""
    series = f"SQ{village[:9]}{at:%y%m%d}"
    row, _ = NumberSeries.objects.select_for_update().get_or_create(series=series)
    row.last += 1
    row.save(update_fields=["last"])
    body = f"{series}{row.last:04d}"
    return body + str(sum(int(c) * (n % 9 + 1) for n, c in enumerate(body[2:])) % 10)
