"""Everything held about the cases and calls of one phone, of every room, read by one query."""

import datetime as dt
from typing import Any

from doudi.attachments import intake
from doudi.benefits import queries as benefits
from doudi.cases.file import CaseFile
from doudi.cases.parts import KINDS, Parts, held_rows, together
from doudi.clock.time import CHINA
from doudi.mandates import queries as mandates
from doudi.notices import queries as notices
from doudi.people import queries as people
from doudi.redress import queries as redress
from doudi.referrals import queries as referrals
from doudi.support import queries as support
from doudi.urgent import queries as urgent
from doudi.verification import queries as verification


def read_together(cases: list[Any], phone_index: str) -> Parts:
    """The rows of every room; one query."""
    mine = [case.pk for case in cases]
    refs = [case.application_id for case in cases]
    return together(
        [
            *held_rows(cases),
            intake.held_rows([f"application:{ref}" for ref in refs]),
            *people.held_rows([case.household_id for case in cases if case.household_id]),
            *verification.held_rows(refs),
            *benefits.held_rows(mine),
            *redress.held_rows(mine),
            *mandates.held_rows(mine),
            *referrals.held_rows(mine),
            *support.held_rows(mine),
            *urgent.held_rows(phone_index),
            notices.held_rows(phone_index),
        ]
    )


class Kept:
    """The rows that were read together."""

    def __init__(self, rows: Parts) -> None:
        self.rows = rows

    def of(self, table: str, order: str, **who: Any) -> list[Any]:
        """The rows of a table that belong to somebody, by a field; `-` before it: newest first."""
        mine = (r for r in self.rows[table] if all(getattr(r, k) == v for k, v in who.items()))
        field = order.removeprefix("-")
        return sorted(mine, key=lambda r: getattr(r, field), reverse=order.startswith("-"))

    def file(self, case: Any) -> CaseFile:
        """The case's file from what was read."""
        file = CaseFile(case)
        file.parts = {
            name: self.of(f"cases.{name}", "pk", case_id=case.pk) if name != "Objection" else []
            for name in KINDS
        }
        return file


def minute(at: dt.datetime | None) -> str:
    """An instant in China to the minute; empty for none."""
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}" if at else ""
