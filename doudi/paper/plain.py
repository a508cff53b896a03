"""Any value as plain text a sheet can carry: no control characters, no endless words."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from doudi.kernel.money import capital_yuan, yuan_text
from doudi.vault.masking import mask_name

MASKED = "masked_name"
GETA = "〓"  # the printers' own sign for a character that cannot be set
WIDE_FROM = "\u2e80"
LONG_WORD = re.compile(rf"[^\s{WIDE_FROM}-\U0003ffff]{{20,}}")
KEEP_WHOLE = re.compile(r"[0-9A-Z*-]{1,26}|(?:[0-9a-f]{64}){1,2}")


def printable(value: Any) -> Any:
    """`value` ready for JSON; `name_fen` (whole fen) gains `name_yuan` and `name_capital`.

    A `masked_name` is masked here, whatever the caller sent.
    """
    if isinstance(value, Mapping):
        return _group(value)
    if isinstance(value, list | tuple):
        return [printable(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, bool | int | None) else plain(str(value))


def plain(text: str) -> str:
    """`visible` text in which a word too long for a cell may be broken anywhere."""
    return LONG_WORD.sub(_breakable, visible(text))


def visible(text: str) -> str:
    """One line of visible characters; direction marks go, what has no character becomes 〓."""
    return " ".join("".join(map(_shown, text)).split())


def _group(values: Mapping[str, Any]) -> dict[str, Any]:
    group: dict[str, Any] = {}
    for name, value in values.items():
        group[name] = plain(mask_name(visible(str(value)))) if name == MASKED else printable(value)
        if name.endswith("_fen") and isinstance(value, int):
            group[name.removesuffix("_fen") + "_yuan"] = yuan_text(value)
            group[name.removesuffix("_fen") + "_capital"] = (
                capital_yuan(value) if value >= 0 else ""
            )
    return group


def _shown(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Cc":
        return " "
    if kind == "Cf":
        return ""
    return GETA if kind in {"Cs", "Co", "Cn"} else character


def _breakable(match: re.Match[str]) -> str:
    word = match[0]
    return word if KEEP_WHOLE.fullmatch(word) else "\u200b".join(word)
