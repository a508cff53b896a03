"""Whatever is posted to whatever address, the answer is clean: no 5xx (P17).

Until there is a machine interface with a schema, this takes its place: every address that takes a
POST, with every field name that any form knows, filled with what breaks programs. The actor is one
who may post there, so that the guard does not hide the form.
"""

import os
from collections.abc import Iterator

import pytest
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from doudi.ui.access import registry
from tests.house.scene import Scene
from tests.house.table import address, expected, rows_of

pytestmark = pytest.mark.django_db
# By turns each field gets each of them; the ordinary run takes two of the twelve turns and one of
# the three shapes, `make promises` (DOUDI_LONG) all.
NASTY = (
    "",
    "a\x00b",
    "长" * 5_000,
    "9" * 400,
    "-1",
    "1e309",
    "9999-12-31",
    "0000-00-00",
    "00000000-0000-0000-0000-000000000000",
    '{"a": [1, {"b": null}]}',
    "%s%n{0}{a.__class__}",
    "<b>\u202e'\"--",
)
IS_LONG = bool(os.environ.get("DOUDI_LONG"))
TURNS = range(0, len(NASTY), 1 if IS_LONG else 6)
MORE = {"version", "consent", "draft", "code", "q", "seed", "part", "stroke", "next", "month"}


def names_known() -> list[str]:
    """The fields of every form of the house, and a few that templates carry themselves."""
    found, left = set(MORE), [forms.Form]
    while left:
        kind = left.pop()
        left += kind.__subclasses__()
        if kind.__module__.startswith("doudi."):
            found |= set(getattr(kind, "base_fields", {}))
    return sorted(found)


def posts() -> Iterator[tuple[object, dict[str, str]]]:
    """Every row of the table that takes a POST."""
    for route in registry():
        for row in rows_of(route):
            if "POST" in row["methods"].split():
                yield route, row


def allowed(row: dict[str, str]) -> str:
    """Somebody whom the table lets in; anybody where it lets nobody."""
    told = expected(row)
    return next((who for who, word in told.items() if word == "ok"), "anonymous")


POSTS = list(posts())


def answer(scene: Scene, route, row, **sent: object) -> int:
    """The status; nothing that was done stays."""
    browser = scene.browsers[allowed(row)]
    cookies = browser.cookies.copy()
    with transaction.atomic():
        got = browser.post(address(route, row["with"].split(), scene), **sent)
        transaction.set_rollback(True)
    browser.cookies = cookies
    cache.clear()
    return got.status_code


def broken(scene: Scene, **sent: object) -> list[str]:
    """The addresses that answer with 5xx."""
    return [route.path for route, row in POSTS if answer(scene, route, row, **sent) >= 500]


def filled(turn: int) -> dict[str, str]:
    """Every field with one of the nasty values."""
    return {name: NASTY[(n + turn) % len(NASTY)] for n, name in enumerate(names_known())}


@pytest.mark.parametrize("turn", TURNS)
def test_no_nasty_value_breaks_an_address(turn, scene):
    assert broken(scene, data=filled(turn)) == []


FORM = "application/x-www-form-urlencoded"
RAW = {
    "torn": (b"--x\r\nContent-Disposition: form-data", "multipart/form-data; boundary=x"),
    "surrogates": (b"name=%ED%A0%BD&text=%FF&code=%ED%A0%BD", FORM),
}


@pytest.mark.parametrize("shape", RAW if IS_LONG else ["surrogates"])
def test_no_nasty_bytes_break_an_address(shape, scene):
    content, kind = RAW[shape]

    assert broken(scene, data=content, content_type=kind) == []


@pytest.mark.skipif(not IS_LONG, reason="in `make promises`")
def test_a_file_where_words_belong_breaks_no_address(scene):
    def files() -> dict[str, SimpleUploadedFile]:
        return {n: SimpleUploadedFile("../../x.html", b"<script>") for n in names_known()[::3]}

    found = [route.path for route, row in POSTS if answer(scene, route, row, data=files()) >= 500]

    assert found == []


def test_the_nasty_values_reach_the_forms(scene):
    route, row = next((r, w) for r, w in POSTS if r.name == "desk:draw_sample")

    assert len(POSTS) > 100
    assert 150 < len(names_known()) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    assert answer(scene, route, row, data={"month": ""}) == 422
