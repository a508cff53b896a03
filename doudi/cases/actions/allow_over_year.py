"""同意超过年上限: the county's word where a household would have more than the year's for a cause.

Nothing is refused by a limit: the town's proposal waits until the county has written why it agrees,
or the town changes or refuses it by its own decision.

Clause: LS23 二(三); DOUDI R41
Move:   ACCEPTED to NOTICED stay      Right: case.allow_over_year, the county's      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.cases.actions.move import locked, move, not_before
from doudi.cases.models import Case, YearWord
from doudi.cases.queries import newest_assessment
from doudi.cases.year import year_of_case
from doudi.clock.time import CHINA
from doudi.kernel.errors import Missing, NotFound


def allow_over_year(
    case_id: UUID, text: str, *, version: int | None, by: Staff, at: dt.datetime
) -> Case:
    """Missing without reasons, or where the year's limits are kept."""
    with transaction.atomic():
        case = locked(case_id, version)
        at = not_before(case, at)
        shut = [] if 5 <= len(text.strip()) <= 1000 else ["请写明同意的理由（5到1000个字）"]
        if not _is_over(case, at):
            shut.append("这个办件没有超过每户每年的上限")
        if shut:
            raise Missing(shut)
        note = "县级同意超过年上限"
        move(case, "allow_over_year", by=by, at=at, version=version, note=note, public=False)
        YearWord.objects.create(
            case=case, at=at, by_id=str(by.pk), by_name=by.name, text=text.strip()
        )
    return case


def _is_over(case: Case, at: dt.datetime) -> bool:
    try:
        assessment = newest_assessment(case)
    except NotFound:
        return False
    year = year_of_case(case, assessment, at.astimezone(CHINA).date())
    return year is not None and year.is_over
