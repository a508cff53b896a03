"""Asks axe-core what a blind or weak-sighted person would stumble over."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

# Only what is wrong is told in full: what is right is not gathered, at half the price.
ASKED = "async () => (await axe.run({resultTypes: ['violations']})).violations"
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()


def violations(page: Page) -> list[str]:
    """Rule and first place of each violation on the page as it stands."""
    page.wait_for_load_state()  # a page on its way to the next one has no document to ask
    # evaluate() runs past the page's content policy, which allows no foreign script.
    page.evaluate(AXE + "; null")
    found: list[dict[str, Any]] = page.evaluate(ASKED)
    return [f"{page.url}: {v['id']} at {v['nodes'][0]['target']}" for v in found]
