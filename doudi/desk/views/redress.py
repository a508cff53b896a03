"""申诉与投诉、变化报告: lists with their last days, one page each, one answer each."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doudi.accounts.queries import actor_of, may, require, scope
from doudi.audit.journal import write
from doudi.benefits.publication import number_of_list
from doudi.cases.file import case_file
from doudi.cases.gates import hears_objections
from doudi.clock.time import now, today
from doudi.desk.forms.redress import AnswerForm, AppealAnswerForm, ChangeAnswerForm, ContactForm
from doudi.kernel.errors import Invalid, Missing, NotAllowed, NotFound
from doudi.redress import queries
from doudi.redress.actions.answer_appeal import answer_appeal
from doudi.redress.actions.answer_change import answer_change
from doudi.redress.actions.answer_complaint import answer_complaint
from doudi.redress.flow import OPEN, OUTCOMES, outcomes_of
from doudi.regions.queries import path_names
from doudi.ui.access import officer


@officer("redress.view")
@require_safe
def redress(request: HttpRequest) -> HttpResponse:
    """The office's own, and what offices below let pass; the most urgent first."""
    staff = request.staff
    appeals = queries.listed(queries.appeals_for(staff), today())
    complaints = queries.listed(queries.complaints_for(staff), today())
    against = queries.listed(queries.change_appeals_for(staff), today())
    page = _places([*appeals, *against, *complaints])
    page |= {"appeals": appeals, "change_appeals": against, "complaints": complaints}
    return render(request, "desk/redress.html", page | _find(staff))


@officer("change.view")
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """What households told of themselves."""
    rows = queries.listed(queries.changes_for(request.staff), today())
    return render(
        request, "desk/changes.html", {"rows": rows} | _places(rows) | _find(request.staff)
    )


def _places(rows: list[Any]) -> dict[str, Any]:
    codes = sorted({row.matter.office for row in rows})
    return {"offices": path_names(codes, "city") if codes else {}}


def _find(staff: Any) -> dict[str, Any]:
    return {"may_search": bool(scope(staff, "case.list"))}


@officer("redress.view")
@require_http_methods(["GET", "POST"])
def appeal(request: HttpRequest, appeal_id: UUID) -> HttpResponse:
    """The appeal beside its case; the answer of somebody who had no hand in it."""
    found, staff = queries.appeal_for(appeal_id, request.staff), request.staff
    form = AppealAnswerForm(request.POST or None)

    def deed(data: dict[str, Any]) -> object:
        upheld = data["upheld"] == "yes"
        return answer_appeal(found.pk, upheld, data["answer"], by=staff, at=now())

    if request.method == "POST" and _done(form, deed):
        return redirect("desk:appeal", found.pk)
    _looked(f"case:{found.case_id}", staff, found.office, "appeal")
    page = _matter(found, staff) | {"form": form, "may_case": may(staff, "case.view", found.office)}
    page["may_answer"] = found.state == OPEN and queries.may_answer_appeal(staff, found)
    return render(request, "desk/appeal.html", page, status=422 if form.errors else 200)


@officer("redress.view")
@require_http_methods(["GET", "POST"])
def complaint(request: HttpRequest, complaint_id: UUID) -> HttpResponse:
    """The complaint without who sent it."""
    found, staff = queries.complaint_for(complaint_id, request.staff), request.staff
    form = AnswerForm(request.POST or None)

    def deed(data: dict[str, Any]) -> object:
        return answer_complaint(found.pk, data["answer"], by=staff, at=now())

    if request.method == "POST" and _done(form, deed):
        return redirect("desk:complaint", found.pk)
    _looked(f"complaint:{found.pk}", staff, found.office, "complaint")
    own = queries.own_office(staff, "redress.answer", found.office)
    page = _matter(found, staff) | {"form": form, "about": found.about.open(), "own": own}
    page |= {"has_contact": bool(found.contact or found.case_id)}
    page["may_answer"] = found.state == OPEN and own
    page["of_list"] = number_of_list(found.list_id) if found.list_id else ""
    return render(request, "desk/complaint.html", page, status=422 if form.errors else 200)


