"""Keyed indices: find a sealed value by itself without storing it readable."""

import hmac
import unicodedata
from collections.abc import Callable

from doudi.kernel.resident_id import normalise as normalise_id
from doudi.vault.keys import ring


def _plain(text: str) -> str:
    """Full-width characters to ordinary ones, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())


NORMALISERS: dict[str, Callable[[str], str]] = {
    "id": normalise_id,
    "phone": lambda text: _plain(text).removeprefix("+86").replace("-", ""),
    "account": lambda text: _plain(text).replace("-", ""),
    "token": str.strip,
    "paper": str.strip,
}


def blind_index(kind: str, text: str) -> str:
    """32 hexadecimal characters of HMAC-SHA256 over kind and normalised value."""
    value = NORMALISERS[kind](text)
    return hmac.digest(ring().index, f"{kind}:{value}".encode(), "sha256").hex()[:32]


def find_key(kind: str, text: str) -> int:
    """64 bits of the same HMAC for what many share: a name, initials, the last digits.

    Short values could be counted out by whoever holds the key, never by whoever holds the table.
    """
    digest = hmac.digest(ring().index, f"find:{kind}:{text}".encode(), "sha256")
    return int.from_bytes(digest[:8], "big", signed=True)
