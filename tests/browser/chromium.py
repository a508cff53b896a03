"""Which Chromium the journeys use: Debian's headless shell, or Chromium itself."""

import os
import shutil

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def installed() -> str | None:
    """Its path: what DOUDI_TEST_CHROMIUM names, or the first that is installed."""
    named = os.environ.get("DOUDI_TEST_CHROMIUM")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)
