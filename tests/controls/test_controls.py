"""Every promise of this table fails when its mechanism is taken away: its green means something."""

import os
import re
import subprocess
import sys

import pytest

from tests.controls.without import WITHOUT
from tests.crash.harness import ROOT

# Promise -> the test that shows it. With the mechanism it passes in the ordinary run.
SHOWN_BY = {
    "P4": "tests/cases/test_together.py::test_of_twelve_assessments_of_one_page_one_is_kept",
    "P5": "tests/audit/test_chain.py::"
    "test_a_tail_rewritten_from_any_place_with_its_head_is_named_by_the_heads_outside",
    "P6": "tests/house/test_matrix.py::test_every_actor_gets_what_the_table_says[GET desk:case]",
    "P12": "tests/pages/gate/test_sign_in.py::"
    "test_five_wrong_passwords_lock_the_account_at_that_address",
    "P13": "tests/house/test_privacy.py::"
    "test_a_crash_with_a_number_in_it_is_logged_without_the_number",
    "P15": "tests/house/test_masking.py::"
    "test_no_page_and_no_print_shows_an_officer_a_whole_value[assessed-town_clerk home]",
    "P16": "tests/house/test_headers.py::"
    "test_every_address_with_real_objects_in_it_carries_the_headers",
    "P17": "tests/house/test_nasty_posts.py::test_no_nasty_value_breaks_an_address[0]",
    "P18": "tests/attachments/test_intake.py::test_a_photo_loses_its_hidden_data",
    "P18 tables": "tests/paper/test_workbooks.py::test_each_nasty_workbook_gets_its_answer[bomb]",
    "P19": "tests/ledgers/test_exports.py::test_no_text_of_a_ledger_becomes_a_formula[=1+1]",
    "P21": "tests/outbox/test_deliver.py::test_a_schedule_that_stopped_is_named",
    "P22": "tests/policy/test_ten_years.py::"
    "test_every_start_of_ten_years_ends_on_the_day_that_a_plain_list_gives",
    "P23": "tests/redress/test_held.py::"
    "test_every_sealed_field_of_the_golden_person_is_in_the_file",
}


def run(test: str, *plugins: str, **environment: str) -> str:
    """The last line of pytest for one test."""
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *plugins, test]
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    done = subprocess.run(
        words, cwd=ROOT, env=clean | environment, capture_output=True, text=True, check=False
    )
    return done.stdout.strip().splitlines()[-1]


@pytest.mark.parametrize("promise", sorted(WITHOUT))
def test_the_promise_fails_without_its_mechanism(promise):
    last = run(SHOWN_BY[promise], "-p", "tests.controls.without", DOUDI_WITHOUT=promise)

    assert re.match(r"=* ?1 failed", last), last
