"""A list comes in, goes out as a ledger, and comes in again: nothing was lost or added."""

import io

import pytest
from openpyxl import load_workbook

from doudi.accounts.permissions import Role
from doudi.attachments.bulk import blocks_of
from doudi.clock.time import now
from doudi.exports.actions.ask_export import ask_export
from doudi.exports.actions.work_exports import work_exports
from doudi.people.models import GroupMembership, Person
from tests.factories.cases import TOWN, demo_database, staff
from tests.paper import nasty
from tests.people import sheets
from tests.people.batches import checked, taken, undone

pytestmark = pytest.mark.django_db
HEADINGS = ["姓名", "身份证号", "群体", "联系电话", "村（社区）", "证件或依据"]
ROWS = 520  # more than one piece of the mover and of the ledger


def listed(n: int) -> list[str]:
    """The n-th person with pneumoconiosis, a phone and a paper."""
    name, number, phone = (sheets.member(n)[place] for place in (1, 2, 4))
    return [name, number, "尘肺病患者", phone, sheets.PLACE, f"诊断{n}"]


def told_by(sheet) -> set[tuple[str, ...]]:
    """Name, number, group, phone and paper of every line of the ledger."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return {(r[5], r[6], r[4], r[7], r[10]) for r in rows if isinstance(r[0], int)}


def test_what_goes_out_comes_in_again_as_the_very_same(city):
    demo_database()
    clerk = staff("clerk", Role.TOWN_CLERK, TOWN)
    rows = [listed(n) for n in range(ROWS)]
    file = io.BytesIO(nasty.xlsx(*rows, headings=HEADINGS))
    first = taken(checked(file, clerk, "groups"), clerk)
    assert (first.state, first.good, GroupMembership.objects.count()) == ("taken", ROWS, ROWS)

    export = ask_export("groups", "archive", True, by=clerk, at=now())
    while work_exports():
        pass
    export.refresh_from_db()
    content = b"".join(blocks_of(export.stored_name))

    sent = {(r[0], r[1], r[2], r[3], r[5]) for r in rows}
    assert told_by(load_workbook(io.BytesIO(content)).active) == sent
    again = checked(io.BytesIO(content), clerk, "groups")
    assert (again.read, again.known, again.bad, again.good) == (ROWS, ROWS, 0, 0)
    undone(first, "asked", clerk)
    assert not Person.objects.exists()
