"""{% listen "apply-2" %}: the button that reads the page aloud."""

from django import template
from django.utils.translation import get_language

from doudi.portal.sounds import MACHINE, address, recording

register = template.Library()


@register.inclusion_tag("portal/know_listen.html")
def listen(key: str, text: str = "") -> dict[str, str | bool]:
    """Hidden until the script knows that the phone can speak or a recording exists."""
    chinese = not (get_language() or "").startswith("en")
    found = recording(key, text) if chinese else None
    return {
        "sound": address(found) if found else "",
        "machine": bool(found and found.by == MACHINE),
    }


@register.filter
def tens(fen: int) -> str:
    """123000 → 1,230: an estimate in whole yuan."""
    return f"{fen // 100:,}"
