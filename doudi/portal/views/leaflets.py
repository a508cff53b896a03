"""明白纸和海报: the cards on paper and the three codes on a poster, with the figures of the day."""

import datetime as dt
import json
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from doudi.clock.demo_mark import is_demo
from doudi.clock.time import today
from doudi.kernel.errors import NotFound
from doudi.paper.typst import render
from doudi.portal.cards import Card, cards
from doudi.portal.views.know import card_of, kept, language_here, office_of
from doudi.regions import queries as regions
from doudi.ui.access import public

Json = dict[str, Any]
ALL = "all"


@public
@require_safe
def leaflet(request: HttpRequest, key: str) -> HttpResponse:
    """One card on A5, or all of them on A4 under the key `all`; `?town=` for another town."""
    sheet = _overview() if key == ALL else _of_card(card_of(key))
    address = reverse("portal:know") if key == ALL else reverse("portal:know_card", args=[key])
    data = {**sheet, **_office(request), "qr_text": settings.DOUDI_BASE_URL + address}
    return _pdf("leaflet", data, f"leaflet-{key}")


@public
@require_safe
def poster(request: HttpRequest) -> HttpResponse:
    """The three codes on A3; `?town=` names the town with its phone."""
    names = ("portal:know", "portal:apply_start", "portal:track")
    codes = [settings.DOUDI_BASE_URL + reverse(name) for name in names]
    return _pdf("poster", {**_office(request), "qr_texts": codes}, "poster")


def _office(request: HttpRequest) -> Json:
    """Name and phone of the town asked for, else of the one whose poster was scanned."""
    asked = request.GET.get("town", "")
    found = _town(asked) if asked else office_of(request)
    return {
        "office": found["town"] or _("汉中市民政局"),
        "phone": found["phone"],
        "hotline": regions.HOTLINE,
        "as_of_on": today(),
        "language": language_here(),
        "demo": bool(is_demo()),
    }


def _town(code: str) -> Json:
    """NotFound for what is no town."""
    if not (code.isascii() and code.isdigit() and len(code) in (9, 12)):
        raise NotFound(_("没有这个镇（街道）"))
    return {"town": regions.path_name(code[:9]), "phone": regions.office_phone(code[:9])}


def _of_card(card: Card) -> Json:
    lines = [*card.who, *card.much]
    sources = [source for line in lines for source in line.sources]
    return {
        "title": card.title,
        "lead": card.lead,
        "who": [line.text for line in card.who],
        "much": [line.text for line in card.much],
        "papers": card.papers,
        "days": card.days,
        "notice_days": card.notice_days,
        "sources": list(dict.fromkeys([*sources, *card.days_sources])),
        "unverified": card.unverified,
    }


def _overview() -> Json:
    every: list[Card] = cards(language_here(), today())
    return {
        "title": _("家里有困难，可以找我们"),
        "lead": _("不知道算哪一种也没关系：申请只填一张表。"),
        "cards": [
            {
                "title": card.title,
                "lead": card.lead,
                "who": card.who[0].text,
                "much": card.much[0].text,
            }
            for card in every
        ],
        "days": every[0].days,
        "notice_days": every[0].notice_days,
        "sources": [],
        "unverified": any(card.unverified for card in every),
    }


def _pdf(form: str, data: Json, name: str) -> HttpResponse:
    day: dt.date = data["as_of_on"]
    content = _printed(form, json.dumps({**data, "as_of_on": day.isoformat()}))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return kept(response)


@lru_cache(maxsize=32)
def _printed(form: str, data: str) -> bytes:
    """The same paper is set once: anybody may ask for it."""
    return render(form, json.loads(data), pack=settings.DOUDI_PACK_DIR)