@officer("redress.answer")
@require_POST
def complainer(request: HttpRequest, complaint_id: UUID) -> HttpResponse:
    """How to reach whoever complained, for a purpose, journalled first."""
    found, staff = queries.complaint_for(complaint_id, request.staff), request.staff
    if not queries.own_office(staff, "redress.answer", found.office):
        raise NotAllowed("redress.answer")
    _revealed(request, f"complaint:{found.pk}", found.office, "contact")
    phone = found.case.application.phone.open() if found.case else ""
    value = found.contact.open() or phone
    return _shown(request, _("联系方式"), [value])


@officer("change.view")
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """What was told, the account masked; the answer changes nothing by itself."""
    found, staff = queries.change_for(change_id, request.staff), request.staff
    form = ChangeAnswerForm(request.POST or None)
    form.prepare(outcomes_of(found.kind))

    def deed(data: dict[str, Any]) -> object:
        return answer_change(found.pk, data["outcome"], data["answer"], by=staff, at=now())

    if request.method == "POST" and _done(form, deed):
        return redirect("desk:change", found.pk)
    _looked(f"case:{found.case_id}", staff, found.case.county, "change")
    page = _matter(found, staff) | {"form": form, "has_details": bool(found.details)}
    page["outcome"] = OUTCOMES.get(found.state, "")
    may_answer = may(staff, "change.answer", found.office)
    page["may_answer"] = found.state == OPEN and may_answer
    page["may_reveal"] = may(staff, "person.reveal", found.office)
    return render(request, "desk/change.html", page, status=422 if form.errors else 200)


@officer("person.reveal")
@require_POST
def change_details(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """The typed values of a report in full: an account, an address."""
    found = queries.change_for(change_id, request.staff)
    require(request.staff, "person.reveal", found.office)
    _revealed(request, f"case:{found.case_id}", found.case.county, "account")
    return _shown(request, _("填报的数值"), list((found.details.open() or {}).values()))


@officer("case.answer_objection")
@require_POST
def contact(request: HttpRequest, case_id: UUID, objection_id: UUID) -> HttpResponse:
    """How to reach an objector: only for who answers, never for a relative of the household."""
    file = case_file(case_id, request.staff)
    if not hears_objections(file.case, request.staff):
        raise NotAllowed("case.answer_objection")
    objection = next((o for o in file.objections if o.pk == objection_id), None)
    if objection is None:
        raise NotFound("没有这条异议")
    _revealed(request, f"objection:{objection.pk}", file.case.county, "contact")
    return _shown(request, _("联系方式"), [objection.contact.open()])


# --- parts ---------------------------------------------------------------------------------


def _matter(found: Any, staff: Any) -> dict[str, Any]:
    """What every page of a matter shows."""
    return {
        "matter": found,
        "text": found.text.open(),
        "answer": found.answer.open(),
        "light": queries.light(found, today()),
        "office": path_names([found.office], "city")[found.office],
    } | _find(staff)


def _done(form: Any, deed: Callable[[dict[str, Any]], object]) -> bool:
    """Whether the answer was given; what is missing stands in the form."""
    if not form.is_valid():
        return False
    try:
        deed(form.cleaned_data)
    except Invalid as refusal:
        for field, words in refusal.fields.items():
            form.add_error(field if field in form.fields else None, words)
        return False
    except Missing as refusal:
        form.add_error(None, list(refusal.what))
        return False
    return True


def _looked(subject: str, staff: Any, chain: str, tab: str) -> None:
    kind = "case" if subject.startswith("case:") else "complaint"
    with transaction.atomic():
        actor = actor_of(staff)
        write(f"{kind}.viewed", actor=actor, subject=subject, chain=chain, detail={"tab": tab})


def _revealed(request: HttpRequest, subject: str, chain: str, field: str) -> None:
    """Invalid without a purpose; the journal is written before anything is shown."""
    form = ContactForm(request.POST)
    if not form.is_valid():
        raise Invalid({"purpose": _("请选择用途")})
    with transaction.atomic():
        write(
            "person.revealed",
            actor=actor_of(request.staff),
            subject=subject,
            chain=chain,
            purpose=form.chosen(),
            detail={"field": field},
        )


def _shown(request: HttpRequest, label: str, values: list[str]) -> HttpResponse:
    page = {"label": label, "values": [v for v in values if v]} | _find(request.staff)
    answer = render(request, "desk/contact.html", page)
    answer["Cache-Control"] = "no-store"
    return answer
