"""The text that is signed, as the pack holds it."""

from functools import cache
from pathlib import Path

from django.conf import settings


def authorisation(language: str) -> list[str]:
    """The clauses of the authorisation in the page's language, one a line."""
    name = "en" if language.startswith("en") else "zh"
    return _clauses(settings.DOUDI_PACK_DIR / "texts" / f"authorisation.{name}.md")


@cache
def _clauses(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.partition(". ")[2] for line in lines if line[:1].isdigit()]
