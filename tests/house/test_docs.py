"""Generated pages are what the code says; told pages name files that exist."""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_reference_pages_are_what_the_code_says():
    script = "import docs.generate as g, json, sys; json.dump(g.pages(), sys.stdout)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )

    pages = json.loads(done.stdout)
    stale = [
        name
        for name, text in pages.items()
        if (ROOT / "docs" / "reference" / name).read_text() != text
    ]

    assert stale == [], "run `make docs`"


def test_the_journeys_and_the_house_name_files_that_exist():
    told = [ROOT / "HOUSE.md", *(ROOT / "docs" / "journeys").glob("*.md")]

    missing = [
        f"{page.name}: {name}"
        for page in told
        for name in re.findall(r"`((?:doudi|tests|docs)/[\w/.]+)`", page.read_text())
        if not (ROOT / name.rstrip("/")).exists()
    ]

    assert missing == []


def test_every_setting_of_the_environment_is_explained():
    names = set(re.findall(r"\"(DOUDI_[A-Z_]+)\"", (ROOT / "config" / "env.py").read_text()))

    explained = (ROOT / "docs" / "reference" / "settings.md").read_text()

    assert [name for name in sorted(names) if name not in explained] == []


def test_every_page_that_the_readme_links_exists():
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / "README.md").read_text())
    links += re.findall(r"\]\(([^)#:]+)\)", (ROOT / "README.zh.md").read_text())

    assert [link for link in links if not (ROOT / link).exists()] == []
