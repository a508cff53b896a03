"""The pack's cycles: when an item is due."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from doudi.departments.flow import Cycle


@cache
def _read(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def cycle(name: str) -> Cycle:
    """One cycle of the pack; KeyError for an unknown one."""
    entry = dict(_read(Path(settings.DOUDI_PACK_DIR) / "catalog" / "cycles.yaml")[name])
    entry.pop("confidence")
    return Cycle(zh=name, first=entry.pop("from", 1), **entry)
