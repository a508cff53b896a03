"""Filters and tags of every template: money, dates, lights, masks, icons."""

import datetime as dt
from functools import cache, lru_cache
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from doudi.accounts.queries import may
from doudi.cases.flow import STAGE_NAMES, Stage
from doudi.cases.queries import pack
from doudi.clock.time import today
from doudi.kernel.money import capital_yuan, yuan_text
from doudi.policy.wording import PROGRAMMES, uncut
from doudi.ui import words
from doudi.vault import masking

register = template.Library()
SOON = 3


def _english() -> bool:
    return (get_language() or "").startswith("en")


@register.filter
def may_open(staff: Any, case: Any) -> bool:
    """Whether the officer reads the case's file: an address nobody may open is not shown."""
    return may(staff, "case.view", case.town)


@register.filter
def money(fen: int | None) -> str:
    """167000 → 1,670.00; a dash where there is none."""
    return "—" if fen is None or fen == "" else yuan_text(int(fen))


@register.filter
def yuan(fen: int | None) -> str:
    """167000 → 1,670.00 元."""
    return "—" if fen is None or fen == "" else f"{yuan_text(int(fen))} {_('元')}"


@register.simple_tag
def unverified(key: str) -> str:
    """A tag where a value of the pack that holds today, by the beginning of its key, is assumed."""
    rows = [row for row in pack().book.rows() if row.key.startswith(key)]
    held = [row for row in rows if row.since <= today() <= (row.until or today())]
    if all(row.locally_verified for row in held):
        return ""
    return format_html('<span class="tag">{}</span>', _("推定，未经本地核实"))


@register.filter
def capital(fen: int) -> str:
    """167000 → 壹仟陆佰柒拾元整."""
    return capital_yuan(int(fen))


@register.filter
def said(sentence: str) -> str:
    """A lower floor's sentence in the page's language."""
    return words.said(sentence)


@register.filter
def masked(name: str) -> str:
    """任建明 → 任*明."""
    return masking.mask_name(str(name or ""))


@register.filter
def masked_id(number: str) -> str:
    """The first three and last four characters."""
    return masking.mask_id(str(number or ""))


@register.filter
def masked_phone(number: str) -> str:
    """The first three and last four digits."""
    return masking.mask_phone(str(number or ""))


@register.filter
def masked_account(number: str) -> str:
    """The last four digits."""
    return words.said(masking.mask_account(str(number or "")))


@register.filter
def grouped(number: str) -> str:
    """SQ61070201 → SQ61 0702 01: a long number in fours, as it is read aloud."""
    text = str(number or "")
    return " ".join(text[n : n + 4] for n in range(0, len(text), 4))


@register.filter(expects_localtime=True)  # an instant is told by the day it has here
def date_zh(value: dt.date | str | None) -> str:
    """2022年5月31日, or 31 May 2022."""
    day = dt.date.fromisoformat(value[:10]) if isinstance(value, str) and value else value
    if not day:
        return "—"
    return f"{day.day} {day:%B %Y}" if _english() else f"{day.year}年{day.month}月{day.day}日"


@register.filter(expects_localtime=True)
def month_day(value: dt.date | None) -> str:
    """5月31日, or 31 May."""
    if not value:
        return "—"
    return f"{value.day} {value:%b}" if _english() else f"{value.month}月{value.day}日"


@register.filter
def month_zh(value: object) -> str:
    """2022-05 → 2022年5月, or May 2022."""
    return words.dated(str(value)) if value else "—"


@register.filter
def stage(code: str) -> str:
    """The stage in the office's word, in the page's language."""
    if not code:
        return "—"
    name = STAGE_NAMES[Stage(code)]
    return _(words.ENDED.get(name, name)) if _english() else name


@register.filter
def programme(code: str) -> str:
    """The programme's name, in the page's language; a line of money may bear its first letters."""
    names = PROGRAMMES.get(uncut(code))
    return names[1 if _english() else 0] if names else "—"


@register.filter
def extra(kind: str) -> str:
    """What the pack calls an extra beside the monthly amount; nothing for any other kind."""
    words = pack().extras.get(kind)
    return "" if words is None else words.en if _english() else words.zh


@register.filter
def item(values: Any, key: Any) -> Any:
    """values[key], or nothing."""
    try:
        return values[key]
    except (KeyError, IndexError, TypeError):
        return ""


@register.simple_tag
def light(days: int | None, paused: bool = False) -> SafeString:
    """● 正常 余9日 / ▲ 临期 余2日 / ■ 超期 1日, by working days left; – when no clock runs."""
    if days is None or paused:
        state = "paused" if paused else "none"
    elif days < 0:
        state = "late"
    else:
        state = "soon" if days <= SOON else "good"
    return _light(state, None if days is None else abs(days), get_language() or "")


@lru_cache(maxsize=500)
def _light(state: str, days: int | None, language: str) -> SafeString:
    """Fifty on a page, of which few differ; `language` is what tells them apart."""
    told = {"state": state, "days": days}
    return SafeString(get_template("ui/components/light.html").render(told))


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """One of our own line drawings, inline so that it takes the colour of its text."""
    return SafeString(get_template(f"ui/icons/{name}.svg").render())
