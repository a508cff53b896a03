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
MISSING, STALE = "missing", "stale"
PERSON, MACHINE = "person", "machine"


@dataclass(frozen=True)
class Recording:
    """One reading of a text: the file, the words it holds for, who read it and when."""

    file: str
    sha256: str
    by: str
    reader: str
    on: str

    def line(self) -> str:
        """As it stands in the manifest."""
        return (
            f"{{file: {self.file}, sha256: {self.sha256}, by: {self.by}, "
            f"reader: {self.reader}, on: {self.on}}}"
        )


@dataclass(frozen=True)
class Spoken:
    """A text as it is to be read; `state`: by whom it is recorded, or missing, or stale."""

    key: str
    text: str
    state: str

    @property
    def sha256(self) -> str:
        """Of the text: a recording holds for exactly these words and figures."""
        return digest(self.text)

    def says(self, recording: Recording) -> bool:
        """Whether the recording holds these words."""
        return recording.sha256 == self.sha256


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


def recording(key: str, text: str = "") -> Recording | None:
    """The recording of a fixed text, or of `text` read as `key`: a person's before the machine's.

    A recording of other words or older figures does not count.
    """
    wanted = digest(text or fixed_texts().get(key, ""))
    fitting = [one for one in recordings(key) if one.sha256 == wanted]
    return min(fitting, key=lambda one: one.by == MACHINE, default=None)


def address(found: Recording) -> str:
    """Where the phone fetches it, once its button is pressed."""
    return static(f"{FOLDER}/{found.file}")


def recordings(key: str) -> list[Recording]:
    """Every recording of a text that is there, of whatever words."""
    entries = [Recording(**entry) for entry in _manifest().get(key, [])]
    return [one for one in entries if finders.find(f"{FOLDER}/{one.file}")]


def manifest_file() -> Path:
    """The pack's list of recordings."""
    return settings.DOUDI_PACK_DIR / "texts" / "recordings" / "manifest.yaml"


def _state(key: str, text: str) -> str:
    if found := recording(key, text):
        return found.by
    return STALE if recordings(key) else MISSING


def _manifest() -> Mapping[str, Any]:
    return _read(manifest_file())


@cache
def _read(path: Path) -> Mapping[str, Any]:
    return dict(yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader) or {})  # noqa: S506
