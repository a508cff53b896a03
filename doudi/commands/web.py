"""`doudi web`: the web server alone, in this process's place."""

import argparse
import os
import sys
from typing import TextIO

from config.env import ROOT


def command(port: int) -> list[str]:
    """The server's command line."""
    gunicorn = [sys.executable, "-m", "gunicorn"]
    return [*gunicorn, "-c", str(ROOT / "config" / "gunicorn.py"), "-b", f"127.0.0.1:{port}"]


def run(argv: list[str], stdout: TextIO, stderr: TextIO) -> int:
    """Replaces itself with gunicorn on 127.0.0.1."""
    parser = argparse.ArgumentParser(prog="doudi web", description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    args = parser.parse_args(argv)
    words = command(args.port)
    os.execv(words[0], words)  # noqa: S606  our own interpreter, no shell
    return 0
