"""变化报告: the household tells; a person answers; nothing changes by itself."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from doudi.cases.queries import case_for_resident
from doudi.clock.time import now, today
from doudi.portal.forms.changes import FIELDS, ChangeForm
from doudi.portal.forms.fields import posted
from doudi.redress.actions.report_change import Change, report_change
from doudi.redress.flow import CHANGES, OUTCOMES
from doudi.redress.queries import answer_by, changes_of
from doudi.regions.queries import path_name
from doudi.ui.access import resident


@resident
@require_safe
def reports(request: Any, case_id: UUID) -> HttpResponse:
    """What was told before with its answers, and a button for each kind of change."""
    case = case_for_resident(case_id, request.resident.phone_index)
    told = [
        {
            "report": r,
            "text": r.text.open(),
            "answer": r.answer.open(),
            "outcome": OUTCOMES.get(r.state, ""),
        }
        for r in changes_of(case.pk)
    ]
    page = {
        "case": case,
        "told": told,
        "kinds": list(CHANGES.items()),
        "town": path_name(case.town),
    }
    return render(request, "portal/changes.html", page)


@resident
@require_http_methods(["GET", "POST"])
def report(request: Any, case_id: UUID, which: str) -> HttpResponse:
    """The form of one kind of change."""
    case = case_for_resident(case_id, request.resident.phone_index)
    if which not in FIELDS:
        raise Http404
    members = case.application.declaration.open()["members"]
    form = ChangeForm(posted(request))
    form.prepare(which, [(m["key"], m["name"]) for m in members])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        told = Change(which, data["text"], data["happened_on"], form.details())
        report_change(case.pk, told, by=request.resident.actor(), at=now())
        return redirect("portal:changes", case_id)
    page = {
        "case": case,
        "form": form,
        "words": _(CHANGES[which]),
        "is_account": which == "account",
        "town": path_name(case.town),
        "answer_by": answer_by("change_answer", today()),
    }
    return render(request, "portal/change.html", page, status=422 if form.errors else 200)
