"""What runs by the clock. Read top to bottom; nothing else in the house runs by itself."""

import datetime as dt

from django.conf import settings
from django.db import connection, transaction

from doudi.attachments.bulk import discard_bulk, strays
from doudi.attachments.sweep import discard, orphans
from doudi.audit.actor import SYSTEM
from doudi.audit.anchors import export_heads
from doudi.audit.journal import write
from doudi.benefits.actions.sweep_rolls import sweep_rolls
from doudi.cases.actions.mark_overdue import mark_overdue
from doudi.cases.actions.take_down_notices import take_down_notices
from doudi.cases.queries import applicants_among
from doudi.clock.time import CHINA, real_now
from doudi.departments import queries as departments
from doudi.departments.actions.clear_taken import clear_taken
from doudi.departments.actions.look_into_folder import look_into_folder
from doudi.departments.actions.work_uploads import expire_uploads, work_uploads
from doudi.exports import kept as exports
from doudi.exports.actions.work_exports import expire_exports, work_exports
from doudi.filing.actions.clear_prints import clear_prints
from doudi.filing.actions.print_on import print_on
from doudi.notices.send import send_due
from doudi.outbox.deliver import retry_stuck
from doudi.outbox.schedule import Schedule
from doudi.people import queries as people
from doudi.people.actions.drop_batch import expire_imports
from doudi.people.actions.forget_keys import forget_keys
from doudi.people.actions.work_imports import work_imports
from doudi.province import queries as province
from doudi.redress.actions.escalate import escalate
from doudi.referrals.actions.open_life import open_life
from doudi.referrals.actions.remind import remind
from doudi.supervision.actions.find_doubts import find_doubts
from doudi.supervision.actions.sweep import sweep
from doudi.upkeep.actions.find_birthdays import find_birthdays
from doudi.upkeep.actions.plan_rechecks import plan_rechecks
from doudi.urgent.actions.ring_on import ring_on
from doudi.verification.actions.remind_outside import remind_outside
from doudi.verification.actions.remove_expired import remove_expired
from doudi.verification.actions.sweep_lake import sweep_lake


def send_messages(at: dt.datetime) -> None:
    """Queued messages go to the channel."""
    send_due()


def anchor_journal(at: dt.datetime) -> None:
    """Signed heads of the journal for the other custodian."""
    export_heads()


def end_notices(at: dt.datetime) -> None:
    """Public notices disappear when their days are over."""
    take_down_notices(at=at)


def take_up_stuck_events(at: dt.datetime) -> None:
    """What was given up gets one more try; what fails again is stuck again and shown."""
    retry_stuck()


def mark_missed_days(at: dt.datetime) -> None:
    """Cases past their last day, and papers that never came."""
    mark_overdue(at=at)


def take_up_rolls(at: dt.datetime) -> None:
    """Rolls that hang between release and the bank's answer."""
    sweep_rolls(at=at)


def escalate_unanswered(at: dt.datetime) -> None:
    """Appeals, complaints and reports past their day appear on the city's list."""
    escalate(at=at)


def clear_the_lake(at: dt.datetime) -> None:
    """Deliveries and runs whose keeping time is over, and what a kill left behind."""
    remove_expired(at)
    sweep_lake()


def ring_the_next(at: dt.datetime) -> None:
    """Calls for help that nobody answered in time, and advances that nobody signed."""
    ring_on(at=at)


def ask_after_referrals(at: dt.datetime) -> None:
    """What other departments owe past their day is said to the town, once."""
    remind(at=at)


def ask_after_letters(at: dt.datetime) -> None:
    """Banks and other provinces that did not answer in time, once."""
    remind_outside(at=at)


def look_for_birthdays(at: dt.datetime) -> None:
    """Who turns 18 or 70 is proposed to the town; nothing changes by itself."""
    find_birthdays(at=at)


def open_rechecks(at: dt.datetime) -> None:
    """Each award's re-check, a month before its day."""
    plan_rechecks(at=at)


def ask_for_signs_of_life(at: dt.datetime) -> None:
    """Each year's proof of life is announced, and said once more when its day has passed."""
    open_life(at=at)


def print_what_was_asked(at: dt.datetime) -> None:
    """A few sheets of the print jobs that wait; nothing is locked while they are set."""
    print_on(at=at)


def clear_old_prints(at: dt.datetime) -> None:
    """Finished print jobs lie for some hours, then their file goes."""
    clear_prints(at=at)


def sweep_uploads(at: dt.datetime) -> None:
    """Files that a rolled-back transaction left without a row; their number is journalled."""
    found = orphans()
    if not found:
        return
    with transaction.atomic():
        write(
            "attachments.swept", actor=SYSTEM, subject="attachments", detail={"files": len(found)}
        )
        discard(found)


