"""What runs by the clock. Read top to bottom; nothing else in the house runs by itself."""

import datetime as dt

from doudi.audit.anchors import export_heads
from doudi.cases.actions.take_down_notices import take_down_notices
from doudi.notices.send import send_due
from doudi.outbox.schedule import Schedule


def send_messages(at: dt.datetime) -> None:
    """Queued messages go to the channel."""
    send_due()


def anchor_journal(at: dt.datetime) -> None:
    """Signed heads of the journal for the other custodian."""
    export_heads()


def end_notices(at: dt.datetime) -> None:
    """Public notices disappear when their days are over."""
    take_down_notices(at=at)


TIMETABLE: list[Schedule] = [
    Schedule("send messages", send_messages, every=dt.timedelta(seconds=2)),
    Schedule("anchor the journal", anchor_journal, every=dt.timedelta(minutes=1)),
    Schedule("end public notices", end_notices, daily=dt.time(0, 10)),
]
