"""Where people live and where they are registered: county, town, village by tapping."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from doudi.kernel.errors import NotFound
from doudi.kernel.region_code import stem
from doudi.portal.drafts import keep, mine
from doudi.regions import queries as regions
from doudi.ui.access import applying

WHICH = ("live", "hukou")
LEVEL = {"live": "village", "hukou": "town"}


@applying
@require_http_methods(["GET", "POST"])
def place(request: Any, which: str, code: str = "") -> HttpResponse:
    """The places inside `code`, each a button; the last one chosen is kept.

    Hukou is asked down to the town, the home down to the village.
    """
    if which not in WHICH or not (code == "" or code.isascii() and code.isdigit()):
        raise Http404
    if request.method == "POST":
        return _keep(request, which, request.POST.get("code", ""))
    inside = regions.children_of(code) if code else regions.counties()
    last = len(code) == (9 if which == "live" else 6)
    page = {
        "which": which,
        "last": last,
        "above": regions.path_name(code) if code else "",
        "back": {9: code[:6], 6: ""}.get(len(code)),
        "places": [(p, regions.spoken(p), stem(p.code)) for p in inside],
        "here": 2,
        "steps": range(7),
    }
    if not page["places"]:
        raise Http404
    return render(request, "portal/apply_place.html", page)


def _keep(request: Any, which: str, code: str) -> HttpResponse:
    region = regions.get(code)
    if region.level != LEVEL[which]:
        raise NotFound
    draft, declaration = mine(request)
    person = declaration["applicant"]
    if which == "live":
        person |= {"region": region.code, "area": region.area}
    else:
        person["registered_region"] = region.code[:9]
    keep(draft, declaration, 2)
    return redirect("portal:apply_step", 2) if which == "live" else redirect("portal:apply_permit")
