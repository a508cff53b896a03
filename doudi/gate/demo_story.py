"""The Ren family as a visitor may type it: left in the home folder by the demo's builder."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings


def ren() -> dict[str, Any] | None:
    """The declaration of the family that has not applied yet; None on an empty demo."""
    path = Path(settings.DOUDI_HOME) / "stories.json"
    if not path.exists():
        return None
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["ren"]
    return found
