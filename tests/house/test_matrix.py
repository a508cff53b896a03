"""Every address, every method, every post at home and elsewhere: as `matrix.csv` says (P6, F).

The table is the second source: it is written from what the posts mean, not from the code.
"""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import resolve

from doudi.cases import file as cases_file
from doudi.cases.models import Case
from doudi.desk.views import case as case_page
from doudi.ui import access, refusals
from doudi.ui.access import Guard, Route, registry
from tests.house.scene import Scene
from tests.house.table import METHODS, ROWS, address, expected, holes, methods_of, rows_of

pytestmark = pytest.mark.django_db
DOORS = ("/sign-in/", "/track/sign-in/")
OK = {200, 302, 409, 422}
VILLAGE = "610702008001"
MOST_QUERIES = 12  # a page (house.md); papers, tables and figures for machines are no pages


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal's page is looked at elsewhere; here its number counts, 10,000 times."""
    for module in (access, refusals):
        monkeypatch.setattr(
            module, "page_for", lambda _request, status, _error=None: HttpResponse(status=status)
        )


class Asked:
    """What a request asks the database."""

    def __init__(self) -> None:
        self.queries: list[str] = []

    def __call__(self, execute: Any, sql: str, *rest: Any) -> Any:
        self.queries.append(sql)
        return execute(sql, *rest)


def answered(scene: Scene, who: str, method: str, path: str, data: dict[str, str]) -> str:
    """ok, in (sent to a sign-in), or the status; nothing that was done stays.

    A page that asks more than MOST_QUERIES is not ok.
    """
    browser = scene.browsers[who]
    cookies = browser.cookies.copy()
    asked = Asked()
    with transaction.atomic():
        with connection.execute_wrapper(asked):
            answer = browser.generic(method, path) if method == "GET" else browser.post(path, data)
        transaction.set_rollback(True)
    queries = [sql for sql in asked.queries if not sql.startswith(("SAVEPOINT", "RELEASE"))]
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    if method == "GET" and is_page and len(queries) > MOST_QUERIES:
        return f"{len(queries)} queries"
    browser.cookies = cookies
    cache.clear()
    if answer.status_code == 302 and answer["Location"].partition("?")[0] in DOORS:
        return "in"
    return "ok" if answer.status_code in OK else str(answer.status_code)


def data_of(route: Route, scene: Scene) -> dict[str, str]:
    """What a POST needs to name its object; else one unknown field, so that forms are bound."""
    return {
        "portal:apply_submit": {"draft": scene.known["draft"]},
        "portal:apply_place": {"code": VILLAGE},
    }.get(route.name, {"nothing": "1"})


TRIED = [
    pytest.param(route, row, method, id=f"{method} {route.name} {row['with']}".strip())
    for route in registry()
    for row in rows_of(route)
    for method in row["methods"].split()
]
CLOSED = [
    pytest.param(route, method, id=f"{method} {route.path}")
    for route in registry()
    for method in METHODS
    if method not in methods_of(route)
]


@pytest.mark.parametrize(("route", "row", "method"), TRIED)
def test_every_actor_gets_what_the_table_says(route, row, method, scene):
    path, data = address(route, row["with"].split(), scene), data_of(route, scene)

    told = expected(row)
    got = {who: answered(scene, who, method, path, data) for who in told}

    assert {w: (told[w], got[w]) for w in told if told[w] != got[w]} == {}


@pytest.mark.parametrize(("route", "method"), CLOSED)
def test_a_method_that_is_not_offered_does_nothing_for_anybody(route, method, scene):
    words = next((row["with"].split() for row in rows_of(route)), ["x"] * len(holes(route)))
    path = address(route, words, scene)

    # Elsewhere means another region's things: the answer to a method asks for no thing.
    people = [who for who in scene.browsers if " " not in who or who.endswith(" home")]

    got = {who: answered(scene, who, method, path, {"nothing": "1"}) for who in people}

    assert set(got.values()) <= {"405", "403", "404", "in"}


def test_every_address_stands_in_the_table_with_its_guard_and_its_methods():
    routes = registry()

    told = {
        (r.path, row["guard"], row["right"], frozenset(row["methods"].split()))
        for r in routes
        for row in rows_of(r)
    }
    methods = {(r.path, method) for r in routes for method in methods_of(r)}

    assert {(path, m) for path, _guard, _right, ms in told for m in ms} == methods
    assert {(path, guard, right) for path, guard, right, _ms in told} == {
        (r.path, r.guard.kind, r.guard.right) for r in routes if r.guard
    }


def test_every_line_of_the_table_speaks_of_an_address():
    spoken = [id(row) for route in registry() for row in rows_of(route)]

    assert [row["route"] for row in ROWS if id(row) not in spoken] == []


def test_a_view_without_a_mark_would_be_missing_from_the_table():
    unmarked = [route.path for route in registry() if route.guard is None]

    assert unmarked == []


def test_a_loosened_guard_is_found(scene, monkeypatch):
    route = next(r for r in registry() if r.name == "desk:staff_add")
    monkeypatch.setattr(resolve(route.path).func, "guard", Guard("officer", "staff.view"))

    got = answered(scene, "auditor home", "GET", route.path, {})

    assert (expected(rows_of(route)[0])["auditor home"], got) == ("403", "ok")


def test_a_scope_that_is_forgotten_is_found(scene, monkeypatch):
    route = next(r for r in registry() if r.name == "desk:case")
    monkeypatch.setattr(cases_file, "visible", lambda staff: Case.objects.all())
    monkeypatch.setattr(cases_file, "require", lambda *right: None)
    monkeypatch.setattr(case_page, "may", lambda *right: True)

    got = answered(scene, "town_clerk sibling", "GET", address(route, [], scene), {})

    assert (expected(rows_of(route)[0])["town_clerk sibling"], got) == ("404", "ok")
