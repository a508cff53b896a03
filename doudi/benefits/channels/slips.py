"""Hand-over slips: outside the database, so they outlive a rollback, a kill and a restore.

Before a file goes to the bank its slip is written, and only once. Whoever finds a slip knows that
an earlier try may have arrived, asks the bank, and never sends blindly (promises.md P3).
"""

import datetime as dt
import os
from pathlib import Path
from uuid import UUID

from django.conf import settings


def _path(file_id: UUID) -> Path:
    folder = Path(settings.DOUDI_HOME) / "slips"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{file_id}.slip"


def first_try(file_id: UUID, at: dt.datetime) -> dt.datetime | None:
    """None for whoever writes the slip; otherwise when the try before this one was."""
    path = _path(file_id)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(path, at)
    _write(handle, at)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
    return None


def try_again(file_id: UUID, at: dt.datetime) -> None:
    """The slip of a try that the bank says never came, renewed."""
    _write(os.open(_path(file_id), os.O_WRONLY | os.O_TRUNC), at)


def _write(handle: int, at: dt.datetime) -> None:
    with os.fdopen(handle, "w") as slip:
        slip.write(at.isoformat())
        slip.flush()
        os.fsync(slip.fileno())


def _read(path: Path, at: dt.datetime) -> dt.datetime:
    """A slip that a power cut left empty counts as written just now."""
    text = path.read_text()
    return dt.datetime.fromisoformat(text) if text else at
