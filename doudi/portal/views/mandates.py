"""请人代办: whom I let act for me; and, for him, what he may do for whom."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doudi.attachments.intake import attachments_of
from doudi.cases import queries as cases
from doudi.cases.flow import Stage
from doudi.clock.time import now, today
from doudi.kernel.errors import Conflict, Invalid, NotFound, WrongStage
from doudi.mandates import queries
from doudi.mandates.actions.give_mandate import Given, give_mandate
from doudi.mandates.actions.supplement_for import supplement_for
from doudi.mandates.actions.withdraw_mandate import withdraw_mandate
from doudi.mandates.flow import FOLLOW, MATTERS, PAPERS
from doudi.portal import choices
from doudi.portal.forms.entry import SupplementForm
from doudi.portal.forms.fields import posted
from doudi.portal.forms.mandate import MandateForm
from doudi.portal.progress import progress
from doudi.portal.views.photos import answer, take
from doudi.ui.access import resident
from doudi.ui.words import beside
from doudi.vault.masking import mask_name, mask_phone

Json = dict[str, Any]
MONTH = dt.timedelta(days=30)


# --- the applicant -------------------------------------------------------------------------


@resident
@require_http_methods(["GET", "POST"])
def mandates(request: Any, case_id: UUID) -> HttpResponse:
    """Whom I let act, and the form for one more."""
    case = cases.case_for_resident(case_id, request.resident.phone_index)
    form = MandateForm(posted(request), initial={"until_on": today() + MONTH})
    if request.method == "POST" and form.is_valid() and _given(request, case.pk, form):
        return redirect("portal:mandates", case_id)
    page = {
        "case": case,
        "form": form,
        "living": [_line(m) for m in queries.living_mandates(case.pk, today())],
    }
    return render(request, "portal/mandates.html", page, status=422 if form.errors else 200)


def _given(request: Any, case_id: UUID, form: MandateForm) -> bool:
    try:
        give_mandate(case_id, Given(**form.cleaned_data), by=request.resident.actor(), at=now())
    except (Invalid, Conflict) as refusal:
        beside(form, refusal)
        return False
    return True


def _line(mandate: Any) -> Json:
    return {
        "mandate": mandate,
        "name": mask_name(mandate.name.open()),
        "phone": mask_phone(mandate.phone.open()),
        "matters": [MATTERS[m] for m in mandate.matters],
    }


@resident
@require_http_methods(["GET", "POST"])
def mandate_stop(request: Any, case_id: UUID, mandate_id: UUID) -> HttpResponse:
    """撤回委托: what it means first, then one press."""
    case = cases.case_for_resident(case_id, request.resident.phone_index)
    mandate = next((m for m in queries.mandates_of(case.pk) if m.pk == mandate_id), None)
    if mandate is None:
        raise NotFound
    if request.method == "POST":
        withdraw_mandate(mandate.pk, by=request.resident.actor(), at=now())
        return redirect("portal:mandates", case_id)
    return render(request, "portal/mandate_stop.html", {"case": case, "line": _line(mandate)})


# --- the representative --------------------------------------------------------------------


@resident
@require_safe
def acting(request: Any) -> HttpResponse:
    """Everybody for whom this phone may act."""
    held = queries.mandates_held(request.resident.phone_index, today())
    lines = [_line(m) | {"whose": mask_name(m.case.applicant_name)} for m in held]
    return render(request, "portal/acting.html", {"lines": lines})


@resident
@require_safe
def acting_case(request: Any, mandate_id: UUID) -> HttpResponse:
    """The way of the case, as the printed code shows it; nothing of the family or of money."""
    mandate = _held(request, mandate_id, FOLLOW)
    page = {
        "mandate": mandate,
        "whose": mask_name(mandate.case.applicant_name),
        "progress": progress(mandate.case),
        "wanted": PAPERS in mandate.matters and mandate.case.stage == Stage.AWAITING_PAPERS,
    }
    return render(request, "portal/acting_case.html", page)


@resident
@require_http_methods(["GET", "POST"])
def acting_papers(request: Any, mandate_id: UUID) -> HttpResponse:
    """代为补正: what was asked for, by camera; the applicant hears of it."""
    mandate = _held(request, mandate_id, PAPERS)
    wanted = _wanted(mandate)
    form = SupplementForm(posted(request))
    if request.method == "POST" and form.is_valid():
        index = request.resident.phone_index
        supplement_for(mandate.pk, index, form.cleaned_data["note"], at=now())
        return redirect("portal:acting")
    page = {
        "mandate": mandate,
        "whose": mask_name(mandate.case.applicant_name),
        "wanted": wanted,
        "form": form,
        "slots": _slots(request, mandate),
        "refused": request.session.pop("refused", ""),
    }
    return render(request, "portal/acting_papers.html", page, status=422 if form.errors else 200)


@resident
@require_POST
def acting_photo(request: Any, mandate_id: UUID) -> HttpResponse:
    """Takes in files for papers that were asked for, from the representative's phone."""
    mandate = _held(request, mandate_id, PAPERS)
    _wanted(mandate)
    refused = take(request, f"application:{mandate.case.application_id}")
    return answer(request, refused, "portal:acting_papers", mandate_id)


def _held(request: Any, mandate_id: UUID, matter: str) -> Any:
    return queries.mandate_for(mandate_id, request.resident.phone_index, matter, today())


def _wanted(mandate: Any) -> Any:
    """What was asked for; WrongStage when nothing is."""
    if mandate.case.stage != Stage.AWAITING_PAPERS:
        raise WrongStage("supplement", mandate.case.stage)
    return cases.open_supplement(mandate.case_id)


def _slots(request: Any, mandate: Any) -> list[Json]:
    """Every kind of paper with what this phone handed in; the applicant's own is his matter."""
    ref = f"application:{mandate.case.application_id}"
    mine = [a.kind for a in attachments_of(ref) if a.by_id == request.resident.phone_index]
    return [{"kind": k, "words": w, "count": mine.count(k)} for k, w in choices.PHOTOS.items()]
