"""编制提标清单: every running award of a county under the new standard, before and after.

Clause: SI649 art 12; DB57 art 23; HZ82 一
Move:   -> prepared      Right: standard.prepare      Says: nothing
"""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.benefits import running as benefits
from doudi.benefits.figures import entitled
from doudi.cases.queries import pack
from doudi.kernel.errors import Conflict, Invalid
from doudi.kernel.periods import Month
from doudi.policy.book import NotInForce
from doudi.policy.rules.standards import OF_STANDARD, Held, restandard
from doudi.upkeep.models import StandardLine, StandardRun


def prepare_standard(county: str, month: str, *, by: Staff, at: dt.datetime) -> StandardRun:
    """One list a county and month. Whoever does not follow from the standard is on it as open."""
    require(by, "standard.prepare", county)
    try:
        day = Month.parse(month).first_day
    except ValueError:
        raise Invalid({"month": "月份要写成 2022-06 的样子"}) from None
    books = _books(county, day)
    awards = list(benefits.running(month, county).defer("account"))
    covered = benefits.covered_counts(county, month)
    lines = [_line(a, month, books[a.area], covered.get(a.pk, 0)) for a in awards]
    with transaction.atomic():
        run = _run(county, month, lines, by, at)
        for line in lines:
            line.run = run
        StandardLine.objects.bulk_create(lines, batch_size=500)
        write(
            "standard.prepared",
            actor=actor_of(by),
            subject=f"standard:{run.pk}",
            chain=county,
            detail={"awards": run.award_count, "open": run.open_count, "fen": run.after_fen},
        )
    return run


def _books(county: str, day: dt.date) -> dict[str, tuple[Any, Any]]:
    """By area the book of the day before and that of the day; Invalid where nothing changes."""
    law = pack().book
    try:
        before = {area: law.at(day - dt.timedelta(days=1), county, area) for area in AREAS}
    except NotInForce:
        raise Invalid({"month": "这个月以前没有标准，不能提标"}) from None
    after = {area: law.at(day, county, area) for area in AREAS}
    if all(_standard(before[a]) == _standard(after[a]) for a in AREAS):
        raise Invalid({"month": "政策包里这个月没有新的标准"})
    return {area: (before[area], after[area]) for area in AREAS}


AREAS = ("urban", "rural")


def _standard(book: Any) -> int:
    return int(book.whole("dibao.standard"))


def _line(award: Any, month: str, books: tuple[Any, Any], persons: int) -> StandardLine:
    due = entitled(award, month)
    values = {"award": award, "before_fen": due.fen}
    kept = {"base_fen": due.base, "top_up_fen": due.top_up}
    if award.programme not in OF_STANDARD:
        return StandardLine(how="other", **values, **kept)
    if due.why in ("suspend", "taper"):
        return StandardLine(how=due.why, **values, **kept)
    held = Held(award.programme, award.area, persons, due.base, due.top_up)
    moved = restandard(books[0], books[1], held)
    if moved is None:
        return StandardLine(how="open", **values, **kept)
    return StandardLine(how=moved.how, **values, base_fen=moved.base, top_up_fen=moved.top_up)


def _run(
    county: str, month: str, lines: list[StandardLine], by: Staff, at: dt.datetime
) -> StandardRun:
    try:
        with transaction.atomic():
            return StandardRun.objects.create(
                county=county,
                month=month,
                award_count=benefits.running(month, county).count(),
                line_count=len(lines),
                open_count=sum(line.how == "open" for line in lines),
                before_fen=sum(line.before_fen for line in lines),
                after_fen=sum(line.after_fen for line in lines),
                prepared_by_id=str(by.pk),
                prepared_by=by.name,
                prepared_at=at,
            )
    except IntegrityError:
        raise Conflict("这个县区这个月的清单已经编制过了") from None
