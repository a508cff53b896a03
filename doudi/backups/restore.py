"""Restores a backup into an empty installation, and compares what stands there with the manifest.

Clause: promises.md P9
"""

import hashlib
import io
import json
import shutil
import tarfile
import tempfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.db import connection

from doudi.backups.database import BackupRefused, is_empty, load
from doudi.backups.make import DATABASE, MANIFEST, folders
from doudi.vault.seal import SealBroken
from doudi.vault.stream import PIECE, Opener


def restore_backup(source: Path, private: bytes) -> dict[str, Any]:
    """The manifest; BackupRefused where something is there already, or the file is not whole.

    Nothing is moved into place before every file was compared with the manifest.
    """
    _must_be_empty()
    home = Path(settings.DOUDI_HOME)
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home, prefix="restore-") as scratch:
        manifest = _unpack(source, private, Path(scratch))
        for name, folder in folders().items():
            _move(Path(scratch) / name, folder)
        found = load(Path(scratch) / DATABASE)
    if found != manifest["tables"]:
        apart = sorted(t for t in found if found[t] != manifest["tables"].get(t))
        raise BackupRefused(f"the restored tables differ from the manifest: {', '.join(apart)}")
    return manifest


def _must_be_empty() -> None:
    if not is_empty():
        raise BackupRefused("there are tables in this database; restore into an empty DOUDI_HOME")
    for name, folder in folders().items():
        if folder.exists() and any(folder.iterdir()):
            raise BackupRefused(f"there are {name} in {folder}; restore into an empty DOUDI_HOME")


def _unpack(source: Path, private: bytes, scratch: Path) -> dict[str, Any]:
    digests: dict[str, str] = {}
    manifest = None
    try:
        with source.open("rb") as sealed:
            plain = io.BufferedReader(Opener(sealed, private), PIECE)
            with tarfile.open(fileobj=plain, mode="r|gz") as tar:
                for member in tar:
                    body = tar.extractfile(member)
                    if body is None:
                        raise BackupRefused(f"{member.name} in the backup is no file")
                    if member.name == MANIFEST:
                        manifest = json.loads(body.read())
                    else:
                        digests[member.name] = _keep(body, _place(scratch, member.name))
    except (SealBroken, tarfile.TarError, EOFError, zlib.error) as error:
        raise BackupRefused(f"{source} cannot be read: {error}") from None
    if manifest is None or digests != manifest["files"]:
        raise BackupRefused(f"{source} does not hold what its manifest says")
    if manifest["database"] != connection.vendor:
        raise BackupRefused(f"the backup is of {manifest['database']}, not {connection.vendor}")
    return manifest


def _place(scratch: Path, name: str) -> Path:
    """Where a file of the backup goes: names of our own making only."""
    parts = PurePosixPath(name).parts
    if name != DATABASE and (parts[0] not in folders() or ".." in parts or len(parts) < 2):
        raise BackupRefused(f"{name!r} does not belong into a backup")
    return scratch / name


def _keep(body: Any, path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with path.open("wb") as file:
        while data := body.read(PIECE):
            digest.update(data)
            file.write(data)
    return digest.hexdigest()


def _move(source: Path, target: Path) -> None:
    if source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            target.rmdir()
        shutil.move(source, target)
