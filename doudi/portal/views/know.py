"""知晓: what there is for whom, by what happened in life; answers even without the database."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from doudi.clock.time import today
from doudi.portal.cards import Card, cards
from doudi.ui.access import public


def _cards() -> list[Card]:
    return cards("en" if (get_language() or "").startswith("en") else "zh", today())


@public
@require_safe
def know(request: HttpRequest) -> HttpResponse:
    """All cards."""
    return _kept(render(request, "portal/know.html", {"cards": _cards()}))


@public
@require_safe
def know_card(request: HttpRequest, key: str) -> HttpResponse:
    """One card."""
    card = next((c for c in _cards() if c.key == key), None)
    if card is None:
        raise Http404
    return _kept(render(request, "portal/know_card.html", {"card": card}))


def _kept(response: HttpResponse) -> HttpResponse:
    """A phone may keep it for five minutes: nothing in it is about anybody."""
    response.headers["Cache-Control"] = "private, max-age=300"
    return response
