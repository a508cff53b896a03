"""Forms that are set from a field list of the pack (`forms/fNN.yaml`): list in, Form out.

The list that sets the paper is the list of what a caller may fill: one cannot forget the other.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from doudi.paper.fields import CASE_NUMBER, Field, Form

# The reference pack: another city may leave fields out or move them; what no caller fills stays
# empty there.
FOLDER = Path(__file__).resolve().parent.parent / "packs" / "hanzhong" / "forms"
LISTED = (
    *("f01", "f03", "f05", "f06", "f07a", "f07b", "f07c", "f08c", "f08d"),
    *("f10", "f11", "f15", "f17", "f18", "f19", "f27"),
)
Json = Mapping[str, Any]


class _Loader(yaml.SafeLoader):
    """YAML in which only true and false are truth values, as typst reads it: `on` is a day."""


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, re.compile("(?:true|false)$") if tag.endswith(":bool") else known)
        for tag, known in resolvers
        if not tag.endswith((":timestamp", ":bool")) or first in "tf"
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _read(name: str) -> dict[str, Any]:
    return dict(_Loader((FOLDER / name).read_text("utf-8")).get_single_data())


@cache
def layout(template: str) -> dict[str, Any]:
    """The field list of a template."""
    return _read(f"{template}.yaml")


@cache
def examples() -> dict[str, Any]:
    """The made-up households and letters that the examples show, by form."""
    return _read("examples.yaml")


def listed_form(template: str) -> Form:
    """The form of a field list, with its example."""
    spec = layout(template)
    sample = {"demo": True, **examples()[spec["code"]]}
    return Form(spec["code"], template, spec["title"], spec["title_en"], _fields(spec), sample)


def entries(spec: Json) -> Iterator[tuple[str, Json]]:
    """Every entry in the order of the paper, with the path of its table, if it has one."""
    for entry in spec.get("head", ()):
        yield "", entry
    for part in spec["parts"]:
        for entry in part.get("columns", ()):
            yield part["rows"], entry
        for entry in (*part.get("cells", ()), *part.get("signs", ())):
            yield "", entry


def _fields(spec: Json) -> dict[str, Field]:
    """Paths as fields: `applicant.name` is the part `name` of the group `applicant`."""
    about: dict[str, str] = {}
    parts: dict[str, dict[str, str]] = {}
    needed = {"case_number"} & {e.get("at") for _, e in entries(spec) if e.get("need")}
    for table, entry in entries(spec):
        for path, words in _paths(entry):
            whole = f"{table}.{path}" if table else path
            name, _, inner = whole.partition(".")
            about.setdefault(name, words)
            if inner:
                parts.setdefault(name, {})[inner.split(".")[0]] = words
            if entry.get("need") and path == entry.get("at"):
                needed.add(name)
    office = {"office": "机关"} if spec.get("office") else {}
    return {
        name: Field(words, name in needed, parts.get(name, {}))
        for name, words in (office | about).items()
    } | (CASE_NUMBER if "case_number" in needed else {})


def _paths(entry: Json) -> Iterator[tuple[str, str]]:
    """The paths that an entry prints, each with its words."""
    words = str(entry.get("label") or entry.get("opinion") or "").replace("|", "")
    for key in ("at", "more", "on"):
        if isinstance(entry.get(key), str):
            yield entry[key], words
