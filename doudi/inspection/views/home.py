"""审计: what there is to look at, and one case by its number."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from doudi.cases.queries import case_by_number
from doudi.inspection.forms import FindForm
from doudi.inspection.words import counted, named
from doudi.kernel.errors import NotFound
from doudi.supervision import queries
from doudi.ui.access import officer
from doudi.ui.words import beside


@officer("audit.view")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The questions by rule, and the box for a number."""
    return _page(request, FindForm())


@officer("audit.view")
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """To the replay of the case; a number outside the auditor's counties is not found."""
    form = FindForm(request.POST)
    if form.is_valid():
        try:
            found = case_by_number(form.cleaned_data["number"].replace(" ", ""))
            return redirect("inspection:replay", found.pk)
        except NotFound as refusal:
            beside(form, refusal)
    return _page(request, form)


def _page(request: Any, form: FindForm) -> HttpResponse:
    rules = counted(queries.doubt_counts(request.staff))
    page = {"form": form, "rules": rules, "newest": named(queries.doubts_told(request.staff))}
    return render(request, "inspection/home.html", page, status=422 if form.errors else 200)
