"""The hot queries of the desk and how a database goes about them: what query-plans.md shows.

The bench asks PostgreSQL the same over a whole city; the suite asks SQLite over an empty one, where
a plan rests on the indices alone.
"""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from doudi.accounts.models import Staff
from doudi.cases.find import find
from doudi.cases.worklist import Filters, counters, worklist
from doudi.clock.time import now, today
from doudi.kernel.periods import Month
from doudi.reports.queries import asked_for, listed, place_of, readings
from doudi.supervision.facts import cases_that_name_kin

BIG = {
    *("cases_case", "cases_application", "cases_applied", "cases_spell", "cases_decision"),
    *("cases_assessment", "cases_step", "people_person", "people_household", "people_membership"),
    *("people_findkey", "people_benefitmark", "benefits_payment", "audit_entry"),
}
ALIAS = re.compile(r'"(\w+)" ([TUVW]\d+)\b')
NODE = re.compile(r"(?:Seq|Index|Index Only|Bitmap Index) Scan (?:Backward )?(?:using|on) .*")
MONTH = Month.parse("2022-05")
Plan = list[str]


def hot(staff: Staff, words: dict[str, str]) -> dict[str, Callable[[], Any]]:
    """By name; `words` are what the box is asked for."""
    place, on = place_of(staff, ""), today()
    asked = {"figure": ["received"], "month": [str(MONTH)]}
    pages: dict[str, Callable[[], Any]] = {
        "worklist": lambda: worklist(staff, Filters(), on),
        "worklist, late": lambda: worklist(staff, Filters(light="late"), on),
        "worklist, all": lambda: worklist(staff, Filters(open_only=False), on),
        "worklist, its counters": lambda: counters(staff, on),
        "month": lambda: readings(place, MONTH, on),
        "list behind a number": lambda: list(listed(asked_for(staff, asked, on), on)[:50]),
        "sweep for relatives": lambda: cases_that_name_kin(now(), on),
    }
    finds = {
        f"find by {kind}": lambda text=text: find(staff, text, on) for kind, text in words.items()
    }
    return pages | finds


def plans(work: Callable[[], Any]) -> list[Plan]:
    """How each reading query goes about the big tables, in its own words; no plan twice."""
    with CaptureQueriesContext(connection) as seen:
        work()
    asked = [q["sql"] for q in seen.captured_queries if q["sql"].startswith("SELECT")]
    found = [_explained(sql) for sql in asked]
    return [plan for n, plan in enumerate(found) if plan and plan not in found[:n]]


def _explained(sql: str) -> Plan:
    lite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(("EXPLAIN QUERY PLAN " if lite else "EXPLAIN (COSTS OFF) ") + sql)
        lines = [str(row[-1] if lite else row[0]).strip() for row in cursor.fetchall()]
    if not lite:
        nodes = [found[0] for line in lines if (found := NODE.search(line))]
        return nodes if any(table in line for line in nodes for table in BIG) else []
    called: dict[str, str] = {}
    for table, alias in ALIAS.findall(sql):  # one alias may stand for two tables in two subqueries
        known = called.get(alias, table)
        called[alias] = known if table in known.split("|") else f"{known}|{table}"
    told = [_named(line, called) for line in lines]
    return told if any(table in line for line in told for table in BIG) else []


def _named(line: str, called: dict[str, str]) -> str:
    """The line with the table's name instead of its alias."""
    verb, _, rest = line.partition(" ")
    what, _, more = rest.partition(" ")
    return f"{verb} {called.get(what, what)} {more}".strip() if verb in ("SCAN", "SEARCH") else line


def scans(found: list[Plan]) -> list[str]:
    """The lines in which a big table is read from end to end, or all of a place's rows: to the
    city's officer that is the same. The open cases, which are few, have indices of their own.
    """
    return [line for plan in found for line in plan if _is_big(line) and _reads_all(line)]


def _is_big(line: str) -> bool:
    return any(table in BIG for word in line.split()[1:2] for table in word.split("|"))


def _reads_all(line: str) -> bool:
    whole = line.startswith("SCAN ") or line.endswith("(town>? AND town<?)")
    return whole and "INDEX open_" not in line
