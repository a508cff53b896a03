"""对待遇变动的申诉: taken down at the window, answered by who had no hand in it, and its letter."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from doudi.accounts.queries import actor_of, may, require, scope
from doudi.audit.journal import write
from doudi.benefits.queries import award as award_by_id
from doudi.clock.time import now, today
from doudi.desk.forms.redress import ChangeAppealAnswerForm, WindowAppealForm
from doudi.filing.letters.appeals import appeal_letter
from doudi.kernel.errors import Conflict, Invalid, Missing, NotFound, WrongStage
from doudi.paper.forms import find_form
from doudi.paper.typst import render as print_paper
from doudi.redress.actions.answer_change_appeal import answer_change_appeal
from doudi.redress.flow import CHANGE_NAMES, OPEN
from doudi.redress.queries import (
    answer_by,
    change_appeal_for,
    light,
    limit_to_appeal,
    may_answer_change_appeal,
)
from doudi.regions.queries import path_names
from doudi.ui.access import officer
from doudi.ui.words import beside
from doudi.upkeep import queries
from doudi.upkeep.actions.appeal_change import appeal_change
from doudi.vault.masking import mask_name


@officer("award.propose")
@require_http_methods(["GET", "POST"])
def award_appeal(request: HttpRequest, award_id: UUID, matter_id: UUID) -> HttpResponse:
    """What somebody says at the window against a change or a recovery, in his own words."""
    staff = request.staff
    award = queries.award_for(award_id, staff)
    require(staff, "award.propose", award.town)
    matter = _matter(award, matter_id)
    form = WindowAppealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        hold = told["asks_hold"]
        try:
            appeal_change(matter.pk, told["text"], asks_hold=hold, by=staff, at=now())
            return redirect("desk:award", award.pk)
        except (Invalid, Conflict, WrongStage) as refusal:
            beside(form, refusal)
    at = queries.told_at(matter)
    page = {
        "award": award,
        "name": mask_name(award.payee_name),
        "matter": matter,
        "what": "追回" if queries.is_recovery(matter) else matter.what_name,
        "is_recovery": queries.is_recovery(matter),
        "limit": limit_to_appeal(queries.day_of(at)) if at else None,
        "answer_by": answer_by("appeal_answer", today()),
        "form": form,
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/award_appeal.html", page, status=422 if form.errors else 200)


def _matter(award: Any, matter_id: UUID) -> Any:
    """NotFound alike for another award's and for what cannot be appealed."""
    matter = queries.appealed_matter(matter_id)
    if matter.award_id != award.pk or not queries.may_be_appealed(matter):
        raise NotFound("没有这次变动")
    return matter


@officer("redress.view")
@require_http_methods(["GET", "POST"])
def change_appeal(request: HttpRequest, change_appeal_id: UUID) -> HttpResponse:
    """The appeal beside what it is against; the answer, and what follows from it."""
    staff = request.staff
    found = change_appeal_for(change_appeal_id, staff)
    form = ChangeAppealAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _answered(found, form, staff):
        return redirect("desk:change_appeal", found.pk)
    with transaction.atomic():
        about = f"award:{found.award_id}"
        write("award.viewed", actor=actor_of(staff), subject=about, chain=found.office)
    page = {
        "matter": found,
        "text": found.text.open(),
        "answer": found.answer.open(),
        "light": light(found, today()),
        "office": path_names([found.office], "city")[found.office],
        "what": CHANGE_NAMES[found.kind],
        "why": queries.why_of(found.matter_id),
        "follows": queries.proposals_after_appeal(found.pk),
        "form": form,
        "may_answer": found.state == OPEN and may_answer_change_appeal(staff, found),
        "may_award": may(staff, "award.view", award_by_id(found.award_id).town),
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/change_appeal.html", page, status=422 if form.errors else 200)


def _answered(found: Any, form: Any, staff: Any) -> bool:
    told = form.cleaned_data
    try:
        upheld = told["upheld"] == "yes"
        answer_change_appeal(found.pk, upheld, told["answer"], by=staff, at=now())
    except Missing as refusal:
        form.add_error(None, list(refusal.what))
        return False
    except WrongStage as refusal:
        beside(form, refusal)
        return False
    return True


@officer("redress.view")
@require_safe
def change_appeal_print(request: HttpRequest, change_appeal_id: UUID) -> HttpResponse:
    """F28: the answer with its reasons and the way to the court; `?lang=en` in English."""
    found = change_appeal_for(change_appeal_id, request.staff)
    data = appeal_letter(found, request.GET.get("lang", "zh"))
    with transaction.atomic():
        write(
            "award.appeal_printed",
            actor=actor_of(request.staff),
            subject=f"award:{found.award_id}",
            chain=found.office,
        )
    content = print_paper(find_form("F28").template, data, pack=settings.DOUDI_PACK_DIR)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="F28-{found.award_number}.pdf"'
    return response
