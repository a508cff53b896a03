"""受理: the clock begins to run; verification and visit start at once.

Clause: DB57 arts 5, 9, 10, 11; RP663 art 10
Move:   SUBMITTED, AWAITING_PAPERS -> ACCEPTED      Right: case.accept
Says:   ApplicationAccepted
"""

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of
from doudi.cases.actions.move import locked, may_move, move, not_before
from doudi.cases.events import ApplicationAccepted
from doudi.cases.facts import declared_facts
from doudi.cases.gates import acceptance
from doudi.cases.models import Case, Letter
from doudi.kernel.errors import Missing
from doudi.outbox.announce import announce
from doudi.people.actions.register_household import Home, register_household
from doudi.policy.pack import load_pack
from doudi.policy.rules.deadlines import due_on


def accept(
    case_id: UUID, *, version: int | None, by: Staff, at: dt.datetime, name_reason: str = ""
) -> Case:
    """Missing lists every gate that is shut: authorisations, duplicates, permit, names."""
    pack = load_pack(settings.DOUDI_PACK_DIR)
    with transaction.atomic():
        case = locked(case_id, version)
        may_move(case, "accept", by)
        at = not_before(case, at)
        gates = acceptance(case, at.date())
        shut = [g.sentence for g in gates if not g.open and not (g.code == "names" and name_reason)]
        if shut:
            raise Missing(shut)
        declaration = case.application.declaration.open()
        applicant = declaration["applicant"]
        home = Home(
            case.village_id, case.area, applicant["address"], applicant.get("registered_region", "")
        )
        household = register_household(declaration["members"], home, by=actor_of(by), at=at)
        deadline = due_on(pack.book, pack.calendar, at.date())
        move(
            case,
            "accept",
            by=by,
            at=at,
            version=version,
            note=name_reason,
            accepted_on=at.date(),
            due_on=deadline.on,
            due_provisional=deadline.provisional,
            clerk_id=by.pk,
            household_id=household.household_id,
            near_relative=next((g.detail for g in gates if g.code == "relatives"), ""),
            facts=declared_facts(declaration, case.number, case.area, at.date()),
        )
        Letter.objects.create(
            case=case, at=at, by_id=str(by.pk), by_name=by.name, form="acceptance"
        )
        announce(ApplicationAccepted(case.pk, deadline.on))
    return case
