"""随机抽取 that anybody can repeat: a number's place is its hash under the published seed. Pure."""

import hashlib
from collections.abc import Sequence

BASIS_POINTS = 10_000


def place(seed: str, number: str) -> str:
    """SHA-256 of `seed:number` in hex; the smallest come first."""
    return hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()


def how_many(total: int, share: int) -> int:
    """At least the share (basis points) of a total, rounded up: one of one is one."""
    return -(-total * share // BASIS_POINTS)


def draw(seed: str, numbers: Sequence[str], share: int) -> list[str]:
    """The drawn numbers, in the order of their places; the order given does not matter."""
    ordered = placed(seed, numbers)
    return ordered[: how_many(len(ordered), share)]


def placed(seed: str, numbers: Sequence[str]) -> list[str]:
    """Every number once, in the order that the seed gives."""
    return sorted(set(numbers), key=lambda number: (place(seed, number), number))


def sealed(numbers: Sequence[str]) -> str:
    """One hash over the whole population, so that nobody can change it afterwards."""
    return hashlib.sha256("\n".join(sorted(set(numbers))).encode()).hexdigest()
