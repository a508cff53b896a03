"""Loads that are killed for good: python -m tests.verification.killed, in a home of its own.

One process imports everything; each load runs in a fork of it, through the whole deed on a real
database and lake, and kills itself with SIGKILL at one place. Places are the deed's own calls into
C, with every sync, rename and commit among them.
"""

import hashlib
import importlib
import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

django.setup()

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from doudi.audit.actor import SYSTEM
from doudi.clock.demo_mark import mark_demo
from doudi.clock.time import now
from doudi.kernel.resident_id import check_digit
from doudi.vault.keys import create_keys
from doudi.verification.actions.add_agency_key import add_agency_key
from doudi.verification.actions.sweep_lake import sweep_lake
from doudi.verification.actions.take_delivery import message_of, take_delivery
from doudi.verification.file import original_path, rows_path
from doudi.verification.models import Delivery

for name in ("intake", "reading", "columns", "citizens"):
    importlib.import_module(f"doudi.verification.engine.{name}")

ROWS = 300
KEY = Ed25519PrivateKey.from_private_bytes(b"7" * 32)
LANDMARKS = frozenset({"posix.fsync", "posix.replace", "Connection.commit"})
HOME, LAKE = Path(settings.DOUDI_HOME), Path(settings.DOUDI_LAKE)


def _fork(work: Callable[[], Any]) -> tuple[int, Any]:
    """The signal that ended a child, and what it said."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(writing, json.dumps(work()).encode())
            os._exit(0)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    _pid, status = os.waitpid(child, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0, json.loads(said or "null")


def _prepare() -> None:
    """Keys, a department, its file and its signed manifest."""
    create_keys(settings.DOUDI_KEYS)
    mark_demo(7, "0", now())
    add_agency_key("公安", KEY.public_key().public_bytes_raw().hex(), by=SYSTEM, at=now())
    bodies = [f"6107991960{1 + n // 900:02d}12{n % 900:03d}" for n in range(ROWS)]
    lines = [f"{body}{check_digit(body)},在册,2020-01-01," for body in bodies]
    (HOME / "g04.csv").write_text("\n".join(["证件号码,状态,起始日期,截止日期", *lines]) + "\n")


def _load() -> bool:
    importlib.import_module("doudi.verification.engine.reading").BLOCK = 1_500
    path = HOME / "g04.csv"
    manifest = {
        "item": "G04",
        "agency": "公安",
        "period": "2022-05",
        "sequence": 1,
        "rows": ROWS,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }
    manifest["signature"] = KEY.sign(message_of(manifest)).hex()
    made, _loaded = take_delivery(path, manifest, by=SYSTEM, at=now())
    return made.state == "accepted"


def _name(called: Any) -> str:
    return f"{called.__module__}.{called.__name__}" if called.__module__ else called.__qualname__


def _counts(frame: Any, called: Any) -> bool:
    return "/doudi/" in frame.f_code.co_filename or _name(called) in LANDMARKS


def _counted() -> tuple[int, list[int]]:
    """How many calls into C a load makes, and which of them are landmarks."""
    calls, marks = 0, list[int]()

    def count(frame: Any, event: str, called: Any) -> None:
        nonlocal calls
        if event == "c_call" and _counts(frame, called):
            calls += 1
            if _name(called) in LANDMARKS:
                marks.append(calls)

    sys.setprofile(count)
    _load()
    sys.setprofile(None)
    return calls, marks


def _killed(at: int) -> bool:
    calls = 0

    def kill(frame: Any, event: str, called: Any) -> None:
        nonlocal calls
        calls += event == "c_call" and _counts(frame, called)
        if calls == at:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(kill)
    return _load()


def _state() -> dict[str, Any]:
    """What everybody can see: rows, the journal's length, whether what a row names is there, and
    what lies in the lake once it was swept.
    """
    rows = list(Delivery.objects.all())
    whole = [rows_path(r.item, r.pk).exists() and original_path(r.sha256).exists() for r in rows]
    told = {"deliveries": len(rows), "whole": all(whole), "journal": _journal()}
    for path in LAKE.rglob("*"):
        os.utime(path, (0, 0))
    sweep_lake()
    return told | {"left": _left()}


def _journal() -> int:
    with sqlite3.connect(HOME / "doudi.sqlite3") as base:
        return int(base.execute("select count(*) from audit_entry").fetchone()[0])


def _begin(pristine: Path) -> None:
    """Database and lake as they were before anything came; the work of the dead lies on."""
    for old in HOME.glob("doudi.sqlite3*"):
        old.unlink()
    shutil.copy(pristine, HOME / "doudi.sqlite3")
    for old in LAKE.glob("[oi]*"):  # original, item=…
        shutil.rmtree(old)


def _left() -> list[str]:
    """How many files of each kind: original, item, work."""
    found = [p.relative_to(LAKE).parts[0] for p in LAKE.rglob("[!.]*") if p.is_file()]
    return sorted(name.partition("=")[0] for name in found)


def main() -> None:
    """What came of every kill, and of the load after them, as JSON."""
    _fork(_prepare)
    pristine = HOME / "pristine.sqlite3"
    with sqlite3.connect(HOME / "doudi.sqlite3") as base:
        base.execute("vacuum into ?", [str(pristine)])
    before = _fork(_state)[1]
    _begin(pristine)
    calls, marks = _fork(_counted)[1]
    tenths = [calls * n // 10 for n in range(1, 11)]
    kills = []
    for place in sorted({*tenths, *(m + n for m in marks for n in (0, 1))}):
        _begin(pristine)
        ended, _ = _fork(lambda at=place: _killed(at))
        kills.append({"at": place, "signal": ended, **_fork(_state)[1]})
    _begin(pristine)
    loaded = _fork(_load)[1]
    after = _fork(_state)[1]
    told = {"tenths": tenths, "before": before, "kills": kills, "loaded": loaded, "after": after}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
