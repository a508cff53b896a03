"""三码: one page after any scan, three things to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from doudi.ui.access import public


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The three codes."""
    return render(request, "portal/home.html")
