"""What every test stands on: keys, a frozen clock, the regions of the pack."""

import datetime as dt
import shutil
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key

from doudi.audit.models import Head
from doudi.clock import time as clock_time
from doudi.regions.actions.load_pack import load_pack as load_regions
from doudi.regions.models import Region
from doudi.vault.keys import create_keys
from tests.crash.empty import migrated

CHINA = ZoneInfo("Asia/Shanghai")
LONG = ("tests/crash", "tests/browser", "tests/controls", "tests/backups")
START = dt.datetime(2022, 5, 9, 8, 0, tzinfo=CHINA)


@pytest.fixture(scope="session", autouse=True)
def keys() -> None:
    """One key ring for the throw-away home."""
    if not settings.DOUDI_KEYS.exists():
        create_keys(settings.DOUDI_KEYS)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The clock stands at 2022-05-09 08:00 and goes only when it is moved."""
    clock_time.forget()
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller
    clock_time.forget()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """On SQLite the tables are laid down, migrated once for all workers; then they are kept."""
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        return False
    shutil.copy(migrated(), database["TEST"]["NAME"])
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The city stands from the start: loading it takes a tenth of a second a test."""
    with django_db_blocker.unblock():
        load_regions()


@pytest.fixture
def city(db: None) -> None:
    """The 11 counties, 177 towns and 2,187 villages of the pack."""
    assert Region.objects.exists()


def _real(item: pytest.Item) -> bool:
    """Whether the test works with real transactions, after which every table is flushed."""
    mark = item.get_closest_marker("django_db")
    real = mark is not None and mark.kwargs.get("transaction", False)
    return bool(real or "transactional_db" in getattr(item, "fixturenames", ()))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files first, so that no worker is left alone with them at the end."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """After the flush the city comes back for the tests that follow."""
    yield
    if nextitem and _real(item):
        with item.config.stash[blocking_manager_key].unblock():
            load_regions()


@pytest.fixture(autouse=True)
def journal_may_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests with real transactions are flushed; the journal refuses that while it has heads."""
    real = _real(request.node)
    if real:
        request.getfixturevalue("transactional_db")
    yield
    if real:
        Head.objects.all().delete()
