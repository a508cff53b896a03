"""`doudi bank-simulator`: a bank in a process of its own, with faults by a seed (demonstration)."""

import argparse
import datetime as dt
import json
import os
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import unquote

from doudi.benefits.channels.base import BankAway
from doudi.demo.bank import BAD_DAY, NONE, Book, FaultyBank


class _Counter(BaseHTTPRequestHandler):
    """PUT and GET /files/NUMBER, POST /results, GET /book; a fault is no answer at all."""

    bank: FaultyBank

    def do_PUT(self) -> None:
        """A file arrives, or does not."""
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._answer(lambda: self.bank.send(self._number(), text, []))

    def do_GET(self) -> None:
        """Whether a file has arrived; the bank's own book for whoever audits it."""
        if self.path == "/book":
            self._answer(lambda: {"held": self.bank.with_households()})
        else:
            self._answer(lambda: {"received": self.bank.received(self._number())})

    def do_POST(self) -> None:
        """What became of some orders."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer(lambda: {"lines": [vars(r) for r in self.bank.results(asked)]})

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: a path may bear a number."""

    def _number(self) -> str:
        return unquote(self.path.rpartition("/")[2])

    def _answer(self, deed: Any) -> None:
        try:
            told = json.dumps(deed() or {}).encode()
        except BankAway:
            self.close_connection = True  # the line goes dead: an unknown outcome
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)


def run(argv: list[str], stdout: TextIO, stderr: TextIO) -> int:
    """Until it is stopped; what it acknowledged is on disk and outlives a kill."""
    parser = argparse.ArgumentParser(prog="doudi bank-simulator", description=__doc__)
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--book", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--faults", choices=("none", "bad-day"), default="none")
    args = parser.parse_args(argv)

    def clock() -> dt.datetime:
        return dt.datetime.fromtimestamp(time.time(), dt.UTC)

    faults = BAD_DAY if args.faults == "bad-day" else NONE
    _Counter.bank = FaultyBank(args.seed + os.getpid(), faults, clock, Book(args.book))
    server = HTTPServer(("127.0.0.1", args.port), _Counter)
    stdout.write(f"the bank listens on http://127.0.0.1:{server.server_port}\n")
    stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
    return 0
