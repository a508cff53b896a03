"""`doudi demo` says what it cannot build before it builds anything."""

import io

import pytest

from doudi.commands.demo import run

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--scale", "0"], "above 0"),
        (["--scale", "1.5"], "not above 1"),
        (["--scale", "0.004", "--items"], "at least"),
    ],
)
def test_a_size_that_cannot_be_built_is_told_at_once(words, said):
    told = io.StringIO()

    code = run(words, io.StringIO(), told)

    assert (code, said in told.getvalue()) == (2, True)
