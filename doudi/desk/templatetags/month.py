"""The month page's numbers: hundreds on a page, so each is a line of text and no template."""

from functools import cache

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from doudi.kernel.money import yuan_text
from doudi.reports.queries import Number

register = template.Library()
NOUGHT = SafeString('<span class="help">0</span>')


@cache
def _list() -> str:
    return reverse("desk:month_list")


@register.simple_tag
def number(told: Number, in_yuan: bool = False) -> SafeString:
    """The count, or its sum in yuan, as the way to the rows that it counts."""
    if not told.count:
        return NOUGHT
    words = yuan_text(told.sum) if in_yuan else told.count
    return format_html('<a href="{}?{}">{}</a>', _list(), told.query, words)
