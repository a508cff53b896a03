"""The pack's result codes and the words of its signals."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from doudi.discrepancies.flow import NO, YES, Result, kind_of


@cache
def _read(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def _pack(name: str) -> dict[str, Any]:
    return _read(Path(settings.DOUDI_PACK_DIR) / "signals" / name)


def results() -> dict[str, Result]:
    """Every way to close a signal, by code."""
    entries = _pack("results.yaml")["results"]
    return {code: Result(code, **entry) for code, entry in entries.items()}


def results_for(signal: str) -> dict[str, Result]:
    """Those that fit a signal of its kind."""
    return {c: r for c, r in results().items() if kind_of(signal) in r.fits}


def signals() -> dict[str, Any]:
    """The signals of today's pack: words, whether they could stop money, days to look."""
    return dict(_pack("definitions.yaml")["signals"])


def words_of(signal: str, language: str = "zh") -> str:
    """What a signal says; its code where the pack has dropped it since."""
    return str(signals().get(signal, {}).get(language, signal))


def days_of(signal: str) -> int:
    """Working days in which somebody looks; the longest where the pack has dropped it."""
    about = signals()
    return int(about[signal]["days"] if signal in about else max(s["days"] for s in about.values()))


def stops(signal: str) -> bool:
    """Whether the signal could lead to less money, by a person."""
    return bool(signals().get(signal, {}).get("stops"))


def is_settled(code: str) -> bool:
    """Whether a result says that the rule was right or wrong; 联系不上 says neither."""
    found = results().get(code)
    return found is not None and found.confirms in (YES, NO)
