"""The draw that anybody can repeat with the published seed."""

import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doudi.supervision.figures import draw, how_many, main, sealed
from doudi.supervision.flow import colour_after

NUMBERS = st.lists(st.text("0123456789", min_size=4, max_size=12), unique=True, max_size=60)


@pytest.mark.parametrize(
    ("total", "share", "n"), [(0, 3000, 0), (1, 3000, 1), (3, 3000, 1), (4, 3000, 2), (10, 3000, 3)]
)
def test_the_share_is_rounded_up(total, share, n):
    assert how_many(total, share) == n


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(NUMBERS, st.integers(0, 10_000), st.randoms())
def test_the_same_seed_draws_the_same_whatever_the_order(numbers, share, random):
    mixed = random.sample(numbers, len(numbers))

    first, again = draw("seed", numbers, share), draw("seed", mixed, share)

    assert first == again
    assert len(first) == how_many(len(numbers), share)
    assert set(first) <= set(numbers)


def test_whoever_has_a_calculator_for_hashes_gets_the_same_first_one():
    numbers = ["SQ1", "SQ2", "SQ3"]

    drawn = draw("beef", numbers, 3000)

    places = {hashlib.sha256(f"beef:{n}".encode()).hexdigest(): n for n in numbers}
    assert drawn == [places[min(places)]]


def test_each_case_is_drawn_about_as_often_as_any_other():
    numbers = [f"SQ{n:03d}" for n in range(20)]

    hits = [n for seed in range(2000) for n in draw(str(seed), numbers, 3000)]

    assert all(500 < hits.count(n) < 700 for n in numbers)


def test_a_population_that_was_changed_has_another_hash():
    assert sealed(["a", "b"]) == sealed(["b", "a"]) != sealed(["a", "b", "c"])


def test_the_colours_go_from_blue_over_orange_to_red_and_stay_there():
    assert [colour_after(n) for n in range(5)] == ["blue", "orange", "red", "red", "red"]


def test_anybody_repeats_a_published_draw_with_python_alone(tmp_path, capsys):
    numbers = [f"SQ{n:04d}" for n in range(20)]
    path = tmp_path / "2022-05-new.txt"
    path.write_text("\n".join(numbers) + "\n")

    codes = [main(["5eed", "3000", str(path)]), main(["5eed"])]

    lines = capsys.readouterr().out.splitlines()
    assert codes == [0, 2]
    assert lines[0] == f"{sealed(numbers)}  20"
    assert lines[1:] == draw("5eed", numbers, 3000)
