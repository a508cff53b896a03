"""Which tests show a promise, and what they say when its mechanism is taken away."""

import functools
import json
import os
import subprocess
import sys

from tests.crash.harness import ROOT

TOGETHER = "tests/cases/test_together.py::test_of_twelve_"
SIGN_IN = "tests/pages/gate/test_sign_in.py::"
ENTRY = "tests/pages/portal/test_entry.py::"
MATRIX = "tests/house/test_matrix.py::test_every_actor_gets_what_the_table_says"
SLEEPS = "tests/controls/test_nothing_sleeps.py::test_what_waits_is_taken_up_or_told"
INTAKE = "tests/attachments/test_intake.py::"
CLOCK = "tests/cases/test_legal_clock.py::"
# Promise -> the tests that show it. With the mechanism they pass in the ordinary run.
SHOWN_BY = {
    "P4": [
        f"{TOGETHER}assessments_of_one_page_one_is_kept",
        f"{TOGETHER}acceptances_one_starts_the_clock",
        f"{TOGETHER}confirmations_of_one_page_exactly_one_wins",
    ],
    "P6": [
        f"{MATRIX}[GET desk:case]",
        f"{MATRIX}[GET desk:urgent_call]",
        f"{MATRIX}[GET desk:life]",
        f"{MATRIX}[GET desk:roll]",
    ],
    "P12": [
        f"{SIGN_IN}test_five_wrong_passwords_lock_the_account_at_that_address",
        f"{SIGN_IN}test_an_unknown_account_is_locked_alike",
        f"{ENTRY}test_guessing_from_one_address_is_stopped",
        f"{ENTRY}test_one_phone_gets_eight_codes_an_hour",
        "tests/pages/portal/test_track.py::test_secrets_are_guessed_sixty_times_an_hour_at_most",
    ],
    "P13": [
        "tests/house/test_privacy.py::"
        "test_a_crash_with_a_number_in_it_is_logged_without_the_number",
        "tests/house/test_privacy.py::test_the_handler_that_writes_the_log_has_the_filter",
    ],
    "P15": [
        "tests/house/test_masking.py::"
        "test_no_page_and_no_print_shows_an_officer_a_whole_value[assessed-town_clerk home]",
        "tests/house/test_masking.py::"
        "test_no_page_and_no_print_shows_an_officer_a_whole_value[assessed-county_officer home]",
    ],
    "P18": [
        f"{INTAKE}test_hostile_files_are_refused_with_a_sentence",
        f"{INTAKE}test_a_photo_loses_its_hidden_data",
        f"{INTAKE}test_code_hidden_behind_a_photo_does_not_survive",
        f"{INTAKE}test_a_plain_pdf_is_kept_without_what_hangs_behind_it",
    ],
    "P5": [
        "tests/audit/test_chain.py::"
        "test_a_tail_rewritten_from_any_place_with_its_head_is_named_by_the_heads_outside",
    ],
    "P16": [
        "tests/house/test_headers.py::"
        "test_every_address_with_real_objects_in_it_carries_the_headers",
    ],
    "P17": ["tests/house/test_nasty_posts.py::test_no_nasty_value_breaks_an_address[0]"],
    "P18 tables": [
        "tests/paper/test_workbooks.py::test_each_nasty_workbook_gets_its_answer[bomb]",
    ],
    "P19": ["tests/exports/test_exports.py::test_no_text_of_a_ledger_becomes_a_formula[=1+1]"],
    "P21": [
        f"{SLEEPS}[cases.Case submitted]",
        f"{SLEEPS}[cases.Pause open]",
        f"{SLEEPS}[urgent.HelpCall taken]",
        f"{SLEEPS}[redress.Appeal open]",
        f"{SLEEPS}[referrals.Referral open]",
        f"{SLEEPS}[outbox.Event stuck]",
        f"{SLEEPS}[notices.Message queued]",
    ],
    "P22": [
        "tests/policy/test_ten_years.py::"
        "test_every_start_of_ten_years_ends_on_the_day_that_a_plain_list_gives",
        f"{CLOCK}test_a_clock_set_back_cannot_bring_acceptance_before_submission",
        f"{CLOCK}test_the_steps_of_a_case_never_run_backwards",
        "tests/cases/test_pace.py::test_what_was_written_down_later_than_the_next_day_is_listed",
    ],
    "P23": [
        "tests/redress/test_held.py::test_every_sealed_field_of_the_golden_person_is_in_the_file"
    ],
}
TOLD = "without: "  # how forked.py begins the line with its counts


@functools.cache
def without() -> dict[str, dict[str, int]]:
    """Promise -> how many of its tests passed, failed, or could not begin without its mechanism."""
    tests = [test for shown in SHOWN_BY.values() for test in shown]
    words = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "tests.controls.forked"]
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    done = subprocess.run(
        [*words, "tests/controls/city.py", *tests],
        cwd=ROOT,
        env=clean,
        capture_output=True,
        text=True,
        check=False,
    )
    told = [line for line in done.stdout.splitlines() if line.startswith(TOLD)]
    assert told, done.stdout[-2000:] + done.stderr[-2000:]
    return json.loads(told[-1].removeprefix(TOLD))
