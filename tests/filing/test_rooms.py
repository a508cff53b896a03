"""F16 of a town's lines and F18 of a lead: sums that hold, names only where they may stand."""

from uuid import uuid4

import pytest
from django.conf import settings

from doudi.accounts.permissions import Role
from doudi.audit.actor import SYSTEM
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.models import Award
from doudi.benefits.queries import lines_of_town, towns_with_lines
from doudi.clock.time import now
from doudi.filing.letters.rooms import lead_sheet, roll_sheet
from doudi.kernel.errors import NotFound
from doudi.mandates.actions.file_lead import Seen, file_lead
from doudi.paper.fields import missing_fields
from doudi.paper.forms import find_form
from doudi.paper.typst import render
from tests.factories.awards import in_benefit
from tests.factories.cases import TOWN, VILLAGE, staff
from tests.filing.pdf import pages_of
from tests.paper.reading import read

pytestmark = pytest.mark.django_db
COUNTY, MONTH, PHONE = "610702", "2022-06", "12900009999"


def test_a_towns_roll_adds_up_page_by_page_and_masks_unless_full(city):
    in_benefit(0.0005)
    Award.objects.update(county=COUNTY, town=TOWN, village=VILLAGE)
    roll = prepare_roll(COUNTY, MONTH, by=SYSTEM, at=now())
    reader = staff("finance", Role.COUNTY_FINANCE, COUNTY)
    first = roll.payments.first().award
    roll.differences.create(
        award=first, aid=first.programme, kind="new", reason="new", before_fen=0, now_fen=1
    )
    lines = lines_of_town(roll, reader, TOWN)

    data = roll_sheet(roll, TOWN, lines)
    full = roll_sheet(roll, TOWN, lines, full=True)
    content = render("F16", data, pack=settings.DOUDI_PACK_DIR)

    rows = [row for page in data["pages"] for row in page["rows"]]
    assert towns_with_lines(roll, reader) == [TOWN]
    assert missing_fields(find_form("F16"), data) == []
    assert data["totals"]["amount_fen"] == roll.total_fen
    assert data["totals"]["households"] == len(rows) == roll.household_count
    assert all(r["base_fen"] + r["topup_fen"] + r["other_fen"] == r["total_fen"] for r in rows)
    assert all("*" in row["head"] and "*" in row["id_number"] for row in rows)
    assert {r["standard_fen"] for r in rows if r["programme"] == "最低生活保障"} <= {65500, 45000}
    assert {bool(r["standard_fen"]) for r in rows} == {True, False}
    assert all(r["phone"] == "" or "*" in r["phone"] for r in rows)
    assert any(r["phone"] for r in rows)
    assert {r["number"]: r["note"] for r in rows}[first.number] == "新增"
    assert not any("*" in r["id_number"] for page in full["pages"] for r in page["rows"])
    assert pages_of(content) == len(data["pages"])


def test_a_town_without_lines_has_no_roll(city):
    roll = prepare_roll(COUNTY, MONTH, by=SYSTEM, at=now())

    with pytest.raises(NotFound):
        roll_sheet(roll, TOWN, [])


def test_a_lead_prints_and_whoever_did_not_agree_has_no_name_on_it(clock, town):
    seen = Seen(
        VILLAGE, "met", "alone", "agreed", name="演示老人", phone="12900009999", what="独居"
    )
    silent = Seen(VILLAGE, "met", "alone", "declined", what="不愿登记")
    agreed, declined = (
        lead_sheet(file_lead(uuid4(), one, by=town.clerk, at=now())) for one in (seen, silent)
    )

    text = read(render("F18", agreed, pack=settings.DOUDI_PACK_DIR)).text

    assert "演示老人" in text
    assert PHONE not in text
    assert missing_fields(find_form("F18"), agreed) == []
    assert declined["person"]["name"] == "（本人不同意登记）"
    assert (agreed["agrees"], declined["agrees"]) == (True, False)
