"""Money is whole fen. Yuan appear only as text, in and out."""

import re

YUAN = re.compile(r"(0|[1-9][0-9]{0,6})(?:\.([0-9]{1,2}))?")
DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿")


class MoneyError(ValueError):
    """The text is no amount of yuan between 0 and 9,999,999.99 with at most two decimals."""


def parse_yuan(text: str) -> int:
    """`"1670.5"` → 167050 fen; MoneyError for signs, commas, floats, more than two decimals."""
    match = YUAN.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise MoneyError("要写成元，最多两位小数，例如 1670.00")
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))


def plain_fen(text: str) -> int:
    """The fen of an amount that plain_yuan() wrote, however large."""
    return int(text.replace(".", ""))


def plain_yuan(fen: int) -> str:
    """167000 → `"1670.00"`, as the interfaces write it."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def yuan_text(fen: int) -> str:
    """167000 → `"1,670.00"`, as screens and letters write it."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def capital_yuan(fen: int) -> str:
    """大写: 167000 → 壹仟陆佰柒拾元整; 76250 → 柒佰陆拾贰元伍角整; `fen` is not negative."""
    if fen < 0:
        raise MoneyError("大写金额不能为负")
    yuan, jiao, fen_left = fen // 100, fen // 10 % 10, fen % 10
    whole = _whole(yuan) + "元" if yuan else ""
    if not jiao and not fen_left:
        return (whole or "零元") + "整"
    cents = DIGITS[jiao] + "角" if jiao else ("零" if whole else "")
    return whole + cents + (DIGITS[fen_left] + "分" if fen_left else "整")


def _whole(number: int) -> str:
    """A positive whole number in capital characters, zeros between folded to one 零."""
    parts: list[str] = []
    gap = False
    for place in range(11, -1, -1):
        digit = number // 10**place % 10
        if digit:
            parts.append(("零" if gap and parts else "") + DIGITS[digit] + UNITS[place % 4])
            gap = False
        else:
            gap = True
        if place % 4 == 0 and place and number // 10**place % 10_000:
            parts.append(GROUPS[place // 4])
    return "".join(parts)
