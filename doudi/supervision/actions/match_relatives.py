"""近亲属比对: a declared number marks the case; the same name in the same place is asked about.

Clause: DB57 arts 11, 20
Move:   none      Right: called by a reaction and by the sweeper      Says: nothing
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction

from doudi.accounts.queries import offices_cover
from doudi.accounts.relatives import relatives_among, relatives_called
from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.cases.actions.file_relative import file_relative
from doudi.cases.queries import case_by_id
from doudi.supervision.models import Match
from doudi.vault.index import blind_index


def match_relatives(case_id: UUID, *, at: dt.datetime) -> int:
    """How many new questions there are; a second run over the same case adds none."""
    case = case_by_id(case_id)
    members = case.application.declaration.open()["members"]
    numbers = {m["key"]: blind_index("id", m["id_number"]) for m in members}
    with transaction.atomic():
        certain = relatives_among(numbers.values(), case.submitted_at)
        if certain and not case.near_relative:
            words = "、".join(f"{r.staff.name}（{r.relation}）" for r in certain)
            file_relative(case.pk, words, by=SYSTEM, at=at)
        named = {m["name"]: m["key"] for m in members}
        doubtful = [
            relative
            for relative in relatives_called(named, case.submitted_at)
            if relative.id_index != numbers[named[relative.name]]
            and offices_cover(relative.staff, case.village_id)
        ]
        return sum(_ask(case, r, named[r.name], at) for r in doubtful)


def _ask(case: Any, relative: Any, key: str, at: dt.datetime) -> bool:
    _match, is_new = Match.objects.get_or_create(
        case=case,
        relative_id=str(relative.pk),
        defaults={
            "county": case.county,
            "officer_id": str(relative.staff_id),
            "officer": relative.staff.name,
            "relation": relative.relation,
            "member_key": key,
            "found_at": at,
        },
    )
    if is_new:
        write(
            "supervision.relative_asked",
            actor=SYSTEM,
            subject=f"case:{case.pk}",
            chain=case.county,
        )
    return is_new
