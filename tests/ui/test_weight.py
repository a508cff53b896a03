"""A village phone loads a page in seconds: what the resident's pages weigh."""

import gzip
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "doudi" / "ui" / "static" / "ui"


def test_the_residents_style_sheet_stays_under_fifteen_kilobytes():
    assert (STATIC / "css" / "ui.css").stat().st_size <= 15_000


def test_every_script_stays_under_two_hundred_lines():
    longest = max(len(p.read_text().splitlines()) for p in (STATIC / "js").glob("*.js"))

    assert longest <= 200


def test_style_and_scripts_together_travel_in_eight_kilobytes():
    parts = [*STATIC.glob("css/ui.css"), *STATIC.glob("js/*.js")]

    assert sum(len(gzip.compress(p.read_bytes())) for p in parts) <= 8_000
