"""随机抽取 that anybody can repeat: a number's place is its hash under the published seed. Pure.

`python -m doudi.supervision.figures SEED SHARE FILE` does a published draw again: SHARE in basis
points (3000 is 30 %), FILE with one case number a line. It needs nothing but Python.
"""

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

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


def main(argv: Sequence[str]) -> int:
    """Prints the hash over the numbers and the drawn ones in their order; 2 for wrong usage."""
    if len(argv) != 3 or not argv[1].isdigit():
        sys.stderr.write(f"{__doc__}\n")
        return 2
    lines = Path(argv[2]).read_text(encoding="utf-8").splitlines()
    numbers = [line.strip() for line in lines if line.strip()]
    drawn = draw(argv[0], numbers, int(argv[1]))
    sys.stdout.write("\n".join([f"{sealed(numbers)}  {len(set(numbers))}", *drawn]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
