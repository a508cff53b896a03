"""Every address answers with the same hardening, whatever it answers (P16)."""

import pytest

from doudi.ui.access import registry

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
