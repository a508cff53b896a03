"""`doudi recordings`: which fixed texts are recorded for phones that cannot speak, and by whom."""

import argparse
import datetime as dt
from typing import TextIO

from doudi.clock.time import today
from doudi.portal.recorder import CannotRecord, record
from doudi.portal.sounds import MACHINE, PERSON, Spoken, all_spoken


def run(argv: list[str], stdout: TextIO, stderr: TextIO) -> int:
    """Exit 0 when every text is recorded with the words of the day, else 1."""
    parser = argparse.ArgumentParser(prog="doudi recordings", description=__doc__)
    parser.add_argument("--script", action="store_true", help="print what a person is to read in")
    parser.add_argument("--read", action="store_true", help="let the machine read what is missing")
    day = dt.date.fromisoformat
    parser.add_argument("--on", type=day, help="with the figures of this day instead of today's")
    parser.add_argument(
        "--also", type=day, nargs="*", default=[], help="read with the figures of these days too"
    )
    args = parser.parse_args(argv)
    texts = all_spoken(args.on or today())
    if args.read:
        try:
            made = record([*texts, *(t for on in args.also for t in all_spoken(on))], today())
        except CannotRecord as problem:
            stderr.write(f"doudi recordings: {problem}\n")
            return 1
        stdout.write(f"the machine has read {len(made)} texts; look at them in the next start\n")
        return 0
    return _tell(texts, args.script, stdout)


def _tell(texts: list[Spoken], script: bool, stdout: TextIO) -> int:
    for text in texts:
        stdout.write(f"{text.state:<9} {text.key}\n")
        if script and text.state != PERSON:
            stdout.write(f"  {text.text}\n")
            line = f"{{file: {text.key}.mp3, sha256: {text.sha256}, by: person, reader: , on: }}"
            stdout.write(f"  {text.key}:\n  - {line}\n\n")
    by = {reader: sum(text.state == reader for text in texts) for reader in (PERSON, MACHINE)}
    stdout.write(
        f"{sum(by.values())} of {len(texts)} texts are recorded: "
        f"{by[PERSON]} read by a person, {by[MACHINE]} by the machine\n"
    )
    return 0 if sum(by.values()) == len(texts) else 1
