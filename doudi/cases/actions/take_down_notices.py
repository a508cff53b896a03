"""公示到期撤下: a notice disappears after its last day; the case goes on by a person.

Clause: DB57 art 19; PIPL art 19
Move:   none      Right: called by the timetable      Says: nothing
"""

import datetime as dt

from doudi.cases.models import PublicNotice


def take_down_notices(*, at: dt.datetime) -> int:
    """Takes down what ended before the day of `at`; returns how many."""
    over = PublicNotice.objects.filter(taken_down_at=None, until_on__lt=at.date())
    return over.update(taken_down_at=at)
