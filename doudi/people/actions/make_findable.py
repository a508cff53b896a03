"""编入查找: keeps the keyed indices by which these people are found.

Clause: GB/T 35273 5.4 (what is needed and no more); promises.md P14
Move:   none      Right: called by submit, register_*, take_in_* and batches      Says: nothing
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from doudi.kernel.initials import beginnings, initials, plain_name
from doudi.people.models import FindKey
from doudi.vault.index import NORMALISERS, blind_index, find_key
from doudi.vault.rows import insert_many

TAILS = (4, 5, 6)


@dataclass(frozen=True)
class Findable:
    """Somebody who can be looked for."""

    name: str
    id_number: str
    phone: str = ""
    id_index: str = ""  # where it was worked out already


def make_findable(people: Iterable[Findable]) -> None:
    """Adds what is missing; a name that somebody else wrote otherwise stays findable too."""
    again = cache(find_key)  # beginnings and last digits are few, and come with every other person
    found = ((_ref(person), keys_of(person, again)) for person in people)
    rows = [(key, ref) for ref, keys in found for key in keys]
    rows.sort()  # neighbours of the index together: a random order would touch every page
    insert_many(FindKey, ("key", "ref"), rows, ignore=True)


def _ref(person: Findable) -> str:
    return person.id_index or blind_index("id", person.id_number)


def keys_of(person: Findable, key_of: Callable[[str, str], int] = find_key) -> set[int]:
    """The keys of one person: beginnings of the name and of every reading, the last digits."""
    keys = {key_of(kind, part) for kind, part in _parts(plain_name(person.name))}
    for kind, number in (("id", person.id_number), ("phone", person.phone)):
        digits = NORMALISERS[kind](number)
        keys |= {key_of("digits", digits[-n:]) for n in TAILS if len(digits) > n}
    return keys


@lru_cache(maxsize=10_000)
def _parts(name: str) -> tuple[tuple[str, str], ...]:
    """What a name is found by; many share one."""
    read = {part for reading in initials(name) for part in beginnings(reading)}
    return (
        *(("name", part) for part in beginnings(name)),
        *(("initials", part) for part in sorted(read)),
    )
