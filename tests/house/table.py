"""Reads `matrix.csv`: who may open which address, and the address with real objects in it."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from doudi.accounts.permissions import Role
from doudi.ui.access import Route, registry
from tests.house.scene import PLACES, Scene, level_of

ROWS = list(csv.DictReader((Path(__file__).parent / "matrix.csv").open()))
PLACEHOLDER = re.compile(r"<(\w+):(\w+)>")
FREE = {"verb", "key", "number", "which", "code", "form"}
METHODS = ("GET", "POST")


def holes(route: Route) -> list[str]:
    """The placeholders that a row must fill."""
    return [name for _kind, name in PLACEHOLDER.findall(route.path) if name in FREE]


def rows_of(route: Route) -> list[dict[str, str]]:
    """The rows of the table that speak of a route."""
    wanted = len(holes(route))
    return [r for r in ROWS if r["route"] == route.name and len(r["with"].split()) == wanted]


def methods_of(route: Route) -> set[str]:
    """Of the methods that are tried, those the route takes."""
    return {m for m in METHODS if m in route.methods}


def address(route: Route, words: list[str], scene: Scene) -> str:
    """The path with real objects in it."""
    given = dict(zip(holes(route), words, strict=True))
    door = route.name.partition(":")[2].partition("_")[0]

    def fill(match: re.Match[str]) -> str:
        name = match[2]
        own = scene.known.get(f"{route.name.partition(':')[2]} {name}")
        return given.get(name) or own or scene.known.get(name) or scene.known[f"{door} {name}"]

    return PLACEHOLDER.sub(fill, route.path)


def expected(row: dict[str, str]) -> dict[str, str]:
    """Actor -> what the table says; the last word of a cell holds for every farther place.

    The last cell written in a line holds for the posts that follow: they came later.
    Where somebody works can matter only behind a guard for officers: elsewhere one place is enough.
    """
    told = {who: row[who] for who in ("anonymous", "owner", "stranger")}
    cell = ""
    for role in Role:
        cell = row[role.value] or cell
        words = cell.split("/")
        places = list(PLACES[level_of(role)])[: None if row["guard"] == "officer" else 1]
        for place, where in enumerate(places):
            told[f"{role.value} {where}"] = words[min(place, len(words) - 1)]
    return told


def open_to(who: str, scene: Scene, *, guards: tuple[str, ...]) -> Iterator[str]:
    """The addresses behind these guards that the table lets an actor read."""
    for route in registry():
        for row in rows_of(route):
            reads = "GET" in row["methods"] and expected(row)[who] == "ok"
            if reads and row["guard"] in guards:
                yield address(route, row["with"].split(), scene)
