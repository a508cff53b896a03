"""`doudi restore FILE --key KEY`: a backup into an empty home; compares rows and files."""

import argparse
from pathlib import Path
from typing import TextIO

from django.conf import settings

from doudi.backups.database import BackupRefused
from doudi.backups.restore import restore_backup
from doudi.commands.backup import told


def run(argv: list[str], stdout: TextIO, stderr: TextIO) -> int:
    """Exit 0 with the figures; 1 with the reason, and then nothing is to be trusted here."""
    parser = argparse.ArgumentParser(prog="doudi restore", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--key", type=Path, required=True, help="the private key of the backups")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    try:
        private = bytes.fromhex(args.key.read_text().strip())
        manifest = restore_backup(args.file, private)
    except (BackupRefused, OSError, ValueError) as refusal:
        stderr.write(f"doudi restore: {refusal}\n")
        return 1
    stdout.write(told(manifest, args.file.stat().st_size, as_json=args.json))
    if not Path(settings.DOUDI_KEYS).exists():
        stdout.write(f"Now bring the keys to {settings.DOUDI_KEYS}: without them nothing opens.\n")
    stdout.write("Then `doudi audit verify` and `doudi check`.\n")
    return 0
