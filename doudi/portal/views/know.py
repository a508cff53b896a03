"""知晓: what there is for whom, by what happened in life; answers even without the database."""

from contextlib import suppress

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from doudi.clock.time import today
from doudi.portal.cards import Card, cards
from doudi.portal.drafts import preset
from doudi.portal.sounds import spoken_card
from doudi.regions import queries as regions
from doudi.ui.access import public


def language_here() -> str:
    """`en` for an English page, else `zh`."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def card_of(key: str) -> Card:
    """The card of the day in the page's language; Http404 when there is none."""
    found = next((card for card in cards(language_here(), today()) if card.key == key), None)
    if found is None:
        raise Http404
    return found


def office_of(request: HttpRequest) -> dict[str, str]:
    """Name and phone of the town whose poster was scanned; the hotline without one."""
    with suppress(DatabaseError):  # the cards are read even when nothing else works
        village, _area = preset(request)
        if village:
            town = village[:9]
            return {"town": regions.path_name(town), "phone": regions.office_phone(town)}
    return {"town": "", "phone": regions.HOTLINE}


@public
@require_safe
def know(request: HttpRequest) -> HttpResponse:
    """All cards."""
    page = {"cards": cards(language_here(), today()), **office_of(request)}
    return kept(render(request, "portal/know.html", page))


@public
@require_safe
def know_card(request: HttpRequest, key: str) -> HttpResponse:
    """One card."""
    card = card_of(key)
    page = {"card": card, "spoken": spoken_card(card), **office_of(request)}
    return kept(render(request, "portal/know_card.html", page))


def kept(response: HttpResponse) -> HttpResponse:
    """A phone may keep it for five minutes: nothing in it is about anybody."""
    response.headers["Cache-Control"] = "private, max-age=300"
    return response
