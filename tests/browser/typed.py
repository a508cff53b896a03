"""What people type along a journey: every field that was filled by hand, page by page, counted."""

import csv
import re
from collections import Counter
from pathlib import Path

from playwright.sync_api import BrowserContext

KEPT = Path(__file__).parent / "fields"
WATCH = """
document.addEventListener("submit", (event) => {
  const typed = (field) =>
    field.type === "checkbox" || field.type === "radio" ? field.checked && !field.defaultChecked
    : field.type === "file" ? field.files.length > 0
    : field.tagName === "SELECT"
      ? Array.from(field.options).some((o) => o.selected && !o.defaultSelected && o.value)
    : field.value !== field.defaultValue;
  const names = Array.from(event.target.elements)
    .filter((f) => f.name && !["hidden", "submit", "button"].includes(f.type) && typed(f))
    .map((f) => f.name);
  if (event.submitter && event.submitter.name) names.push(event.submitter.name);
  if (names.length) window.doudiTyped(location.pathname, Array.from(new Set(names)));
}, true);
"""
IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{6,12}")
# Forms of one page that stand for several things bear a part of the thing's id before the name.
ONE_OF_MANY = re.compile(r"^[0-9a-f]{8}-")
SECRETS = re.compile(r"(?<=/sign/)[^/]+|(?<=/q/)[^/]+|(?<=/help-now/)[\w-]{12,}")
# Signing in and moving the demonstration's clock are no part of a journey.
ASIDE = ("/sign-in/", "/demo/", "/account/")


class Typed:
    """Counts (page, field) over all the tabs of a journey."""

    def __init__(self) -> None:
        self.counted: Counter[tuple[str, str]] = Counter()

    def watch(self, context: BrowserContext) -> None:
        """Every page of this context is watched from now on."""
        context.expose_function("doudiTyped", self._note)
        context.add_init_script(WATCH)

    def _note(self, path: str, names: list[str]) -> None:
        if not path.startswith(ASIDE):
            page = SECRETS.sub("…", IDS.sub("…", path))
            self.counted.update((page, ONE_OF_MANY.sub("…-", name)) for name in names)

    def rows(self) -> list[list[str]]:
        """Page, field and how often, in the order of pages."""
        return [[page, name, str(n)] for (page, name), n in sorted(self.counted.items())]


def kept(journey: str) -> list[list[str]]:
    """What was counted when the list was last written."""
    path = KEPT / f"{journey}.csv"
    return list(csv.reader(path.open(encoding="utf-8"))) if path.exists() else []


def keep(journey: str, rows: list[list[str]]) -> None:
    """Writes the list of a journey."""
    KEPT.mkdir(exist_ok=True)
    with (KEPT / f"{journey}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
