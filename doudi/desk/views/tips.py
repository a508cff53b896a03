"""实名举报: to the office that answers; who told it is shown only for a purpose."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doudi.accounts.queries import actor_of, scope
from doudi.audit.journal import write
from doudi.clock.time import now, today
from doudi.desk.forms.oversight import TipAnswerForm
from doudi.desk.forms.redress import ContactForm
from doudi.kernel.errors import DoudiError, Invalid, NotAllowed, NotFound
from doudi.regions.queries import path_names
from doudi.supervision import worklist
from doudi.supervision.actions.answer_tip import answer_tip
from doudi.supervision.actions.check_tip import check_tip
from doudi.supervision.flow import OPEN
from doudi.supervision.queries import light
from doudi.ui.access import officer
from doudi.ui.words import beside


@officer("tip.view")
@require_safe
def tips(request: HttpRequest) -> HttpResponse:
    """The office's own; the most urgent first."""
    staff, on = request.staff, today()
    found = worklist.tips_for(staff, on)
    offices = path_names(sorted({t.office for t in found}), "city") if found else {}
    rows = [(tip, light(tip.due_on, on), offices[tip.office]) for tip in found]
    return render(request, "desk/tips.html", {"rows": rows} | _find(staff))


@officer("tip.view")
@require_http_methods(["GET", "POST"])
def tip(request: HttpRequest, tip_id: UUID) -> HttpResponse:
    """What was told, without who told it; looking is journalled."""
    staff = request.staff
    found = worklist.tip_for(tip_id, staff, today())
    form = TipAnswerForm(request.POST or None)
    if request.method == "POST":
        if not worklist.answers_tip(staff, found):
            raise NotAllowed("tip.answer")
        if form.is_valid() and _answered(found, form, staff):
            return redirect("desk:tip", found.pk)
    _write("tip.viewed", staff, found)
    own = worklist.answers_tip(staff, found)
    page = {
        "tip": found,
        "text": found.text.open(),
        "about": found.about.open(),
        "answer": found.answer.open(),
        "light": light(found.due_on, today()),
        "form": form,
        "own": own,
        "may_answer": own and found.state == OPEN,
        "may_check": own and found.case and bool(scope(staff, "supervision.check")),
    } | _find(staff)
    return render(request, "desk/tip.html", page, status=422 if form.errors else 200)


def _answered(found: Any, form: Any, staff: Any) -> bool:
    try:
        answer_tip(found.pk, form.cleaned_data["answer"], by=staff, at=now())
    except (NotAllowed, NotFound):
        raise
    except DoudiError as refusal:
        beside(form, refusal)
        return False
    return True


@officer("tip.answer")
@require_POST
def teller(request: HttpRequest, tip_id: UUID) -> HttpResponse:
    """Name and phone, for a purpose, journalled first."""
    staff = request.staff
    found = worklist.tip_for(tip_id, staff, today())
    if not worklist.answers_tip(staff, found):
        raise NotAllowed("tip.answer")
    form = ContactForm(request.POST)
    if not form.is_valid():
        raise Invalid({"purpose": "请选择用途"})
    _write("tip.teller_revealed", staff, found, form.chosen())
    page = {"tip": found, "name": found.name.open(), "phone": found.phone.open()} | _find(staff)
    return render(request, "desk/tip_who.html", page)


@officer("tip.answer")
@require_POST
def check(request: HttpRequest, tip_id: UUID) -> HttpResponse:
    """The case it names is checked; the check does not say that somebody told."""
    found = worklist.tip_for(tip_id, request.staff, today())
    if not worklist.answers_tip(request.staff, found):
        raise NotAllowed("tip.answer")
    made = check_tip(found.pk, by=request.staff, at=now())
    return redirect("desk:check", made.pk)


def _find(staff: Any) -> dict[str, Any]:
    return {"may_search": bool(scope(staff, "case.list"))}


def _write(action: str, staff: Any, found: Any, purpose: str = "") -> None:
    with transaction.atomic():
        actor, subject = actor_of(staff), f"tip:{found.pk}"
        write(action, actor=actor, subject=subject, chain=found.office, purpose=purpose)
