"""May a household apply where it lives without local hukou? RP663 art 10, DB57 art 5 (R13)."""

import datetime as dt
from dataclasses import dataclass

from doudi.kernel.periods import months_before
from doudi.policy.book import PolicyBook
from doudi.policy.facts import Permit


@dataclass(frozen=True)
class Residence:
    """`code` names the reason; wording.py has its sentence."""

    fits: bool
    code: str


def residence(
    book: PolicyBook, permit: Permit | None, registered: str, county: str, on: dt.date
) -> Residence:
    """Local hukou needs no permit; others need one endorsed within the last twelve months."""
    if not registered or registered[:6] == county:
        return Residence(True, "local_hukou")
    if permit is None:
        return Residence(False, "permit_missing")
    months = book.general("residence.endorsed_months", on)
    if permit.last_endorsed < months_before(on, months):
        return Residence(False, "permit_not_endorsed")
    return Residence(True, "permit_valid")
