"""A digest in the journal is never taken for somebody's number."""

import re
from pathlib import Path

from doudi.vault.scrub import PERSONAL

ROOT = Path(__file__).resolve().parents[2] / "doudi"
CUT = re.compile(r"\"(?:sha256|key)\": [\w.]+\[:(\d+)\]")
LONGEST_NUMBER = 19  # of a bank account


def test_a_digest_of_sixteen_digits_only_could_be_an_account():
    assert PERSONAL.search("6212345678901234")
    assert not PERSONAL.search("621234567890123456789012")


def test_every_digest_that_is_cut_stays_longer_than_any_number():
    found = {
        f"{path.name}: {cut}"
        for path in ROOT.rglob("*.py")
        for cut in CUT.findall(path.read_text(encoding="utf-8"))
        if int(cut) <= LONGEST_NUMBER
    }

    assert found == set()
