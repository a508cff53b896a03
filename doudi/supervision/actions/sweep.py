"""补漏: whatever an announcement missed is found again: relatives, their checks, flags.

Clause: DB57 art 20; promises.md P21 (nothing sleeps for ever)
Move:   none      Right: called by the timetable      Says: nothing
"""

import datetime as dt

from doudi.cases.parts import decisions_since, relatives_confirmed
from doudi.clock.time import today
from doudi.supervision.actions.flag_decision import flag_decision
from doudi.supervision.actions.match_relatives import match_relatives
from doudi.supervision.actions.open_relative_check import open_relative_check
from doudi.supervision.facts import cases_that_name_kin
from doudi.supervision.models import Check, Flag

BACK = dt.timedelta(days=40)


def sweep(*, at: dt.datetime) -> int:
    """How many were found: declared later than the case, or never delivered."""
    named = cases_that_name_kin(at - BACK, today())
    found = sum(match_relatives(case, at=at) for case in sorted(named))
    checked = Check.objects.filter(ground="relative").values_list("case_id", flat=True)
    left = relatives_confirmed() - set(checked)
    found += sum(open_relative_check(case, at=at) for case in sorted(left))
    flagged = set(Flag.objects.filter(at__gte=at - BACK).values_list("decision_id", flat=True))
    decided = [d for d in decisions_since(at - BACK) if d not in flagged]
    return found + sum(flag_decision(decision) is not None for decision in decided)
