"""三码: one page after any scan, three things to do."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from doudi.kernel.errors import NotFound
from doudi.portal.drafts import PLACE_COOKIE, preset
from doudi.regions import queries as regions
from doudi.ui.access import public

MONTH = 30 * 24 * 3600


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The three codes; `?v=` of a village's poster is remembered and taken off the address."""
    if "v" in request.GET:
        return _remember(request.GET["v"])
    village, _area = preset(request)
    place = regions.path_name(village) if village else ""
    phone = regions.office_phone(village[:9]) if village else regions.HOTLINE
    return render(request, "portal/home.html", {"place": place, "phone": phone})


def _remember(code: str) -> HttpResponse:
    answer = redirect("portal:home")
    try:
        village = regions.get(code[:12]).code
    except NotFound:
        return answer
    answer.set_cookie(
        PLACE_COOKIE,
        village,
        max_age=MONTH,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return answer
