"""One whole value at a time, by POST, with a purpose, and the journal first (P15)."""

from typing import Any

import pytest

from doudi.audit.models import Entry
from doudi.desk.views import prints as prints_page
from doudi.desk.views import reveal as reveal_page
from tests.house.scene import Scene
from tests.house.test_masking import kinds_in

pytestmark = pytest.mark.django_db


def ask(scene: Scene, who: str = "town_clerk home", **changes: str) -> Any:
    """The reveal of the wife's illness, with a purpose unless told otherwise."""
    asked = {"field": "illness", "member": "m2", "purpose": "visit"} | changes
    return scene.browsers[who].post(f"/desk/cases/{scene.case.pk}/reveal/", asked)


def test_a_reveal_shows_one_value_and_the_journal_says_who_and_why(scene):
    before = Entry.objects.filter(action="person.revealed").count()

    answer = ask(scene)

    kept = Entry.objects.filter(action="person.revealed").order_by("id")[before:]
    assert kinds_in(answer.content.decode(), scene) == {"illness"}
    assert [(e.purpose, e.detail) for e in kept] == [
        ("visit", {"field": "illness", "member": "m2"})
    ]


def test_a_revealed_value_is_kept_by_no_cache(scene):
    answer = ask(scene)

    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("missing", [{"purpose": ""}, {"purpose": "curiosity"}, {"member": "*"}])
def test_without_a_purpose_from_the_list_nothing_is_revealed(scene, missing):
    answer = ask(scene, **missing)

    assert answer.status_code == 422
    assert kinds_in(answer.content.decode(), scene) == set()


def test_when_the_journal_fails_nothing_is_revealed(scene, monkeypatch):
    def full(*line, **more):
        raise OSError("disk full")

    monkeypatch.setattr(reveal_page, "write", full)

    answer = ask(scene)

    assert answer.status_code == 500
    assert kinds_in(answer.content.decode(), scene) == set()


@pytest.mark.parametrize("who", ["owner", "county_finance home", "city_officer home"])
def test_who_has_no_right_to_reveal_sees_no_value(scene, who):
    answer = ask(scene, who)

    assert answer.status_code in (302, 403)
    assert kinds_in(answer.content.decode(), scene) == set()


def test_when_the_journal_fails_nothing_is_printed(scene, monkeypatch):
    def full(*line, **more):
        raise OSError("disk full")

    monkeypatch.setattr(prints_page, "write", full)

    answer = scene.browsers["town_clerk home"].get(f"/desk/cases/{scene.case.pk}/print/F09.pdf")

    assert (answer.status_code, answer.content[:4] == b"%PDF") == (500, False)
