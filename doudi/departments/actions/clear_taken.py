"""清理已收文件: what was taken in lies in the exchange folder no longer than its contract says.

The file and its rows to mend name people in plain text; the lake keeps the original sealed. The
signed receipt and the manifest name nobody and stay: they are the department's proof.

Clause: PIPL arts 19, 47 (no longer than needed); contracts.yaml taken_days
Move:   none      Right: called by the timetable and by `doudi deliver --watch`      Says: nothing
"""

import datetime as dt
import json
import stat
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.clock.time import real_now
from doudi.departments.actions.look_into_folder import MEND, RECEIPT, beside
from doudi.verification.catalog.items import codes
from doudi.verification.file import contract


def clear_taken(folder: Path) -> int:
    """How many files went, told in the journal; by the machine's time, as files carry it."""
    over = [path for path in _receipts(folder) if _age(path) > _term(path)]
    found = [path for receipt in over for path in _of(receipt)]
    if not found:
        return 0
    with transaction.atomic():
        detail = {"files": len(found)}
        write("departments.taken_cleared", actor=SYSTEM, subject="folder", detail=detail)
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def _receipts(folder: Path) -> Iterator[Path]:
    """Of the folder itself and of one down; the receipt is written when a file is put away."""
    for path in [*folder.glob(f"taken/*{RECEIPT}"), *folder.glob(f"*/taken/*{RECEIPT}")]:
        if not path.parent.is_symlink() and stat.S_ISREG(path.lstat().st_mode):
            yield path


def _age(receipt: Path) -> dt.timedelta:
    return dt.timedelta(seconds=real_now().timestamp() - receipt.stat().st_mtime)


def _term(receipt: Path) -> dt.timedelta:
    """By the item's contract; the shortest of all where the receipt cannot be read any more."""
    try:
        code = json.loads(receipt.read_text(encoding="utf-8"))["item"]
    except (ValueError, KeyError, TypeError):
        code = ""
    known = [code] if code in codes() else codes()
    return dt.timedelta(days=min(contract(one).taken_days for one in known))


def _of(receipt: Path) -> list[Path]:
    stem = receipt.with_name(receipt.name.removesuffix(RECEIPT))
    return [path for path in (stem, beside(stem, MEND)) if path.exists()]
