"""Masks on the page, dots in the log."""

import logging

import pytest

from doudi.vault.masking import mask_account, mask_id, mask_name, mask_phone
from doudi.vault.scrub import Scrub, scrub


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("任建明", "任*明"),
        ("张三", "张*"),
        ("欧阳建国", "欧阳*国"),
        ("李", "李"),
        ("买买提江", "买**江"),
    ],
)
def test_names_keep_surname_and_last_character(name, masked):
    assert mask_name(name) == masked


def test_numbers_keep_ends_only():
    assert mask_id("610799197402110011") == "610***********0011"
    assert mask_phone("12900000001") == "129****0001"
    assert mask_account("6210990000000000012") == "尾号0012"


@pytest.mark.parametrize(
    "personal",
    [
        "610799197402110011",
        "61079919740211001X",
        "610799740211001",
        "12900000001",
        "6210990000000000012",
    ],
)
def test_personal_numbers_become_dots_in_any_line(personal):
    assert personal not in scrub(f"GET /x {personal}, failed")


def test_query_strings_become_dots():
    assert scrub("GET /track/?name=任某某 404") == "GET /track/?••• 404"


def test_hexadecimal_request_ids_stay_readable():
    line = "request 61079919740211001af3 done"

    assert scrub(line) == line


def test_a_traceback_is_scrubbed_as_well(caplog):
    handler = logging.StreamHandler()
    handler.addFilter(Scrub())
    record = logging.LogRecord("x", logging.ERROR, "f", 1, "id %s", ("610799197402110011",), None)
    try:
        raise ValueError("no person 610799197402110011")
    except ValueError as error:
        record.exc_info = (ValueError, error, error.__traceback__)

    handler.filter(record)

    assert "610799197402110011" not in handler.format(record)
