"""What somebody typed into the search box: a number, digits, initials, a name or a place."""

import re
import unicodedata
from dataclasses import dataclass

from doudi.kernel.initials import SHORTEST, plain_name

LONGEST_TAIL = 6
NUMBER = re.compile(r"SQ[0-9]{6,30}", re.IGNORECASE)
DIGITS = re.compile(r"[0-9]{3,24}[0-9Xx]")
LETTERS = re.compile(r"[A-Za-z]{2,12}")


@dataclass(frozen=True)
class Asked:
    """`kind`: number, digits, initials, name, or nothing (too short to look for)."""

    kind: str
    text: str


def read_words(words: str) -> Asked:
    """The kind of what was typed; blanks and full-width characters do not matter."""
    text = "".join(unicodedata.normalize("NFKC", words).split())
    if NUMBER.fullmatch(text):
        return Asked("number", text.upper())
    if DIGITS.fullmatch(text):
        return Asked("digits", text.upper())
    if LETTERS.fullmatch(text):
        return Asked("initials", text.casefold())
    name = plain_name(text)
    return Asked("name", name) if name and not name.isascii() else Asked("nothing", "")


def tail(asked: Asked) -> str:
    """The digits that are looked up: the last six at most."""
    return asked.text[-LONGEST_TAIL:]


def is_short(asked: Asked) -> bool:
    """A surname alone: everybody's list would answer."""
    return asked.kind == "name" and len(asked.text) < SHORTEST
