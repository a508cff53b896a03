"""扫码验真: whether a printed paper is genuine; of the case it tells no more than the paper."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from doudi.filing.letters.genuine import genuine_paper as checked
from doudi.kernel.errors import NotFound
from doudi.regions.queries import HOTLINE
from doudi.ui.access import public


@public
@require_safe
def genuine_paper(request: HttpRequest, case_id: UUID, form: str, mark: str) -> HttpResponse:
    """Form, number, day, office and masked name; one same answer to everything else."""
    try:
        paper = checked(case_id, form, mark)
    except NotFound:
        page = {"paper": None, "hotline": HOTLINE}
        return render(request, "portal/paper.html", page, status=404)
    return render(request, "portal/paper.html", {"paper": paper, "hotline": HOTLINE})
