"""A name is found by the initials of every reading its characters have."""

import pytest

from doudi.kernel.initials import MOST, beginnings, initials, plain_name


@pytest.mark.parametrize(
    ("name", "readings"),
    [
        ("任建明", ["rjm"]),
        ("单秀英", ["cxy", "dxy", "sxy"]),
        ("仇红", ["ch", "jh", "qh"]),
        ("解乐", ["jl", "jy", "xl", "xy"]),
        ("区都", ["od", "qd"]),
        ("吕女", ["ln"]),
        ("Ｌi 明", ["lim"]),
    ],
)
def test_every_reading_of_a_name_is_among_its_initials(name: str, readings: list[str]) -> None:
    assert set(initials(name)) >= set(readings)


def test_many_readings_are_cut_and_two_letters_are_the_shortest_beginning() -> None:
    assert len(initials("单解曾仇查乐")) == MOST
    assert beginnings("rjm") == ["rj", "rjm"]
    assert plain_name("阿依·古丽 ") == "阿依古丽"
