"""临时救助的限额: what a household was given this year for one kind of event (R41), and how far the
county goes without a conference (R10)."""

import datetime as dt

from doudi.cases.models import Assessment, Case, Decision
from doudi.cases.queries import confirmed_cases_of, pack
from doudi.clock.time import CHINA
from doudi.policy.rules.yearly import Year, year_of
from doudi.vault.index import blind_index


def year_of_case(case: Case, assessment: Assessment | None, on: dt.date) -> Year | None:
    """None where nothing is to be given once, or nothing happened that the rules ask about."""
    declaration = case.application.declaration.open()
    event = declaration.get("event")
    if assessment is None or not event or not assessment.once_fen:
        return None
    indexes = [blind_index("id", m["id_number"]) for m in declaration["members"]]
    given = [
        made.once_fen
        for made in _given(indexes, dt.datetime(on.year, 1, 1, tzinfo=CHINA))
        if made.case_id != case.pk and _kind(made.case) == event["kind"]
    ]
    book = pack().book.at(on, case.county, case.area)
    return year_of(book, event["kind"], len(given), sum(given), assessment.once_fen)


def county_limit(case: Case) -> int:
    """The most, in fen, that is confirmed without 一事一议; by the book of the acceptance date."""
    on = case.accepted_on or case.last_event_at.astimezone(CHINA).date()
    return pack().book.at(on, case.county, case.area).whole("temporary.county_limit")


def _given(indexes: list[str], since: dt.datetime) -> list[Decision]:
    """What stands of decisions since an instant, in every county, of cases that name them."""
    cases = [c.pk for c in confirmed_cases_of(indexes)]
    rows = Decision.objects.filter(case__in=cases, granted=True, set_aside_at=None)
    once = rows.filter(once_fen__gt=0, at__gte=since)
    return list(once.select_related("case__application"))


def _kind(case: Case) -> str:
    event = case.application.declaration.open().get("event") or {}
    return str(event.get("kind", ""))
