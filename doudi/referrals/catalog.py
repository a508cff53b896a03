"""The departments of the pack to which a household can be handed on."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings


@dataclass(frozen=True)
class Department:
    """One of them: its key, its office, what it gives, its clause, and what suggests it."""

    key: str
    office: str
    office_en: str
    zh: str
    en: str
    clause: tuple[str, str]
    grounds: tuple[str, ...]

    def words(self, language: str) -> tuple[str, str]:
        """Its office and what it gives, in Chinese or English."""
        english = language.startswith("en")
        return (self.office_en, self.en) if english else (self.office, self.zh)


def departments() -> tuple[Department, ...]:
    """All in the order of the pack."""
    return _read(Path(settings.DOUDI_PACK_DIR) / "catalog")


def department(key: str) -> Department | None:
    """One of them; None for an unknown key."""
    return next((d for d in departments() if d.key == key), None)


@cache
def _read(folder: Path) -> tuple[Department, ...]:
    agencies = yaml.safe_load((folder / "agencies.yaml").read_text(encoding="utf-8"))
    entries = yaml.safe_load((folder / "referrals.yaml").read_text(encoding="utf-8"))
    return tuple(
        Department(
            key,
            agencies[entry["agency"]]["zh"],
            agencies[entry["agency"]]["en"],
            entry["zh"],
            entry["en"],
            (entry["document"], entry["article"]),
            tuple(entry["grounds"]),
        )
        for key, entry in entries.items()
    )
