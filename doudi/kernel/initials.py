"""Pinyin initials of a name, in all its readings: 单秀英 is found by sxy and by dxy."""

import unicodedata
from functools import cache
from itertools import product

from pypinyin import Style, pinyin

MOST = 24  # readings kept of one name; two heteronyms give four
SHORTEST = 2


def plain_name(name: str) -> str:
    """Full-width letters to ordinary ones, no blanks, no dots between the parts of a name."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(c for c in folded if c.isalnum())


def initials(name: str) -> list[str]:
    """Every reading as letters, in order; ü is v, and letters stay what they are."""
    letters = [_letters(char) for char in plain_name(name)]
    readings = ("".join(chosen) for chosen in product(*letters))
    return sorted({reading for reading, _n in zip(readings, range(MOST), strict=False)})


@cache
def _letters(char: str) -> tuple[str, ...]:
    """The first letters of one character's readings; a rare one without a reading has itself."""
    read = pinyin(char, style=Style.NORMAL, heteronym=True, v_to_u=False)[0]
    return tuple(sorted({word[0] for word in read if word} or {char}))


def beginnings(word: str) -> list[str]:
    """What somebody may type of it: two characters and more."""
    return [word[:n] for n in range(SHORTEST, len(word) + 1)]
