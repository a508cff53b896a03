"""The demo city behind a real server, and a phone and a desk in front of it."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.axe import violations
from tests.browser.chromium import installed
from tests.browser.resident import prove_phone
from tests.browser.typed import Typed, keep, kept
from tests.crash.empty import home_of, migrated, once
from tests.crash.harness import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 45_000  # milliseconds: two cores carry four workers, their servers and their browsers
expect.set_options(timeout=20_000)
IMAGES = ROOT / "docs" / "images"
PICTURES = os.environ.get("DOUDI_PICTURES") == "1"
CHROMIUM = installed() or ""
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser these tests are skipped, and the suite's last lines say so."""
    if CHROMIUM:
        return
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


DOUDI = [sys.executable, "-m", "doudi.commands.main"]


@pytest.fixture(scope="session")
def city_home() -> Path:
    """A demo city, built once for all workers; nobody lives in it."""
    return once("city", _build_city)


def _build_city(built: Path) -> None:
    shutil.copy(migrated(), built)
    words = [*DOUDI, "demo", "--scale", "0.001"]
    subprocess.run(words, cwd=ROOT, env=home_of(built), check=True, timeout=170)


@pytest.fixture(scope="package")
def served(city_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A copy of the city, served as `make run` serves it: its folder and its base address."""
    home = shutil.copytree(city_home, tmp_path_factory.mktemp("home") / "home")
    port = free_port()
    environment = home_of(home) | {"PORT": str(port), "DOUDI_WEB_WORKERS": "1"}
    log = (home / "serve.log").open("wb")
    server = subprocess.Popen(
        [*DOUDI, "serve", "--port", str(port)], cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    base = f"http://127.0.0.1:{port}"
    try:
        _wait(base, server, home / "serve.log")
        yield home, base
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="module")
def home(served: tuple[Path, str], city_home: Path) -> Path:
    """The folder of the served city; at the start of each file it is as it was built."""
    _put_back(served[0], city_home)
    return served[0]


STAYS = {"doudi.sqlite3", "doudi.sqlite3-wal", "doudi.sqlite3-shm", "serve.log", "static"}


def _put_back(home: Path, built: Path) -> None:
    """The whole database in one transaction, under the running house; then its files.

    Files last: heads of the journal that the house signed a moment before would lie outside.
    """
    with (
        closing(sqlite3.connect(built / "doudi.sqlite3")) as source,
        closing(sqlite3.connect(home / "doudi.sqlite3", timeout=30)) as target,
    ):
        source.backup(target)
    for path in home.iterdir():
        if path.name in STAYS:
            continue
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    wanted = shutil.ignore_patterns(*STAYS)
    shutil.copytree(built, home, ignore=wanted, dirs_exist_ok=True)


@pytest.fixture(scope="module")
def house(home: Path, served: tuple[Path, str]) -> str:
    """The base address of the city."""
    return served[1]


def _wait(base: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(1200):
        if server.poll() is not None:
            raise RuntimeError(log.read_text()[-2000:])
        try:
            with urllib.request.urlopen(f"{base}/readyz", timeout=1):  # noqa: S310  our own server
                return
        except OSError:
            subprocess.run(["sleep", "0.1"], check=True)
    raise TimeoutError(log.read_text()[-2000:])


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The system's Chromium without a screen."""
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def phone(browser: Browser, house: str) -> Iterator[Page]:
    """A cheap phone: 390 × 844, Chinese."""
    context = browser.new_context(
        base_url=house, viewport={"width": 390, "height": 844}, locale="zh-CN", is_mobile=True
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(browser: Browser, house: str) -> Iterator[Page]:
    """An office screen: 1366 × 768, Chinese."""
    context = browser.new_context(
        base_url=house, viewport={"width": 1366, "height": 768}, locale="zh-CN"
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def typed(request: pytest.FixtureRequest) -> Iterator[Typed]:
    """Counts what is typed; at the end it is what the list of this journey says."""
    counting = Typed()
    yield counting
    journey = request.node.originalname.removeprefix("test_")
    if os.environ.get("DOUDI_FIELDS") == "1":
        keep(journey, counting.rows())
    assert counting.rows() == kept(journey)


@pytest.fixture
def pages(browser: Browser, house: str, typed: Typed) -> Iterator[Callable[[bool], Page]]:
    """New tabs, each a person of its own; all are closed at the end."""
    opened = []

    def new(phone: bool) -> Page:
        size = {"width": 390, "height": 844} if phone else {"width": 1366, "height": 768}
        context = browser.new_context(
            base_url=house, viewport=size, locale="zh-CN", is_mobile=phone
        )
        context.set_default_timeout(PATIENCE)
        typed.watch(context)
        opened.append(context)
        return context.new_page()

    yield new
    for context in opened:
        context.close()


@pytest.fixture(scope="module")
def ren(home: Path) -> dict:
    """The family as it may be typed."""
    return json.loads((home / "stories.json").read_text())["ren"]


@pytest.fixture
def applied(home: Path, house: str, ren: dict) -> Callable[[Page, Page], str]:
    """The Rens have applied and signed, and their phone is proved; gives the number.

    How they do it in pages, test_ren_journey.py shows.
    """

    def on(phone: Page, box: Page) -> str:
        environment = home_of(home)
        words = [sys.executable, "-m", "tests.browser.applied"]
        done = subprocess.run(
            words, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
        )
        prove_phone(phone, box, ren["applicant"]["phone"], "/track/cases/")
        return done.stdout.strip()

    return on


@pytest.fixture
def a_minute_on(home: Path) -> Callable[[], None]:
    """As if a minute had gone by since the last code: nobody waits for it in a test."""

    def pass_by() -> None:
        with closing(sqlite3.connect(home / "doudi.sqlite3", timeout=10)) as base, base:
            base.execute("update notices_attempt set at = datetime(at, '-1 minute')")

    return pass_by


@pytest.fixture(scope="module")
def found() -> list[str]:
    """What was wrong with the pages on the way."""
    return []


@pytest.fixture(scope="module")
def look(found: list[str]) -> Callable[[Page, str], None]:
    """Looks at a page: axe, no sideways scrolling, and a picture when asked for."""

    def look_at(page: Page, name: str) -> None:
        if PICTURES:
            page.screenshot(path=IMAGES / f"{name}.png", full_page="phone" in name)
        found.extend(violations(page))
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        if page.evaluate(wide):
            found.append(f"{page.url}: wider than the screen")

    return look_at
