"""`doudi worker`: delivers events, sends notices and runs the timetable until it is stopped."""

import argparse
import signal
import threading
from typing import TextIO

from doudi.outbox.worker import run_forever


def run(argv: list[str], stdout: TextIO, stderr: TextIO) -> int:
    """Works until SIGINT or SIGTERM; what is half done is taken up again at the next start."""
    argparse.ArgumentParser(prog="doudi worker", description=__doc__).parse_args(argv)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    run_forever(stop)
    return 0
