"""Everything recorded with a call for help, by one query, however long its story is."""

from collections.abc import Mapping
from operator import attrgetter
from typing import Any

from django.db import models

from doudi.cases.parts import as_json, built
from doudi.urgent.models import (
    Advance,
    FollowUp,
    HelpCall,
    HelpStep,
    HelpVisit,
    Paper,
    Ringing,
)

# Table -> how it belongs to a call, and the order in which it is told.
KINDS: dict[type[models.Model], tuple[str, tuple[str, ...]]] = {
    HelpStep: ("call", ("at", "order")),
    Ringing: ("call", ("asked_at", "round")),
    HelpVisit: ("call", ("visited_at",)),
    Advance: ("call", ("at",)),
    Paper: ("advance__call", ("order",)),
    FollowUp: ("call", ("due_on", "kind")),
}
Parts = Mapping[str, list[Any]]


def parts_of(call: HelpCall) -> Parts:
    """The rows of every table of KINDS that belong to the call, each in its order."""
    first, *others = (
        as_json(kind, kind._default_manager.filter(**{whose: call}))
        for kind, (whose, _order) in KINDS.items()
    )
    by_name = {kind.__name__: kind for kind in KINDS}
    found: dict[str, list[Any]] = {name: [] for name in by_name}
    for name, row in first.union(*others, all=True):
        found[name].append(built(by_name[name], row))
    return {
        name: sorted(rows, key=attrgetter(*KINDS[by_name[name]][1])) for name, rows in found.items()
    }
