"""忘掉查找索引: what leads to nobody on file and to nobody who applied goes again.

Undone batches and removals leave it behind; who applied is told by the caller, who stands higher.

Clause: PIPL 19 (no longer than needed), 47; GB/T 35273 5.4
Move:   none      Right: called by the timetable      Says: nothing
"""

from collections.abc import Callable, Collection

from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.people.models import FindKey, Person

PAGE = 5_000


def forget_keys(applied: Callable[[Collection[str]], set[str]]) -> int:
    """How many keys went; `applied` says who of some people applied. By pages, each short."""
    gone, after = 0, ""
    while found := _refs(after):
        after = found[-1]
        with transaction.atomic():
            there = Person.objects.filter(id_index__in=found).values_list("id_index", flat=True)
            loose = set(found) - set(there) - applied(found)
            if loose:
                gone += FindKey.objects.filter(ref__in=loose).delete()[0]
    if gone:
        with transaction.atomic():
            write("people.keys_forgotten", actor=SYSTEM, subject="people", detail={"keys": gone})
    return gone


def _refs(after: str) -> list[str]:
    """The next people that keys lead to, in the order of their index."""
    rows = FindKey.objects.filter(ref__gt=after).order_by("ref")
    return list(rows.values_list("ref", flat=True).distinct()[:PAGE])
