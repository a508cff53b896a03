"""Recorded fixed texts for phones without a Chinese voice: which there are, and which are stale."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static

from doudi.portal.cards import Card, cards

FOLDER = "ui/sound"
MISSING, STALE, RECORDED = "missing", "stale", "recorded"


@dataclass(frozen=True)
class Spoken:
    """A text as it is to be read, with the state of its recording."""

    key: str
    text: str
    state: str

    @property
    def sha256(self) -> str:
        """Of the text: a recording holds for exactly these words and figures."""
        return digest(self.text)


def digest(text: str) -> str:
    """SHA-256 of the text."""
    return hashlib.sha256(text.encode()).hexdigest()


def spoken_card(card: Card) -> str:
    """A card as it is read aloud."""
    return "。".join(part.rstrip("。") for part in (card.title, *card.sentences)) + "。"


def fixed_texts() -> Mapping[str, str]:
    """The pack's fixed texts by id."""
    return _read(settings.DOUDI_PACK_DIR / "texts" / "spoken.yaml")


def all_spoken(on: dt.date) -> list[Spoken]:
    """Every text that may be recorded, with the figures of a day."""
    read = {f"card-{card.key}": spoken_card(card) for card in cards("zh", on)}
    texts = {**fixed_texts(), **read}
    return [Spoken(key, text, _state(key, text)) for key, text in texts.items()]


def sound(key: str, text: str = "") -> str:
    """Address of the recording of a fixed text, or of `text` read as `key`; "" without one.

    A recording of other words or older figures does not count.
    """
    words = text or fixed_texts().get(key, "")
    if _state(key, words) != RECORDED:
        return ""
    return static(f"{FOLDER}/{_manifest()[key]['file']}")


def _state(key: str, text: str) -> str:
    entry = _manifest().get(key)
    if not entry or not finders.find(f"{FOLDER}/{entry['file']}"):
        return MISSING
    return RECORDED if entry["sha256"] == digest(text) else STALE


def _manifest() -> Mapping[str, Any]:
    return _read(settings.DOUDI_PACK_DIR / "texts" / "recordings" / "manifest.yaml")


@cache
def _read(path: Path) -> Mapping[str, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")) or {})
