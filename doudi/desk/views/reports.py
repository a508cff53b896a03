"""核对报告 F07 as a live page: only under living authorisations, and the household reads of it."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from doudi.accounts.queries import actor_of, may, require
from doudi.audit.journal import write
from doudi.cases.file import CaseFile, case_file
from doudi.clock.time import now, today
from doudi.desk import words
from doudi.desk.tabs import differences, grid
from doudi.desk.views.case import frame
from doudi.kernel.errors import NotAllowed, NotFound
from doudi.kernel.sentences import Sentence
from doudi.ui.access import officer
from doudi.upkeep.queries import light
from doudi.vault.masking import mask_name
from doudi.verification.actions.request import Subject, request
from doudi.verification.catalog.outside import kinds
from doudi.verification.queries import living_consents, outside_of, report_of, request_of


@officer("verification.view")
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The newest report of the household; POST asks every source anew and makes the next one."""
    staff = request.staff
    file = case_file(case_id, staff)
    require(staff, "verification.view", file.case.town)
    if request.method == "POST":
        require(staff, "verification.request", file.case.town)
        _ask_anew(file, staff)
        return redirect("desk:case_report", case_id)
    found = report_of(file.case.application_id)
    if found is None:
        raise NotFound("核对报告还没有出具")
    leaves = require_leave(file)
    looked(file, staff, found)
    content = found.content.open()
    page = frame(file, staff) | {
        "report": found,
        "is_over": found.valid_until < today(),
        "waits": _waits(file, found),
        "purpose": PURPOSES.get(found.request.purpose, found.request.purpose),
        "grid": grid(content),
        "differences": differences(file, content),
        "persons": [_person(leaves[p["key"]]) for p in content["persons"]],
        "silent": _silent(content),
        "letters": [_letter(one) for one in outside_of(file.case.application_id)],
        "may_ask": may(staff, "verification.request", file.case.town),
        "may_print": may(staff, "case.print", file.case.town),
    }
    return render(request, "desk/case_report.html", page)


PURPOSES = {"application": "新申请", "recheck": "复核", "monitoring": "监测"}


def require_leave(file: CaseFile) -> dict[str, Any]:
    """The living authorisation of everybody the report tells of; NotAllowed without one."""
    asked = request_of(file.case.application_id)
    persons = [] if asked is None else list(asked.persons.order_by("member_key"))
    living = living_consents(file.case.application_id, today())
    missing = [mask_name(p.name) for p in persons if p.member_key not in living]
    if missing:
        sentence = Sentence("授权已撤回或过期，不能打开核对报告：{names}", names=missing)
        raise NotAllowed("consent", sentence)
    return living


def _waits(file: CaseFile, found: Any) -> bool:
    """Whether a newer request has not led to a report yet."""
    asked = request_of(file.case.application_id)
    return asked is not None and asked.pk != found.request_id


def looked(file: CaseFile, staff: Any, found: Any) -> None:
    """In the journal of the household, who reads it."""
    with transaction.atomic():
        write(
            "verification.report_viewed",
            actor=actor_of(staff),
            subject=f"case:{file.case.pk}",
            chain=file.case.county,
            detail={"number": found.number},
        )


def _ask_anew(file: CaseFile, staff: Any) -> None:
    """A request about every member, each under own living authorisation; the report follows."""
    subjects = [Subject(m["key"], m["name"], m["id_number"]) for m in file.declaration["members"]]
    purpose = "recheck" if file.case.stage == "confirmed" else "application"
    request(
        file.case.application_id,
        subjects,
        purpose=purpose,
        county=file.case.county,
        by=actor_of(staff),
        at=now(),
    )
    with transaction.atomic():
        write(
            "verification.asked_anew",
            actor=actor_of(staff),
            subject=f"case:{file.case.pk}",
            chain=file.case.county,
        )


def _person(leave: Any) -> dict[str, Any]:
    return {
        "name": mask_name(leave.name),
        "relation": words.RELATIONS.get(leave.relation, leave.relation),
        "number": leave.number,
        "until": leave.valid_until,
    }


def _silent(content: Any) -> int:
    """How many answers did not come, or failed: nobody may read them as 无."""
    lines = [line for person in content["persons"] for line in person["items"]]
    return sum(line["state"] in ("not_returned", "failed") for line in lines)


def _letter(one: Any) -> dict[str, Any]:
    return {
        "outside": one,
        "kind": kinds()[one.kind]["zh"],
        "light": light(one.due_on, today(), is_open=one.state == "open"),
    }
