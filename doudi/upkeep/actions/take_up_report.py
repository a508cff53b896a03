"""变化报告转复核: where the town answers a report with a re-check, the award's re-check is opened.

Clause: SI649 art 13; DB57 arts 30, 31
Move:   -> open      Right: called by a reaction      Says: nothing
"""

from doudi.audit.actor import SYSTEM
from doudi.benefits.queries import award_of_case
from doudi.clock.time import now
from doudi.kernel.periods import Month
from doudi.redress.events import ChangeAnswered
from doudi.redress.queries import change
from doudi.upkeep.actions.call_recheck import call_recheck
from doudi.upkeep.queries import day_of


def take_up_report(event: ChangeAnswered) -> None:
    """By the end of next month; nothing where no award runs. A second call adds nothing."""
    report = change(event.change_id)
    award = award_of_case(report.case_id)
    if report.state != "recheck" or award is None or award.end_month:
        return
    until = Month.of(day_of(now())).next().last_day
    words = f"变化报告：{report.get_kind_display()}"  # type: ignore[attr-defined]
    call_recheck(award.pk, "report", words, until, by=SYSTEM, at=now())
