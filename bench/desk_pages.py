"""The pages that are timed, each by whoever opens it; the nightly runs; the plans."""

import datetime as dt
import os
import time
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from bench import desk_city, desk_money
from bench.desk import timed
from bench.tables import peak_mb
from doudi.accounts.actions.open_session import open_session
from doudi.accounts.models import Post, Staff
from doudi.accounts.permissions import Role
from doudi.cases.models import Case
from doudi.clock.models import DemoMark
from doudi.clock.time import CHINA, now, real_now, refresh
from doudi.regions.actions.load_pack import load_pack
from doudi.supervision.actions.find_doubts import find_doubts
from doudi.supervision.facts import cases_that_name_kin
from doudi.timetable import look_at_the_tables
from doudi.vault.keys import create_keys
from tests.house.plans import hot, plans

Found = dict[str, Any]
SEATS = {
    "town": (Role.TOWN_CLERK, "610702008000"),
    "county": (Role.COUNTY_OFFICER, "610702000000"),
    "city": (Role.CITY_OFFICER, "610700000000"),
}


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
        DemoMark.objects.update_or_create(
            pk=1, defaults={"seed": 7, "scale": "bench", "made_at": real_now()}
        )
        connection.close()
    fill = time.perf_counter() - start
    moved = dt.datetime.combine(desk_city.END, dt.time(10), CHINA)
    DemoMark.objects.filter(pk=1).update(real_at=real_now(), shown_at=moved)
    refresh()
    _statistics()  # also of a kept city, whose indices may be new
    settings.ALLOWED_HOSTS = ["testserver"]  # no more: what a suite watches costs a page its time
    clients = {seat: _signed_in(seat) for seat in SEATS}
    pages = [_page(name, clients[who], ask, rounds) for name, who, ask in asked()]
    load = os.getloadavg()[0]
    return {
        "rows": desk_city.counted(),
        "open": Case.objects.filter(ended_at=None).count(),
        "fill_s": round(fill),
        "load": round(load, 1),
        "pages": {page["name"]: [page["median"], page["p95"], page["cpu"]] for page in pages},
        "nightly": _nightly(),
        "plans": _plans(),
    }


def _nightly() -> Found:
    """The rules of doubt over a week, and which cases name a relative of staff."""
    desk_money.relatives()
    end = dt.datetime.combine(desk_city.END, dt.time(), CHINA)
    found: Found = {}
    for name, work in (
        ("find_doubts", lambda: find_doubts(end - dt.timedelta(days=7), end, at=now())),
        ("cases_that_name_kin", lambda: len(cases_that_name_kin(end, desk_city.END))),
    ):
        before, start, busy = peak_mb(), time.perf_counter(), time.process_time()
        result = work()
        took = time.perf_counter() - start, time.process_time() - busy
        found[name] = {
            "found": result,
            "s": round(took[0], 1),
            "cpu_s": round(took[1], 1),
            "mb_more": peak_mb() - before,
        }
    return found


def _plans() -> dict[str, list[list[str]]]:
    """By what index the database goes about each hot query, at this size."""
    case = Case.objects.filter(town="610702008").order_by("number")[0]
    words = {"number": case.number, "name": case.applicant_name, "initials": "wm"}
    words |= {"surname": "王", "last four": "1234"}
    bureau = Staff.objects.filter(account__startswith="bench.city").latest("created_at")
    return {name: plans(work) for name, work in hot(bureau, words).items()}


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
    address, words = ask
    answer = client.post(address, {"q": words}) if words else client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")


def _page(name: str, client: Client, ask: tuple[str, str], rounds: int) -> Found:
    return {"name": name, **timed(lambda: _open(client, ask), rounds)}
