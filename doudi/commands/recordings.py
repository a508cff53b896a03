"""`doudi recordings`: which fixed texts are recorded for phones that cannot speak."""

import argparse
from typing import TextIO

from doudi.clock.time import today
from doudi.portal.sounds import RECORDED, all_spoken


def run(argv: list[str], stdout: TextIO, stderr: TextIO) -> int:
    """Exit 0 when every text is recorded as it stands today, else 1."""
    parser = argparse.ArgumentParser(prog="doudi recordings", description=__doc__)
    parser.add_argument("--script", action="store_true", help="print the texts to be read in")
    args = parser.parse_args(argv)
    on = today()
    texts = all_spoken(on)
    lacking = [text for text in texts if text.state != RECORDED]
    for text in texts:
        stdout.write(f"{text.state:<9} {text.key}\n")
        if args.script and text.state != RECORDED:
            stdout.write(f"  {text.text}\n")
            line = f"{{file: {text.key}.mp3, sha256: {text.sha256}, reader: , on: {on}}}"
            stdout.write(f"  {text.key}: {line}\n\n")
    stdout.write(f"{len(texts) - len(lacking)} of {len(texts)} texts are recorded\n")
    return 1 if lacking else 0