def sweep_tables(at: dt.datetime) -> None:
    """Sealed tables that a kill left without a row; their number is journalled."""
    rooms = (people, exports, departments, province)
    kept = set[str]().union(*(room.kept_names() for room in rooms))
    found = strays(kept, (real_now() - dt.timedelta(hours=24)).timestamp())
    if not found:
        return
    with transaction.atomic():
        write("tables.swept", actor=SYSTEM, subject="tables", detail={"files": len(found)})
    for name in found:
        discard_bulk(name)


def forget_who_is_gone(at: dt.datetime) -> None:
    """Search keys of people whom an undone batch or takeover took away again."""
    forget_keys(applicants_among)


def ask_in_doubt(at: dt.datetime) -> None:
    """The rules of doubt run over the week that ended with this day."""
    end = at.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    find_doubts(end - dt.timedelta(days=7), end, at=at)


def find_what_was_missed(at: dt.datetime) -> None:
    """Relatives declared later, checks and flags that no announcement opened."""
    sweep(at=at)


def work_on_tables(at: dt.datetime) -> None:
    """Imports that wait for their check and ledgers that wait to be written, a turn of each."""
    work_imports()
    work_exports()


def check_deliveries(at: dt.datetime) -> None:
    """A turn of the departments' files that wait for their check."""
    work_uploads()


def look_at_the_tables(at: dt.datetime) -> None:
    """SQLite counts what lies in its tables, so that it chooses the right index (PostgreSQL does so
    by itself); a look of milliseconds, whatever their size.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit=1000")
            cursor.execute("PRAGMA optimize=0x10002")


def look_for_deliveries(at: dt.datetime) -> None:
    """What departments put into the exchange folder, where the operator has named one."""
    if settings.DOUDI_DROP is not None:
        look_into_folder(settings.DOUDI_DROP, at=at)


def clear_the_folder(at: dt.datetime) -> None:
    """Files that were taken in and whose days in the exchange folder are over."""
    if settings.DOUDI_DROP is not None:
        clear_taken(settings.DOUDI_DROP)


def expire_tables(at: dt.datetime) -> None:
    """Files of imports and exports past their days."""
    expire_uploads(at=at)
    expire_imports(at=at)
    expire_exports(at=at)


TIMETABLE: list[Schedule] = [
    Schedule("send messages", send_messages, every=dt.timedelta(seconds=1)),
    Schedule("print what was asked", print_what_was_asked, every=dt.timedelta(seconds=1)),
    Schedule("clear old prints", clear_old_prints, every=dt.timedelta(hours=1)),
    Schedule("work on tables", work_on_tables, every=dt.timedelta(seconds=1)),
    Schedule("check deliveries", check_deliveries, every=dt.timedelta(seconds=1)),
    Schedule("look for deliveries", look_for_deliveries, every=dt.timedelta(minutes=1)),
    Schedule("ring the next officer", ring_the_next, every=dt.timedelta(minutes=1)),
    Schedule("anchor the journal", anchor_journal, every=dt.timedelta(minutes=1)),
    Schedule("take up rolls", take_up_rolls, every=dt.timedelta(minutes=10)),
    Schedule("take up stuck events", take_up_stuck_events, every=dt.timedelta(hours=1)),
    Schedule("mark missed days", mark_missed_days, every=dt.timedelta(hours=1)),
    Schedule("escalate the unanswered", escalate_unanswered, every=dt.timedelta(hours=1)),
    Schedule("ask after referrals", ask_after_referrals, daily=dt.time(8, 30)),
    Schedule("ask after letters", ask_after_letters, daily=dt.time(8, 45)),
    Schedule("look for birthdays", look_for_birthdays, daily=dt.time(7, 30)),
    Schedule("open re-checks", open_rechecks, daily=dt.time(7, 40)),
    Schedule("ask for signs of life", ask_for_signs_of_life, daily=dt.time(8, 40)),
    Schedule("find what supervision missed", find_what_was_missed, daily=dt.time(2, 10), once=True),
    Schedule("ask in doubt", ask_in_doubt, daily=dt.time(2, 30)),
    Schedule("sweep uploads", sweep_uploads, daily=dt.time(3, 30), once=True),
    Schedule("sweep tables", sweep_tables, daily=dt.time(3, 35), once=True),
    Schedule("forget who is gone", forget_who_is_gone, daily=dt.time(3, 50), once=True),
    Schedule("clear the lake", clear_the_lake, daily=dt.time(3, 45), once=True),
    Schedule("clear the exchange folder", clear_the_folder, daily=dt.time(3, 55), once=True),
    Schedule("expire tables", expire_tables, daily=dt.time(3, 40), once=True),
    Schedule("look at the tables", look_at_the_tables, daily=dt.time(3, 0), once=True),
    Schedule("end public notices", end_notices, daily=dt.time(0, 10)),
]
