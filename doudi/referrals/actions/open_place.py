"""查看协查对象: the hukou town sees whom it is asked about, each time with a line in the journal.

Clause: PIPL art 7
Move:   none      Right: place.answer where the household is registered      Says: nothing
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.kernel.errors import NotAllowed
from doudi.referrals.actions.both_journals import write_both
from doudi.referrals.queries import place_request_for


@dataclass(frozen=True)
class Person:
    """Whom the registers of the hukou place are searched for."""

    name: str
    id_number: str
    relation: str


@dataclass(frozen=True)
class Asked:
    """The household, and where it is registered."""

    address: str
    persons: tuple[Person, ...]


def open_place(request_id: UUID, *, by: Staff) -> Asked:
    """Names, ID numbers and the registered address; NotAllowed for all but the hukou town."""
    request = place_request_for(request_id, by)
    if not request.to_town:
        raise NotAllowed("place.answer")
    require(by, "place.answer", request.to_town)
    told = request.case.application.declaration.open()
    with transaction.atomic():
        write_both("place.opened", request, actor_of(by), "identity")
    persons = [Person(m["name"], m["id_number"], m["relation"]) for m in told["members"]]
    return Asked(told["applicant"].get("registered_address") or "", tuple(persons))
