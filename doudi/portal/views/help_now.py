"""急事求助: one short page at any hour, and a receipt that says who comes by when."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from doudi.audit.actor import Actor
from doudi.clock.time import now
from doudi.kernel.errors import Invalid, NotFound, TooMany
from doudi.notices.throttle import count
from doudi.portal.drafts import preset
from doudi.portal.forms.fields import posted
from doudi.portal.forms.help_now import HelpForm
from doudi.portal.qr import qr_code
from doudi.portal.views.entry import address_of
from doudi.regions import queries as regions
from doudi.ui.access import public
from doudi.ui.refusals import words
from doudi.ui.words import beside, said
from doudi.urgent import queries as urgent
from doudi.urgent.actions.raise_help import raise_help
from doudi.urgent.flow import Stage
from doudi.vault.index import blind_index

TOWN = 9
SOMEBODY = Actor("citizen", "", "")


@public
@require_http_methods(["GET", "POST"])
def help_now(request: HttpRequest, code: str = "") -> HttpResponse:
    """The form; `code` of a town or village stands on the posters of hospitals and stations."""
    town = _town(code or preset(request)[0])
    form = HelpForm(posted(request), towns=_towns(), town=town)
    if request.method == "POST" and form.is_valid():
        try:
            call = _raise(request, form)
        except Invalid as refusal:
            beside(form, refusal)
        except TooMany:
            form.add_error(None, words(429)[1])
        else:
            return redirect("portal:help_sent", call.ticket.open())
    phone = regions.office_phone(town) if town else regions.HOTLINE
    page = {"form": form, "phone": phone, "place": regions.path_name(town) if town else ""}
    return render(request, "portal/help_now.html", page, status=422 if form.errors else 200)


def _raise(request: HttpRequest, form: HelpForm) -> Any:
    told = form.told()
    count("help.address", address_of(request))
    count("help.phone", told.phone)
    who = Actor(SOMEBODY.kind, blind_index("phone", told.phone), "")
    return raise_help(form.cleaned_data["token"], told, by=who, at=now())


@public
@require_safe
def help_sent(request: HttpRequest, receipt: str) -> HttpResponse:
    """Receipt and progress in one: the number, who acts, by when; nothing personal."""
    count("track.address", address_of(request))
    call = urgent.call_by_ticket(receipt)
    phone = urgent.town_phone(call.town)
    ring = urgent.newest_ringing(call) if call.stage == Stage.RAISED else None
    page = {
        "call": call,
        "advance": urgent.living_advance(call),
        "ring": ring,
        "story": [line | {"what": said(line["what"])} for line in urgent.story(call)],
        "phone": phone,
        "town": regions.path_name(call.town),
        "ticket": receipt,
        "qr": qr_code(request.build_absolute_uri(reverse("portal:help_sent", args=[receipt]))),
        "open": call.stage != Stage.CLOSED,
    }
    return render(request, "portal/help_now_sent.html", page)


def _town(code: str) -> str:
    """Nine digits of a town that exists, or nothing."""
    if not (code.isascii() and code.isdigit() and len(code) >= TOWN):
        return ""
    try:
        return regions.get(code[:TOWN]).code[:TOWN]
    except NotFound:
        return ""


def _towns() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every town under its county, for one list that works without scripts; two queries."""
    by_county: dict[str, list[tuple[str, str]]] = {}
    for town in regions.towns():
        by_county.setdefault(town.code[:6], []).append((town.code[:TOWN], town.name))
    return [(county.name, by_county.get(county.code[:6], [])) for county in regions.counties()]
