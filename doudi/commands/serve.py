"""`doudi serve`: web server, worker and scheduler together on one machine, until Ctrl-C."""

import argparse
import datetime as dt
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from typing import TextIO

from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.clock.demo_mark import is_demo
from doudi.clock.moves import move_to
from doudi.clock.time import CHINA, now, refresh
from doudi.commands import web
from doudi.gate.demo_accounts import sign_ins

DOUDI = [sys.executable, "-m", "doudi.commands.main"]
WORKER = [*DOUDI, "worker"]


class Keeper:
    """Keeps its children alive, and takes all of them down together."""

    def __init__(self, commands: dict[str, list[str]], stderr: TextIO) -> None:
        self.commands = commands
        self.stderr = stderr
        self.leaving = threading.Event()
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str) -> None:
        """One child, in its own session so that Ctrl-C reaches only the keeper."""
        words = self.commands[name]
        self.children[name] = subprocess.Popen(words, start_new_session=True)  # noqa: S603  our own

    def watch(self) -> int:
        """Restarts what dies; three deaths within ten seconds end it all with exit 1."""
        deaths: list[float] = []
        while not self.leaving.wait(0.2):
            for name, child in self.children.items():
                if child.poll() is None:
                    continue
                deaths = [t for t in deaths if t > time.monotonic() - 10] + [time.monotonic()]
                if len(deaths) >= 3:
                    self.stderr.write(f"doudi: the {name} does not stay up; see its words above\n")
                    self.stop()
                    return 1
                self.start(name)
        self.stop()
        return 0

    def stop(self) -> None:
        """Asks kindly, waits ten seconds, then insists."""
        for child in self.children.values():
            child.terminate()
        for child in self.children.values():
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                child.kill()


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _greet(port: int, stdout: TextIO) -> None:
    base = f"http://127.0.0.1:{port}"
    stdout.write(
        f"\nDoudi 兜底 is open.\n  三码 three codes   {base}/\n  工作台 desk        {base}/desk/\n"
    )
    if is_demo():
        stdout.write(f"  演示 demo          {base}/demo/   (stories, clock, messages)\n\n")
        stdout.write("Demo sign-ins (the page /sign-in/ shows them with their code):\n")
        for line in sign_ins():
            stdout.write(f"  {line}\n")
    stdout.write("\nCtrl-C stops everything.\n")
    stdout.flush()


def _set_clock() -> str:
    """DOUDI_CLOCK as an instant moves a demonstration's clock there; the refusal in words."""
    if settings.DOUDI_CLOCK == "real":
        return ""
    try:
        start = dt.datetime.fromisoformat(settings.DOUDI_CLOCK)
    except ValueError:
        return "DOUDI_CLOCK must be `real` or an instant like 2022-05-09T08:00"
    if not is_demo():
        return "DOUDI_CLOCK may move the clock of a demonstration only"
    instant = start if start.tzinfo else start.replace(tzinfo=CHINA)
    refresh()
    if instant > now():
        with transaction.atomic():
            move_to(instant)
            write("clock.moved", actor=SYSTEM, subject="clock", detail={"to": str(instant.date())})
    return ""


def run(argv: list[str], stdout: TextIO, stderr: TextIO) -> int:
    """Serves on 127.0.0.1 until SIGINT or SIGTERM; exit 1 if it cannot stay up."""
    parser = argparse.ArgumentParser(prog="doudi serve", description=__doc__)
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    parser.add_argument("--demo", action="store_true", help="builds the demo city where none is")
    args = parser.parse_args(argv)
    if args.demo and not is_demo():
        built = subprocess.run([*DOUDI, "demo"], check=False)  # noqa: S603  our own
        if built.returncode:
            return built.returncode
        refresh()
    if _answers(args.port):
        stderr.write(f"doudi: something already serves on port {args.port}; try --port 8001\n")
        return 1
    refusal = _set_clock()
    if refusal:
        stderr.write(f"doudi: {refusal}\n")
        return 1
    call_command("collectstatic", interactive=False, verbosity=0)
    keeper = Keeper({"web": web.command(args.port), "worker": WORKER}, stderr)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: keeper.leaving.set())
    for name in keeper.commands:
        keeper.start(name)
    threading.Thread(target=_greet_when_open, args=(args.port, keeper, stdout), daemon=True).start()
    return keeper.watch()


def _greet_when_open(port: int, keeper: Keeper, stdout: TextIO) -> None:
    while not keeper.leaving.wait(0.1):
        if _answers(port):
            _greet(port, stdout)
            return
