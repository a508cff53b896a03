"""No personal value in an address, a log line, the journal, an event, or openly at rest (P13)."""

import io
import json
import logging
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote
from uuid import UUID

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

from doudi.audit.models import Entry
from doudi.cases.actions.object import object_to
from doudi.clock.time import now
from doudi.desk.views import case as case_page
from doudi.outbox.models import Event
from doudi.vault.scrub import PERSONAL, Scrub
from tests.house.scene import Scene, declared, names_of, numbers_of
from tests.house.table import open_to

pytestmark = pytest.mark.django_db
ADDRESS = re.compile(r"(?:href|action|src|formaction|data-[a-z-]+)=[\"']([^\"']*)[\"']")
READERS = ("anonymous", "owner", "town_clerk home", "town_head home", "county_officer home")
OBJECTOR = "13800009876"


def family() -> set[str]:
    """Everything that names the family or could be used against it."""
    return numbers_of(declared()) | names_of(declared())


def found_in(text: str, secrets: set[str]) -> set[str]:
    """Which of the secrets stand in a text, written in any way an address may write them."""
    plain = unquote(unescape(text))
    return {secret for secret in secrets if secret in plain}


def spilt(log: io.StringIO, secrets: set[str]) -> list[str]:
    """The lines of the log with a secret in them."""
    return [line for line in log.getvalue().splitlines() if found_in(line, secrets)]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that is logged, however fine, through the filter that the settings name."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(Scrub())
    root, before = logging.getLogger(), logging.getLogger().level
    finer = [root, logging.getLogger("django"), logging.getLogger("doudi")]
    levels = [logger.level for logger in finer]
    root.addHandler(handler)
    for logger in finer:
        logger.setLevel(logging.DEBUG)
    yield stream
    for logger, level in zip(finer, levels, strict=True):
        logger.setLevel(level)
    root.setLevel(before)
    root.removeHandler(handler)


def typed(scene: Scene) -> list[tuple[str, str, dict[str, str]]]:
    """Forms in which people type what is personal, well and badly filled."""
    declaration, case = scene.declaration, f"/desk/cases/{scene.case.pk}/"
    me, phone = declaration["applicant"], declaration["applicant"]["phone"]
    wrong = me["id_number"][:-1] + ("0" if me["id_number"][-1] != "0" else "1")
    return [
        ("town_clerk home", "/desk/find/", {"q": me["name"]}),
        ("town_clerk home", "/desk/find/", {"q": me["id_number"]}),
        ("town_clerk home", "/desk/find/", {"q": phone}),
        ("town_clerk home", f"{case}reveal/", {"field": "id_number", "member": "m1"}),
        (
            "town_clerk home",
            f"{case}reveal/",
            {"field": "id_number", "member": "m1", "purpose": "identity"},
        ),
        ("town_reviewer home", f"{case}act/return_case/", {"reason": me["id_number"]}),
        ("security_admin home", "/desk/staff/add/", {"name": me["name"], "phone": phone}),
        ("anonymous", "/track/", {"secret": me["id_number"]}),
        ("anonymous", "/track/sign-in/", {"phone": phone}),
        ("anonymous", "/sign-in/", {"account": phone, "password": me["id_number"]}),
        ("anonymous", f"/notices/{scene.known['notice_id']}/object/", {"contact": OBJECTOR}),
        ("owner", "/apply/2/", {"name": me["name"], "id_number": wrong, "hukou": "here"}),
        ("owner", "/apply/2/", {"name": me["name"], "id_number": me["id_number"]}),
        ("owner", "/apply/5/", {"account": me["bank"]["account"], "holder": me["name"]}),
        ("owner", "/apply/family/m2/", {"name": me["name"], "phone": phone}),
    ]


def addresses(answer) -> list[str]:
    """Every address that an answer names."""
    html = answer["Content-Type"].startswith("text/html")
    links = ADDRESS.findall(answer.content.decode()) if html else []
    return [*links, answer.headers.get("Location", "")]


@pytest.mark.parametrize("who", READERS)
def test_no_address_and_no_log_line_of_reading_names_the_family(who, scene, log):
    guards = ("public", "resident", "officer")

    answers = [scene.browsers[who].get(path) for path in open_to(who, scene, guards=guards)]

    named = {a for answer in answers for a in addresses(answer) if found_in(a, family())}
    assert len(answers) > 15
    assert named == set()
    assert spilt(log, family()) == []


def test_no_address_and_no_log_line_of_typing_names_the_family(scene, log):
    secrets = family() | {OBJECTOR}

    answers = [scene.browsers[who].post(path, data) for who, path, data in typed(scene)]

    named = {a for answer in answers for a in addresses(answer) if found_in(a, secrets)}
    assert {a.status_code for a in answers} <= {200, 302, 401, 404, 409, 422}
    assert named == set()
    assert spilt(log, secrets) == []


def test_a_crash_with_a_number_in_it_is_logged_without_the_number(scene, log, monkeypatch):
    number = scene.declaration["applicant"]["id_number"]

    def broken(*looked_at):
        raise ValueError(f"unexpected {number}")

    monkeypatch.setattr(case_page, "looked", broken)

    answer = scene.browsers["town_clerk home"].get(f"/desk/cases/{scene.case.pk}/")

    assert answer.status_code == 500
    assert "ValueError: unexpected •••" in log.getvalue()
    assert number not in log.getvalue() + answer.content.decode()


def test_the_handler_that_writes_the_log_has_the_filter():
    writing = logging.getLogger().handlers

    assert settings.LOGGING["root"]["handlers"] == ["stderr"]
    assert settings.LOGGING["handlers"]["stderr"]["filters"] == ["scrub"]
    assert [h for h in writing if any(isinstance(f, Scrub) for f in h.filters)]


def test_the_scanner_finds_what_is_planted(scene, log):
    me = scene.declaration["applicant"]
    page = f'<a href="/desk/?q=%E4%BB%BB%E5%BB%BA%E6%98%8E"><form action="/x/{me["phone"]}/">'

    logging.getLogger("doudi.anything").debug("found %s", me["name"])

    assert [found_in(a, family()) for a in ADDRESS.findall(page)] == [{me["name"]}, {me["phone"]}]
    assert found_in(log.getvalue(), family()) == {me["name"]}


def test_journal_and_events_of_a_whole_case_hold_nothing_personal(scene):
    object_to(UUID(scene.known["notice_id"]), "家里有一辆小汽车", OBJECTOR, at=now())

    fields = ("subject", "purpose", "detail", "actor_id")
    lines = [str(row) for row in Entry.objects.values_list(*fields)]
    lines += Entry.objects.exclude(actor_kind="staff").values_list("actor_name", flat=True)
    lines += [
        json.dumps(p, ensure_ascii=False) for p in Event.objects.values_list("payload", flat=True)
    ]

    assert len(lines) > 20
    assert {line for line in lines if found_in(line, family() | {OBJECTOR})} == set()
    assert [line for line in lines if PERSONAL.search(line)] == []


def test_no_number_lies_openly_in_any_table_or_session(scene):
    secrets = numbers_of(scene.declaration) | {scene.declaration["members"][1]["illness"]}
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = {table: _all(cursor, table) for table in tables}
    rows["sessions"] = str([s.get_decoded() for s in Session.objects.all()])

    assert sum(map(len, rows.values())) > 100_000
    assert {
        table: found for table, text in rows.items() if (found := found_in(text, secrets))
    } == {}


def _all(cursor, table: str) -> str:
    cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  our own table's name
    return str(cursor.fetchall()) if not table.startswith("regions") else ""
