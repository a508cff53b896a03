"""Sealed files under random names in the home folder."""

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from doudi.vault.seal import open_bytes, seal_bytes


def _folder() -> Path:
    folder = Path(settings.DOUDI_HOME) / "uploads"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def keep(name: str, content: bytes, owner: str) -> None:
    """Writes the content under `name` (our own random one), sealed for its row, whole or not."""
    path = _folder() / name
    draft = path.with_suffix(".new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(seal_bytes(content, f"uploads:{owner}"))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def fetch(name: str, owner: str) -> bytes:
    """The content again; SealBroken when the file was changed or belongs to another row."""
    return open_bytes((_folder() / name).read_bytes(), f"uploads:{owner}")


def stored() -> Iterator[tuple[str, float]]:
    """Every file that lies here, with the time of its last writing in seconds."""
    for path in _folder().iterdir():
        try:
            yield path.name, path.lstat().st_mtime
        except FileNotFoundError:
            continue  # a draft that has just got its name


def remove(name: str) -> None:
    """Takes a file away; one that is gone already is no error."""
    (_folder() / name).unlink(missing_ok=True)
