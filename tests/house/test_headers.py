"""Every address answers with the same hardening, whatever it answers (P16)."""

import pytest

from doudi.ui.access import registry
from tests.house.table import address, expected, rows_of

EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ROUTES = [route for route in registry() if "<" not in route.path]


@pytest.mark.django_db
@pytest.mark.parametrize("route", ROUTES, ids=lambda r: r.path)
def test_every_address_carries_the_headers(route, client, city):
    answer = client.get(route.path)

    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert {name: answer.headers.get(name) for name in EXPECTED} == EXPECTED


STRICT = ("script-src 'self'", "default-src 'none'")  # an uploaded paper may load nothing at all


@pytest.mark.django_db
def test_every_address_with_real_objects_in_it_carries_the_headers(scene):
    """As the first one sees it whom the table lets in."""
    bare = []
    for route in registry():
        for row in rows_of(route):
            told = expected(row)
            who = next((who for who, word in told.items() if word == "ok"), "anonymous")
            answer = scene.browsers[who].get(address(route, row["with"].split(), scene))
            policy = answer.headers.get("Content-Security-Policy", "")
            kept = {name: answer.headers.get(name) for name in EXPECTED}
            if not any(words in policy for words in STRICT) or kept != EXPECTED:
                bare.append((route.path, who))

    assert bare == []
