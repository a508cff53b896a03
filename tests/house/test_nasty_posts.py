"""Whatever is posted to whatever address, the answer is clean: no 5xx (P17).

Until there is a machine interface with a schema, this takes its place: every address that takes a
POST, with every field name that any form knows, filled with what breaks programs. The actor is one
who may post there, so that the guard does not hide the form.
"""

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
LONG = "长" * 20_000
# One nasty value for all fields at once; each is tried at every address.
NASTY = {
    "empty": "",
    "nul": "a\x00b",
    "surrogate": "\ud83d",
    "long": LONG,
    "huge": "9" * 400,
    "minus": "-1",
    "float": "1e309",
    "date": "9999-12-31",
    "zero": "0000-00-00",
    "uuid": "00000000-0000-0000-0000-000000000000",
    "json": '{"a": [1, {"b": null}]}',
    "format": "%s%n{0}{a.__class__}",
}
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


def answers(scene: Scene, route, row, values: dict[str, object]) -> list[int]:
    """The status of a form with a value in all fields; nothing that was done stays."""
    path, who = address(route, row["with"].split(), scene), allowed(row)
    browser = scene.browsers[who]
    cookies, statuses = browser.cookies.copy(), []
    for value in values.values():
        with transaction.atomic():
            sent = browser.post(path, dict.fromkeys(names_known(), value))
            transaction.set_rollback(True)
        browser.cookies = cookies.copy()
        cache.clear()
        statuses.append(sent.status_code)
    return statuses


@pytest.mark.parametrize("kind", sorted(NASTY))
def test_no_nasty_value_breaks_an_address(kind, scene):
    broken = [
        route.path
        for route, row in POSTS
        if max(answers(scene, route, row, {kind: NASTY[kind]})) >= 500
    ]

    assert (len(POSTS) > 100, broken) == (True, [])


@pytest.mark.parametrize("kind", ["several", "upload", "broken", "text"])
def test_no_nasty_shape_breaks_an_address(kind, scene):
    fields = names_known()
    shapes = {
        "several": lambda: {"data": {name: ["1", "2", ""] for name in fields}},
        "upload": lambda: {
            "data": {n: SimpleUploadedFile("../../x.html", b"<script>") for n in fields[:30]}
        },
        "broken": lambda: {
            "data": b"--x\r\nContent-Disposition: form-data",
            "content_type": "multipart/form-data; boundary=x",
        },
        "text": lambda: {"data": b"\xff\xfe{]", "content_type": "application/json"},
    }

    broken = []
    for route, row in POSTS:
        browser = scene.browsers[allowed(row)]
        cookies = browser.cookies.copy()
        with transaction.atomic():
            sent = browser.post(address(route, row["with"].split(), scene), **shapes[kind]())
            transaction.set_rollback(True)
        browser.cookies = cookies
        cache.clear()
        if sent.status_code >= 500:
            broken.append(route.path)

    assert broken == []


def test_the_nasty_values_reach_the_forms(scene):
    assert len(names_known()) > 150
    assert settings.DATA_UPLOAD_MAX_NUMBER_FIELDS > len(names_known())
    route, row = next((r, w) for r, w in POSTS if r.name == "desk:urge")
    assert answers(scene, route, row, {"empty": ""}) == [422]
