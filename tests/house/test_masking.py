"""Masked by default: whole numbers and illnesses appear on no page and no print (P15).

One exception: whoever fills in the own application sees what was typed on the form itself
(WHILE_FILLING). A value is revealed, or printed, only for a purpose: see test_reveal.py and
tests/pages/desk/test_papers.py.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest

from doudi.accounts.permissions import Role
from doudi.cases.letters.data import MAKERS
from doudi.desk.tabs import TABS
from tests.house.conftest import stood_up
from tests.house.scene import ILLNESS, Scene, build, numbers_of
from tests.house.table import open_to
from tests.paper.reading import read

pytestmark = pytest.mark.django_db
GOALS = ("awaiting_papers", "assessed", "confirmed")
OF_THE_CASE = ("/desk/cases/", "/desk/?")  # what an officer reads differs by stage only there
OFFICERS = tuple(f"{role.value} home" for role in Role)
PRINTING = ("town_clerk home", "county_officer home")
GUARDS = {"anonymous": ("public",), "owner": ("public", "resident"), "stranger": ("resident",)}
# The applicant's own form pages, and what stands there as it was typed.
WHILE_FILLING = {
    "/apply/family/m2/": {"phone", "illness"},
    "/apply/7/": {"phone"},
    # Everything held about him, for himself (PIPL 45).
    "/track/data/": {"id", "phone", "account", "illness"},
    "/track/data.json": {"id", "phone", "account", "illness"},
}


@pytest.fixture(scope="module", params=GOALS)
def at_a_stage(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any, keys: None
) -> Iterator[Scene]:
    """The case at one stage after the other."""
    with stood_up(django_db_blocker, lambda clock: build(clock, request.param)) as built:
        yield built


def pages(who: str, scene: Scene) -> Iterator[str]:
    """Every page an actor may read, with the tabs and prints of the case."""
    yield from open_to(who, scene, guards=GUARDS.get(who, ("officer",)))
    if who in GUARDS:
        return
    case = f"/desk/cases/{scene.case.pk}/"
    yield from (f"{case}?tab={tab.key}" for tab in TABS)
    if who in PRINTING:  # a print on GET is masked whoever asks: two posts stand for all
        yield from (f"{case}print/{form}.pdf" for form in MAKERS)
    yield from (f"{case}assess/?deduct=0", "/desk/?all=1", "/desk/staff/?page=1")


def text_of(answer: Any) -> str:
    """What a reader can copy from a page, its markup, a print or a table."""
    if answer["Content-Type"].startswith("application/pdf"):
        return read(answer.content).text
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as table:
            content = b"".join(table.read(name) for name in table.namelist())
    return content.decode("utf-8", "replace")


def kinds_in(text: str, scene: Scene) -> set[str]:
    """Which kinds of personal value stand in a text in full."""
    found = {"illness"} if ILLNESS in text else set()
    for number in numbers_of(scene.declaration):
        kind = {18: "id", 11: "phone"}.get(len(number), "account")
        found |= {kind} if number in text else set()
    return found


def shown(who: str, scene: Scene) -> dict[str, set[str]]:
    """Address -> what stands there unmasked, where anything does."""
    paths = list(pages(who, scene))
    if who in OFFICERS and scene.case.stage != GOALS[-1]:
        paths = [path for path in paths if path.startswith(OF_THE_CASE)]
    answers = {path: scene.browsers[who].get(path) for path in paths}
    assert max(answer.status_code for answer in answers.values()) < 500
    told = {path: kinds_in(text_of(answer), scene) for path, answer in answers.items()}
    return {path: kinds for path, kinds in told.items() if kinds}


@pytest.mark.parametrize("who", OFFICERS)
def test_no_page_and_no_print_shows_an_officer_a_whole_value(who, at_a_stage, clock):
    clock.move_to(at_a_stage.at)

    found = shown(who, at_a_stage)

    assert found == {}


@pytest.mark.parametrize("who", ["anonymous", "stranger"])
def test_no_page_shows_somebody_else_a_whole_value(who, at_a_stage, clock):
    clock.move_to(at_a_stage.at)

    found = shown(who, at_a_stage)

    assert found == {}


def test_the_applicant_sees_whole_values_only_on_the_forms_while_filling_them(at_a_stage, clock):
    clock.move_to(at_a_stage.at)

    found = shown("owner", at_a_stage)

    assert found == WHILE_FILLING


def test_the_scanner_finds_a_value_that_is_not_masked(at_a_stage, clock, monkeypatch):
    clock.move_to(at_a_stage.at)
    monkeypatch.setattr("doudi.desk.tabs.mask_id", lambda number: number)

    page = at_a_stage.browsers["town_clerk home"].get(f"/desk/cases/{at_a_stage.case.pk}/")

    assert kinds_in(text_of(page), at_a_stage) == {"id"}
