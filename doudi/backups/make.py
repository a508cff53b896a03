"""Makes a backup: database, uploads, lake and anchors as one sealed file, its figures inside.

The keys are not in it: who steals a backup has nothing, and who restores it brings the keys.

Clause: promises.md P9; threat N
"""

import datetime as dt
import gzip
import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection, transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.backups.database import BackupRefused, dump
from doudi.vault.stream import PIECE, Sealer

DATABASE, MANIFEST = "database", "manifest.json"


def folders() -> dict[str, Path]:
    """What goes into a backup beside the database, by its name in it."""
    home = Path(settings.DOUDI_HOME)
    return {
        "uploads": home / "uploads",
        "lake": Path(settings.DOUDI_LAKE),
        "anchors": Path(settings.DOUDI_ANCHORS),
    }


def make_backup(target: Path, public: bytes, *, at: dt.datetime) -> dict[str, Any]:
    """Writes `target` whole or not at all; the manifest. BackupRefused where it may not."""
    if target.exists():
        raise BackupRefused(f"{target} is there already; a backup never replaces another")
    draft = target.with_name(target.name + ".part")
    try:
        with draft.open("wb") as out:
            os.chmod(draft, 0o600)
            manifest = _seal(out, public, at)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    with transaction.atomic():
        write(
            "backup.made",
            actor=SYSTEM,
            subject="backup",
            detail={"files": len(manifest["files"]), "bytes": target.stat().st_size},
        )
    return manifest


def _seal(out: IO[bytes], public: bytes, at: dt.datetime) -> dict[str, Any]:
    with (
        Sealer(out, public) as sealer,
        gzip.GzipFile(fileobj=sealer, mode="wb", compresslevel=1, mtime=0) as thin,
        tarfile.open(fileobj=thin, mode="w|", bufsize=PIECE) as tar,
    ):
        return _pack(tar, at)


def _pack(tar: tarfile.TarFile, at: dt.datetime) -> dict[str, Any]:
    """The database first: every upload that it names was on the disk before it."""
    files: dict[str, str] = {}
    with tempfile.TemporaryDirectory(dir=settings.DOUDI_HOME, prefix="backup-") as scratch:
        path = Path(scratch) / DATABASE
        tables = dump(path)
        files[DATABASE] = _add(tar, path, DATABASE)
        path.unlink()
    for name, path in _others():
        try:
            files[name] = _add(tar, path, name)
        except FileNotFoundError:
            continue  # swept between the look and the reading
    manifest = {
        "made_at": at.isoformat(),
        "database": connection.vendor,
        "tables": tables,
        "files": files,
    }
    body = json.dumps(manifest, sort_keys=True).encode()
    about = tarfile.TarInfo(MANIFEST)
    about.size = len(body)
    tar.addfile(about, io.BytesIO(body))
    return manifest


def _others() -> Iterator[tuple[str, Path]]:
    for name, folder in folders().items():
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink() and path.suffix != ".new":
                yield f"{name}/{path.relative_to(folder)}", path


def _add(tar: tarfile.TarFile, path: Path, name: str) -> str:
    """Adds a file as it is at this moment; its SHA-256."""
    with path.open("rb") as file:
        about = tarfile.TarInfo(name)
        about.size = os.fstat(file.fileno()).st_size
        heard = Heard(file, about.size)
        tar.addfile(about, heard)
    return heard.digest.hexdigest()


class Heard:
    """A file that is hashed while it is read, to the length that was announced."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self.file, self.left, self.digest = file, size, hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, at most `size`; all that are left for -1."""
        data = self.file.read(self.left if size < 0 else min(size, self.left))
        self.left -= len(data)
        self.digest.update(data)
        return data
