"""P10's hole: a cancelled wait for the standby is no success."""

import threading
import time

import psycopg
import pytest
from django.db.backends.postgresql.base import DatabaseWrapper as Plain
from django.db.utils import OperationalError

from config.database import from_url
from config.postgresql.base import DatabaseWrapper
from tests.crash.database import Database

WAITING = "select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'"


@pytest.fixture(scope="module")
def lonely(django_db_blocker):
    """A primary that waits for a standby which never comes."""
    with Database() as database, django_db_blocker.unblock():
        database.tell(b"create table told (n integer)")
        database.tell(b"alter system set synchronous_standby_names = 'nobody'")
        database.tell(b"select pg_reload_conf()")
        yield database


def commit_and_cancel(wrapper, address):
    """One row in a transaction; somebody cancels the wait of its commit."""
    end = threading.Event()

    def cancel():
        with psycopg.connect(address, autocommit=True) as other:
            while not end.is_set():
                other.execute(WAITING)
                time.sleep(0.02)

    canceller = threading.Thread(target=cancel)
    canceller.start()
    try:
        wrapper.set_autocommit(False)
        with wrapper.cursor() as cursor:
            cursor.execute("insert into told values (1)")
        wrapper.commit()
    finally:
        end.set()
        canceller.join()
        wrapper.close()


def settings_of(database):
    """What Django asks of a database's settings, for the one address."""
    extra = {"TIME_ZONE": None, "CONN_MAX_AGE": 0, "AUTOCOMMIT": True, "ATOMIC_REQUESTS": False}
    return from_url(database.address, None) | extra


def test_a_commit_whose_wait_was_cancelled_is_an_error(lonely):
    wrapper = DatabaseWrapper(settings_of(lonely), "doubted")

    with pytest.raises(OperationalError, match="unknown outcome"):
        commit_and_cancel(wrapper, lonely.address)


def test_djangos_own_backend_calls_it_a_success(lonely):
    wrapper = Plain(settings_of(lonely), "trusted")

    commit_and_cancel(wrapper, lonely.address)

    assert lonely.ask(b"select count(*) > 0 from told") is True
