"""Files that no row points to: their transaction was rolled back after the file was written.

A file and its row cannot be written in one breath, so the file comes first and may be left alone.
orphans() finds what was left for a day and longer; discard() removes it. The caller journals.
"""

import datetime as dt
import re
from collections.abc import Iterable

from doudi.attachments.models import Attachment
from doudi.attachments.storage import remove, stored
from doudi.clock.time import real_now

REST = dt.timedelta(hours=24)
OURS = re.compile(r"[0-9a-f]{32}(\.new)?")
AT_A_TIME = 500
FEW = 100


class TooManyOrphans(RuntimeError):
    """More lone files than kept ones: the table may be the wrong one, so nothing is removed."""


def orphans() -> list[str]:
    """Names of our files older than 24 hours without a row; TooManyOrphans as a brake.

    The age is that of the file system's clock, whatever day a demonstration plays.
    """
    before = (real_now() - REST).timestamp()
    old = [name for name, at in stored() if at < before and OURS.fullmatch(name)]
    found = [
        name
        for start in range(0, len(old), AT_A_TIME)
        for name in _lone(old[start : start + AT_A_TIME])
    ]
    if len(found) > max(FEW, Attachment.objects.count()):
        raise TooManyOrphans(f"{len(found)} files without a row")
    return found


def discard(names: Iterable[str]) -> None:
    """Removes the files; one that is gone already is no error."""
    for name in names:
        remove(name)


def _lone(names: list[str]) -> list[str]:
    """Those without a row; an unfinished draft (.new) never has one."""
    kept = set(
        Attachment.objects.filter(stored_name__in=names).values_list("stored_name", flat=True)
    )
    return [name for name in names if name not in kept]
