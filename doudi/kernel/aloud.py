"""A Chinese text as it is said: numbers in words, each character as its syllable in pinyin."""

import re
from collections.abc import Mapping
from typing import Any

from pypinyin import Style, lazy_pinyin

DIGITS = "零一二三四五六七八九"
PLACES = ("", "十", "百", "千")
GROUPS = ("", "万", "亿")
GROUP = 4
PERCENT = re.compile(r"(\d+(?:\.\d+)?)%")
NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
LONE_TWO = re.compile(r"(?<![\d.,])2(?=[个位户人套次条份天年名口张间])")
# A reader takes breath where these stand; what stands in brackets is said like the rest.
PAUSES = str.maketrans("，、；：。！？（）《》“”", ",,;:.!?,     ")
# 不 and 一: before a falling tone, before another, at the end.
BY_COMPANY = {"不": ("bu2", "bu4", "bu4"), "一": ("yi2", "yi4", "yi1")}
ONE, POINT, UNITS = "一", "点", "级月号"
COUNTED_ONE = f"(?<=[十{POINT}]){ONE}|{ONE}(?=[{UNITS}]|{POINT}[{DIGITS}]|$)"


def said_number(number: str) -> str:
    """6,000 → 六千, 1.5 → 一点五, 110 → 一百一十, 12 → 十二."""
    whole, _point, part = number.replace(",", "").partition(".")
    words = _whole(int(whole))
    return words + (f"点{''.join(DIGITS[int(d)] for d in part)}" if part else "")


def said(text: str) -> str:
    """The text with its numbers in words: 另加50% → 另加百分之五十, 2套 → 两套."""
    text = LONE_TWO.sub("两", text)
    text = PERCENT.sub(lambda found: f"百分之{said_number(found[1])}", text)
    return NUMBER.sub(lambda found: said_number(found[0]), text)


def syllables(text: str, readings: Mapping[str, str]) -> str:
    """The text in pinyin with tone numbers and pauses; `readings` go before the dictionary.

    A reading gives the syllables of a phrase: {"供养": "gong1 yang3"}.
    """
    fixed = {**readings, ONE: "yi1"}
    longest_first = sorted(readings, key=len, reverse=True)
    wanted = "|".join([*map(re.escape, longest_first), COUNTED_ONE])
    spoken: list[str] = []
    for place, part in enumerate(re.split(f"({wanted})", said(text))):
        # In capitals: a given reading keeps its tones whatever follows.
        spoken += fixed[part].upper().split() if place % 2 else _pinyin(part)
    return re.sub(r"\s*([,;:.!?])", r"\1", " ".join(_in_company(spoken))).lower()


def _pinyin(part: str) -> list[str]:
    """Syllable by syllable as the dictionary of phrases has it; 一 and 不 stay as they are."""
    plain = part.translate(PAUSES)
    how: dict[str, Any] = {"errors": list}  # a point stays a point: as many words as characters
    read = lazy_pinyin(plain, Style.TONE3, neutral_tone_with_five=True, v_to_u=False, **how)
    heard = zip(plain, read, strict=True)
    return [char if char in BY_COMPANY else word for char, word in heard if word.strip()]


def _in_company(spoken: list[str]) -> list[str]:
    """不 and 一 take their tone from the next syllable; two third tones the voice knows itself."""
    heard: list[str] = []
    for word, after in zip(spoken, [*spoken[1:], ""], strict=True):
        falling, other, last = BY_COMPANY.get(word, (word, word, word))
        if not after[-1:].isdigit() and after not in BY_COMPANY:
            heard.append(last)
        else:
            heard.append(falling if after.endswith("4") else other)
    return heard


def _whole(number: int) -> str:
    if number == 0:
        return DIGITS[0]
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10**GROUP)
        groups.append(group)
    words = ""
    for place in reversed(range(len(groups))):
        group = groups[place]
        gap = words and group < 10 ** (GROUP - 1) and not words.endswith(DIGITS[0])
        words += DIGITS[0] * bool(gap and any(groups[: place + 1]))
        words += _four(group) + GROUPS[place] * bool(group)
    words = words.rstrip(DIGITS[0])
    return words.removeprefix("一") if words.startswith("一十") else words


def _four(group: int) -> str:
    words = ""
    for place in reversed(range(GROUP)):
        digit = group // 10**place % 10
        if digit:
            words += DIGITS[digit] + PLACES[place]
        elif words and not words.endswith(DIGITS[0]):
            words += DIGITS[0]
    return words.rstrip(DIGITS[0])
