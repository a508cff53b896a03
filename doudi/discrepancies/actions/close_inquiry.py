"""核查结论: a result code for every signal; a re-check may be called, nothing stops.

Clause: SI649 art 13; DB57 arts 18, 31; PIPL art 24
Move:   TAKEN to VISITED -> CLOSED      Right: discrepancy.work      Says: InquiryClosed
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of
from doudi.audit.journal import write
from doudi.cases.queries import pack
from doudi.discrepancies.catalog import results_for, words_of
from doudi.discrepancies.events import InquiryClosed
from doudi.discrepancies.flow import CLOSED, Result, unheard
from doudi.discrepancies.models import Inquiry
from doudi.discrepancies.queries import about, heard, locked
from doudi.kernel.errors import Invalid
from doudi.outbox.announce import announce
from doudi.policy.rules.deadlines import working_days_after
from doudi.upkeep.actions.call_recheck import call_recheck
from doudi.upkeep.queries import day_of
from doudi.vault.scrub import PERSONAL

LONGEST = 1000


def close_inquiry(
    inquiry_id: UUID,
    results: Mapping[str, str],
    why: str,
    *,
    by: Staff,
    at: dt.datetime,
    to_department: str = "",
) -> Inquiry:
    """Once. The re-check joins the award's open one, if there is one; the award itself stays.

    `to_department` goes with the rows that were found wrong to whoever sent them.
    """
    with transaction.atomic():
        found = locked(inquiry_id, "close", by)
        given = _results(found, results, why, to_department)
        if early := unheard(given.values(), found.stops, heard(found), day_of(at)):
            raise Invalid({"results": early})
        found.results = {signal: result.code for signal, result in given.items()}
        found.why, found.state = why.strip(), CLOSED
        found.to_department = to_department.strip()
        found.closed_by_id, found.closed_by, found.closed_at = str(by.pk), by.name, at
        found.recheck = _recheck(found, given, by, at)
        found.save()
        write(
            "inquiry.closed",
            actor=actor_of(by),
            subject=about(found),
            chain=found.county,
            detail={"results": found.results, "recheck": found.recheck is not None},
        )
        announce(InquiryClosed(found.pk))
    return found


def _results(
    found: Inquiry, given: Mapping[str, str], why: str, to_department: str
) -> dict[str, Result]:
    """The result of every signal; Invalid names those without one, or with one that can't be."""
    wrong: dict[str, str] = {}
    told: dict[str, Result] = {}
    for signal in found.signals:
        result = results_for(signal).get(given.get(signal, ""))
        if result is None:
            wrong[signal] = "请选一个结果"
        else:
            told[signal] = result
    if not 5 <= len(why.strip()) <= LONGEST:
        wrong["why"] = "请写明核查情况和依据，5至1000个字"
    elif PERSONAL.search(why):
        wrong["why"] = "不要写身份证号、手机号或账号"
    if PERSONAL.search(to_department):
        wrong["to_department"] = "不要写身份证号、手机号或账号"
    if wrong:
        raise Invalid(wrong)
    return told


def _recheck(found: Inquiry, given: Mapping[str, Result], by: Staff, at: dt.datetime) -> Any:
    """The call for a re-check where a result asks for one and an award runs."""
    asked = {s: r for s, r in given.items() if r.effect == "recheck"}
    if not asked or found.award is None:
        return None
    call = next((r.call for r in asked.values() if r.call != "comparison"), "comparison")
    law = pack()
    key = "discrepancies.recheck_days"
    until = working_days_after(law.book, law.calendar, key, day_of(at)).on
    facts = "；".join(f"{words_of(signal)}：{result.zh}" for signal, result in asked.items())
    words = f"核查单 {found.number}：{facts}"
    return call_recheck(found.award.pk, call, words, until, by=by, at=at)
