"""`doudi audit verify`: checks the chains of the journal; says the first broken entry of each."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

from django.conf import settings

from config.env import read
from doudi.audit.verifier import report, verify_database


def run(argv: list[str], stdout: TextIO, stderr: TextIO) -> int:
    """Exit 0 when every chain and every anchored head holds, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="doudi audit", description=__doc__)
    parser.add_argument("what", choices=["verify"])
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    address = read().database_url or str(settings.DATABASES["default"]["NAME"])
    try:
        verdict = verify_database(address.removeprefix("sqlite://"), Path(settings.DOUDI_ANCHORS))
    except (ValueError, OSError) as error:
        stderr.write(f"doudi audit: {error}\n")
        return 1
    stdout.write(json.dumps(asdict(verdict)) + "\n" if args.json else report(verdict))
    return 1 if verdict.breaks else 0
