"""The pack's catalogue of whom one asks by letter: banks and other provinces."""

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from doudi.policy.pack import load_pack


@cache
def _read(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def _all() -> dict[str, Any]:
    return _read(Path(settings.DOUDI_PACK_DIR) / "catalog" / "outside.yaml")


def kinds() -> dict[str, Any]:
    """The kinds of bodies with their items, by code."""
    return dict(_all()["kinds"])


def items_of(kind: str) -> dict[str, Any]:
    """What such a body can be asked for; KeyError for an unknown kind."""
    return dict(kinds()[kind]["items"])


def covers(text_version: str) -> bool:
    """Whether an authorisation of this text names these bodies."""
    return text_version in {str(version) for version in _all()["under"]}


def due(kind: str, on: dt.date) -> dt.date:
    """By when such a body is to answer."""
    book = load_pack(settings.DOUDI_PACK_DIR).book
    return on + dt.timedelta(days=book.general(kinds()[kind]["days"], on))
