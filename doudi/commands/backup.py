"""`doudi backup FILE`: everything but the keys, sealed to the installation's backup key."""

import argparse
import json
import os
from pathlib import Path
from typing import TextIO

from django.conf import settings

from doudi.backups.database import BackupRefused
from doudi.backups.make import make_backup
from doudi.clock.time import real_now
from doudi.vault.stream import new_key

PUBLIC = "backup.pub"


def run(argv: list[str], stdout: TextIO, stderr: TextIO) -> int:
    """Exit 0 with the figures; 1 with the reason why no backup was made."""
    parser = argparse.ArgumentParser(prog="doudi backup", description=__doc__)
    parser.add_argument("file", type=Path, help="the backup, or with --make-key the private key")
    parser.add_argument(
        "--make-key",
        action="store_true",
        help="once: writes the private key to FILE, to be kept away from this machine",
    )
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    try:
        if args.make_key:
            _make_key(args.file)
            stdout.write(f"{args.file}: the only key to every backup. Keep it on no machine.\n")
            return 0
        manifest = make_backup(args.file, _public(), at=real_now())
    except (BackupRefused, OSError) as refusal:
        stderr.write(f"doudi backup: {refusal}\n")
        return 1
    stdout.write(told(manifest, args.file.stat().st_size, as_json=args.json))
    return 0


def told(manifest: dict, size: int, *, as_json: bool) -> str:
    """The figures of a backup, as a line or as JSON."""
    figures = {
        "made_at": manifest["made_at"],
        "database": manifest["database"],
        "tables": len(manifest["tables"]),
        "rows": sum(manifest["tables"].values()),
        "files": len(manifest["files"]) - 1,
        "bytes": size,
    }
    if as_json:
        return json.dumps(figures) + "\n"
    return (
        f"{figures['rows']} rows in {figures['tables']} tables ({figures['database']}) and "
        f"{figures['files']} files, {size} bytes, of {figures['made_at']}\n"
    )


def _make_key(path: Path) -> None:
    public = Path(settings.DOUDI_HOME) / PUBLIC
    if public.exists():
        raise BackupRefused(f"{public} is there already: whoever holds its key can restore")
    private, own = new_key()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(private.hex() + "\n")
    public.write_text(own.hex() + "\n")


def _public() -> bytes:
    path = Path(settings.DOUDI_HOME) / PUBLIC
    if not path.exists():
        raise BackupRefused("there is no backup key yet: `doudi backup --make-key FILE` makes it")
    return bytes.fromhex(path.read_text().strip())
