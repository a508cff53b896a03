"""12-digit region codes: 2 province, 4 city, 6 county, 9 town, 12 village."""

import re

SHAPE = re.compile(r"[0-9]{12}")
LENGTHS = (("province", 2), ("city", 4), ("county", 6), ("town", 9), ("village", 12))


class RegionCodeError(ValueError):
    """The text is no region code."""


def full(code: str) -> str:
    """A shorter code filled with zeros to 12 digits."""
    if not re.fullmatch(r"[0-9]{2,12}", code):
        raise RegionCodeError(f"{code!r} is no region code")
    return code.ljust(12, "0")


def level(code: str) -> str:
    """province, city, county, town or village."""
    if not SHAPE.fullmatch(code):
        raise RegionCodeError(f"{code!r} is no 12-digit region code")
    return next(name for name, length in LENGTHS if not int(code[length:] or "0"))


def stem(code: str) -> str:
    """The digits that count: everything inside the region begins with them."""
    return code[: dict(LENGTHS)[level(code)]]


def lineage(code: str) -> list[str]:
    """The 12-digit codes of a place (of any length) and of everything that contains it."""
    return [full(code[:length]) for _name, length in LENGTHS if length <= len(code)]


def parent(code: str) -> str:
    """The 12-digit code one level up; a province is its own parent."""
    names = [name for name, _ in LENGTHS]
    above = LENGTHS[max(names.index(level(code)) - 1, 0)]
    return full(code[: above[1]])
