"""The rules of doubt in the pack: name, formula and limits."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

Rules = dict[str, dict[str, Any]]


def doubt_rules() -> Rules:
    """All in the order of the pack."""
    return _read(Path(settings.DOUDI_PACK_DIR) / "signals" / "doubts.yaml")


def rule_name(rule: str, language: str) -> str:
    """A rule's name in Chinese or English; the key itself for one that the pack no longer has."""
    told = doubt_rules().get(rule, {})
    return str(told.get("name_en" if language.startswith("en") else "name", rule))


@cache
def _read(path: Path) -> Rules:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8"))["rules"])
