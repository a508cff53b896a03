"""The pages that are timed, each by whoever opens it, and the plans of their slowest queries."""

import os
import time
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment

from bench import desk_city, desk_money
from bench.desk import timed
from doudi.accounts.actions.open_session import open_session
from doudi.accounts.models import Post, Staff
from doudi.accounts.permissions import Role
from doudi.cases.models import Case
from doudi.clock.time import now, real_now
from doudi.regions.actions.load_pack import load_pack
from doudi.timetable import look_at_the_tables
from doudi.vault.keys import create_keys

Found = dict[str, Any]
SEATS = {
    "town": (Role.TOWN_CLERK, "610702008000"),
    "county": (Role.COUNTY_OFFICER, "610702000000"),
    "city": (Role.CITY_OFFICER, "610700000000"),
}
SHOWN = 2  # plans a page


def measure(*, small: bool, rounds: int) -> Found:
    """Fills, times and explains; one dictionary that JSON can hold."""
    from django.conf import settings  # noqa: PLC0415  after setup

    if not settings.DOUDI_KEYS.exists():
        create_keys(settings.DOUDI_KEYS)
    call_command("migrate", verbosity=0)
    load_pack()
    if small:
        desk_city.CASES, desk_city.PERSONS = 2_000, 10_000
    start = time.perf_counter()
    if not Case.objects.exists():
        desk_city.hasten()
        for part in (desk_city, desk_money):
            with transaction.atomic():
                part.build()
        _statistics()
        connection.close()
    fill = time.perf_counter() - start
    setup_test_environment()
    clients = {seat: _signed_in(seat) for seat in SEATS}
    pages = [_page(name, clients[who], ask, rounds) for name, who, ask in asked()]
    load = os.getloadavg()[0]
    plans = [plan for name, who, ask in asked() for plan in _plans(name, clients[who], ask)]
    rows = desk_city.counted()
    standing = Case.objects.filter(ended_at=None).count()
    return {
        "rows": rows,
        "open": standing,
        "fill_s": fill,
        "load": load,
        "pages": pages,
        "plans": plans,
    }


def _statistics() -> None:
    """What the timetable does every night; PostgreSQL's own housekeeping does it by itself."""
    look_at_the_tables(now())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _signed_in(seat: str) -> Client:
    role, region = SEATS[seat]
    account = f"bench.{seat}.{Staff.objects.count()}"
    person = Staff.objects.create(account=account, name=seat, created_at=now())
    since = desk_city.END.replace(year=2020)
    Post.objects.create(staff=person, role=role.value, region_id=region, from_on=since)
    client = Client()
    session = client.session
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "doudi.gate.sessions.StaffBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session["mark"] = open_session(person, at=now())
    session["seen"] = real_now().timestamp()
    session.save()
    return client


def asked() -> list[tuple[str, str, tuple[str, str]]]:
    """Name, seat, and (address, words of a search or nothing)."""
    number = Case.objects.filter(town="610702008").values_list("number", flat=True)[0]
    name = Case.objects.filter(town="610702008").values_list("applicant_name", flat=True)[0]
    finds = {"name": name, "initials": "wm", "last four": "1234", "number": number, "surname": "王"}
    pages = [
        (f"{what}, {seat}", seat, (address, ""))
        for seat in SEATS
        for what, address in (
            ("worklist", "/desk/"),
            ("worklist, late", "/desk/?light=late"),
            ("worklist, all", "/desk/?all=1"),
            ("month", "/desk/month/?month=2022-05"),
            ("list behind a number", "/desk/month/list/?figure=received&month=2022-04"),
        )
    ]
    return pages + [
        (f"find by {what}, {seat}", seat, ("/desk/find/", words))
        for seat in SEATS
        for what, words in finds.items()
    ]


def _open(client: Client, ask: tuple[str, str]) -> None:
    """As in an office: SQLite is opened anew for each request, PostgreSQL stays connected."""
    address, words = ask
    if connection.vendor == "sqlite":
        connection.close()
    answer = client.post(address, {"q": words}) if words else client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")


def _page(name: str, client: Client, ask: tuple[str, str], rounds: int) -> Found:
    return {"name": name, **timed(lambda: _open(client, ask), rounds)}


def _plans(name: str, client: Client, ask: tuple[str, str]) -> list[Found]:
    """How the database goes about the slowest reading queries of a page."""
    with CaptureQueriesContext(connection) as seen:
        _open(client, ask)
    reading = [q for q in seen.captured_queries if q["sql"].startswith("SELECT")]
    slow = sorted(reading, key=lambda q: -float(q["time"]))[:SHOWN]
    return [{"page": name, "plan": f"{_about(q['sql'])}\n{_explained(q['sql'])}"} for q in slow]


def _about(sql: str) -> str:
    """From where on it reads; the columns would fill the page."""
    text = sql[sql.index(" FROM ") + 1 :] if " FROM " in sql else sql
    return text if len(text) < 600 else text[:600] + " …"


def _explained(sql: str) -> str:
    lite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(("EXPLAIN QUERY PLAN " if lite else "EXPLAIN (ANALYZE, COSTS OFF) ") + sql)
        return "\n".join(str(row[-1] if lite else row[0]) for row in cursor.fetchall())
