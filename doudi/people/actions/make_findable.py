"""编入查找: keeps the keyed indices by which these people are found.

Clause: GB/T 35273 5.4 (what is needed and no more); promises.md P14
Move:   none      Right: called by submit, register_household, register_person      Says: nothing
"""

from collections.abc import Iterable
from dataclasses import dataclass

from doudi.kernel.initials import beginnings, initials, plain_name
from doudi.people.models import FindKey
from doudi.vault.index import NORMALISERS, blind_index, find_key

TAILS = (4, 5, 6)


@dataclass(frozen=True)
class Findable:
    """Somebody who can be looked for."""

    name: str
    id_number: str
    phone: str = ""


def make_findable(people: Iterable[Findable], batch: int = 2000) -> None:
    """Adds what is missing; a name that somebody else wrote otherwise stays findable too."""
    rows: list[FindKey] = []
    for person in people:
        ref = blind_index("id", person.id_number)
        rows += (FindKey(key=key, ref=ref) for key in sorted(keys_of(person)))
    FindKey.objects.bulk_create(rows, batch_size=batch, ignore_conflicts=True)


def keys_of(person: Findable) -> set[int]:
    """The keys of one person: beginnings of the name and of every reading, the last digits."""
    name = plain_name(person.name)
    read = {part for reading in initials(name) for part in beginnings(reading)}
    keys = {find_key("name", part) for part in beginnings(name)}
    keys |= {find_key("initials", part) for part in read}
    for kind, number in (("id", person.id_number), ("phone", person.phone)):
        digits = NORMALISERS[kind](number)
        keys |= {find_key("digits", digits[-n:]) for n in TAILS if len(digits) > n}
    return keys
