"""What does a running award come to under another standard? SI649 art 12; HZ82 part 1 (R31).

Nothing of the household is looked at anew: urban awards keep their income, rural ones their band,
tekun persons their care. What does not follow from the standard is given back as None, for a
person to look at; nobody's amount is guessed.
"""

from dataclasses import dataclass

from doudi.policy.book import Book
from doudi.policy.quantity import ceil_to, share


@dataclass(frozen=True)
class Held:
    """A running award: programme, how it is paid, persons covered, base and top-ups in fen."""

    programme: str
    area: str
    persons: int
    base: int
    top_up: int


@dataclass(frozen=True)
class Moved:
    """The same award under the other standard, and by which rule the base went over."""

    base: int
    top_up: int
    how: str  # difference | band | basic | floor


OF_STANDARD = ("dibao", "single_person", "tekun")


def restandard(old: Book, new: Book, held: Held) -> Moved | None:
    """The amount under `new`; None where base or top-ups do not follow from the old standard."""
    top_up = moved_top_up(old, new, held.top_up)
    found = moved_base(old, new, held)
    if top_up is None or found is None or found[0] < 0:
        return None
    return Moved(found[0], top_up, found[1])


def moved_base(old: Book, new: Book, held: Held) -> tuple[int, str] | None:
    """Base and rule by programme."""
    if held.persons < 1 or held.programme not in OF_STANDARD:
        return None
    if held.programme == "tekun":
        return moved_basic(old, new, held)
    if held.programme == "single_person":
        return moved_single(old, new, held)
    if held.area == "urban":
        return by_difference(old, new, held)
    return by_band(old, new, held)


def by_difference(old: Book, new: Book, held: Held) -> tuple[int, str] | None:
    """The income stays: the standard's step for each person (SI649 art 12)."""
    step = new.whole("dibao.standard") - old.whole("dibao.standard")
    return held.base + step * held.persons, "difference"


def by_band(old: Book, new: Book, held: Held) -> tuple[int, str] | None:
    """The band keeps its letter: A stays A (HZ82 part 1)."""
    bands, later = bands_of(old), bands_of(new)
    heads, rest = divmod(held.base, held.persons)
    if rest or heads not in bands:
        return None
    return later[bands.index(heads)] * held.persons, "band"


def bands_of(book: Book) -> tuple[int, ...]:
    """A, B, C … in fen."""
    value = book.value("dibao.bands")
    return value if isinstance(value, tuple) else (value,)


def moved_basic(old: Book, new: Book, held: Held) -> tuple[int, str] | None:
    """The basic part follows the standard, the care part stays as it is."""
    before, after = basic_of(old) * held.persons, basic_of(new) * held.persons
    if held.base < before:
        return None
    return held.base + after - before, "basic"


def basic_of(book: Book) -> int:
    """1.3 times the standard, up to the next five yuan."""
    times = share(book.whole("dibao.standard"), book.whole("tekun.factor"))
    return int(ceil_to(times, book.whole("tekun.step")))


def moved_single(old: Book, new: Book, held: Held) -> tuple[int, str] | None:
    """At the floor it stays at the floor; above it the income stays (R6); one person only."""
    if held.persons != 1:
        return None
    if held.base == floor_of(old):
        return floor_of(new), "floor"
    return by_difference(old, new, held)


def floor_of(book: Book) -> int:
    """The least of single-person cover."""
    return int(share(book.whole("dibao.standard"), book.whole("single_person.floor")))


def moved_top_up(old: Book, new: Book, top_up: int) -> int | None:
    """Top-ups are shares of the standard: the same share of the new one, if it is whole."""
    points, rest = divmod(top_up * 10_000, old.whole("dibao.standard"))
    later, odd = divmod(new.whole("dibao.standard") * points, 10_000)
    if rest or odd:
        return None
    return later
