"""No hot query of the desk reads a big table from end to end, and the reference page says how."""

import json
import os
from pathlib import Path

import pytest
from django.db import connection

from doudi.accounts.permissions import Role
from doudi.clock.time import now
from tests.factories.cases import NUMBERS, case_at, id_number, office, staff
from tests.house.plans import hot, plans, scans

pytestmark = pytest.mark.django_db
KEPT = Path(__file__).resolve().parent.parent.parent / "docs/plans.json"
# Ended cases too, the newest first: fifty off the end of one index, and all counted on another.
COUNTED = {
    "worklist, all": [
        "SCAN cases_case USING COVERING INDEX case_submitted",
        "SCAN cases_case USING COVERING INDEX case_tail",
    ]
}


def found(clock):
    """The plans of the city's officer, whose place is everything there is."""
    case = case_at("accepted", clock)
    kin = {"name": "任建明", "relation": "兄弟", "declared_at": now()}
    office().clerk.relatives.create(id_number=id_number("1973-01-01", 9), **kin)
    words = {"number": case.number, "name": case.applicant_name, "initials": "rj", "surname": "任"}
    words["last four"] = NUMBERS["m2"][-4:]
    bureau = staff("city.one", Role.CITY_OFFICER, "610700")
    return {name: plans(work) for name, work in hot(bureau, words).items()}


def test_each_hot_query_goes_by_an_index_as_the_page_says(clock, city):
    told = found(clock)

    if os.environ.get("DOUDI_PLANS"):
        KEPT.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    assert {name: scans(plan) for name, plan in told.items() if scans(plan)} == COUNTED
    assert json.loads(KEPT.read_text(encoding="utf-8")) == told, "DOUDI_PLANS=1 writes them anew"


def test_without_its_index_a_query_is_said_to_scan(clock, city):
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX case_tail")
    bureau = staff("city.one", Role.CITY_OFFICER, "610700")

    told = plans(hot(bureau, {"last four": "1234"})["find by last four"])

    assert scans(told), "\n".join(line for plan in told for line in plan)
