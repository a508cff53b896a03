"""The lake: where it keeps things, and which rows count: the manifest is the `Delivery` table."""

import datetime as dt
import fcntl
import os
import shutil
import struct
import tempfile
from collections.abc import Collection, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from django.conf import settings

from doudi.clock.demo_mark import is_demo
from doudi.clock.time import CHINA
from doudi.kernel.money import plain_yuan
from doudi.policy.pack import load_pack
from doudi.vault.pseudonyms import of_lake
from doudi.vault.seal import open_bytes, seal_bytes
from doudi.verification.dues import readers_of
from doudi.verification.engine.by_name import engine
from doudi.verification.engine.contract import Contract, in_force, versions
from doudi.verification.engine.loaded import Loaded
from doudi.verification.models import Delivery, Rest

CHUNK = 1 << 22
Used = dict[str, list[Delivery]]
_LENGTH = struct.Struct(">I")


def contract(code: str, on: dt.date | None = None) -> Contract:
    """An item's contract of a day, by which a file is checked; without a day the newest, by which
    rows of any age are read. KeyError for an unknown code.
    """
    known = contracts_of(code)
    return in_force(known, on) if on else known[-1]


def contracts_of(code: str) -> tuple[Contract, ...]:
    """Every version of an item's contract, the oldest first."""
    return versions(Path(settings.DOUDI_PACK_DIR) / "catalog" / "contracts.yaml")[code]


@contextmanager
def work_folder() -> Iterator[Path]:
    """A folder for one load or run, deleted afterwards; those of killed processes go first (P14).

    A living process holds the lock of its folder; a lock dies with its process.
    """
    base = Path(settings.DOUDI_LAKE) / "work"
    base.mkdir(parents=True, exist_ok=True)
    with (base / ".lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        for left in base.glob("*/lock"):
            with left.open() as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                shutil.rmtree(left.parent)
        folder = Path(tempfile.mkdtemp(dir=base))
        lock = (folder / "lock").open("w")
        fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
        lock.close()


def loading(
    path: Path, about: Contract, last_day: dt.date, work: Path
) -> Generator[int, None, Loaded]:
    """Reads and checks a delivered file with this installation's pseudonyms, in pieces."""
    intake = engine("intake")
    terms = intake.Terms(last_day, of_lake().hide, is_demo())
    loaded: Loaded = yield from intake.loading(path, about, terms, work)
    return loaded


def put_away(work: Path, target: Path) -> None:
    """The loaded rows into the lake, whole or not at all."""
    engine("intake").put_away(work, target)


def asked_now() -> dict[str, Any]:
    """What the pack asks in a comparison today: definitions and thresholds, as plain data."""
    folder = Path(settings.DOUDI_PACK_DIR) / "signals"
    names = {
        "definitions": "definitions.yaml",
        "limits": "comparison.yaml",
        "unregistered": "unregistered.yaml",
    }
    read = {
        key: yaml.safe_load((folder / name).read_text(encoding="utf-8"))
        for key, name in names.items()
    }
    for part in read.values():
        part["effective_from"] = part["effective_from"].isoformat()
    return read | {"rests": _rests()}


def _rests() -> dict[str, list[str]]:
    """Where each rule rests now: the beginning of region codes, by signal; one query."""
    told: dict[str, list[str]] = {}
    rows = Rest.objects.filter(state="resting").order_by("signal", "region")
    for signal, region in rows.values_list("signal", "region"):
        told.setdefault(signal, []).append(region[:4] if region.endswith("00") else region)
    return told


def retires_with_two(on: dt.date) -> bool:
    """Whether the law pack asks for a second person before a rule rests."""
    return load_pack(settings.DOUDI_PACK_DIR).book.general("discrepancies.retire_hands", on) > 1


def lasts(key: str, at: dt.datetime) -> dt.date:
    """The last day of what begins at an instant and holds for the law pack's days."""
    book = load_pack(settings.DOUDI_PACK_DIR).book
    return (at + dt.timedelta(days=book.general(key, at.astimezone(CHINA).date()))).date()


def months_of(key: str, at: dt.datetime) -> int:
    """So many months of the law pack, as of an instant."""
    return load_pack(settings.DOUDI_PACK_DIR).book.general(key, at.astimezone(CHINA).date())


def signals_reading(code: str) -> list[tuple[str, str, str]]:
    """The signals of today's pack that read an item: code and name in both languages."""
    asked = asked_now()["definitions"]
    readers = readers_of(asked)
    names = asked["signals"]
    return [(s, names[s]["zh"], names[s]["en"]) for s in names if code in readers.get(s, ())]


def original_path(sha256: str) -> Path:
    """Where a delivered file lies unchanged, sealed."""
    return Path(settings.DOUDI_LAKE) / "original" / sha256[:2] / sha256


def rows_path(code: str, delivery_id: UUID) -> Path:
    """Where a delivery's accepted rows lie; those that wait for a match lie beside."""
    return Path(settings.DOUDI_LAKE) / f"item={code}" / f"delivery={delivery_id}" / "rows.parquet"


def unmatched_path(code: str, delivery_id: UUID) -> Path:
    """Where a delivery's rows with a wrong number lie."""
    return rows_path(code, delivery_id).with_name("unmatched.parquet")


def run_folder(run_id: UUID) -> Path:
    """Where a run keeps what it read of the register, its facts and its evidence."""
    return Path(settings.DOUDI_LAKE) / f"run={run_id}"


def keep_original(path: Path, target: Path) -> None:
    """The unchanged file under its hash, sealed in pieces (P14), written once."""
    if target.exists():
        target.touch()  # one that lies there without a row must not be swept away meanwhile
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(target.name + ".half")
    with path.open("rb") as source, half.open("wb") as out:
        for place, piece in enumerate(_pieces(source)):
            sealed = seal_bytes(piece, f"lake:{target.name}:{place}")
            out.write(_LENGTH.pack(len(sealed)) + sealed)
        # An empty last piece tells that nothing was cut off.
        out.write(_LENGTH.pack(0))
        out.flush()
        os.fsync(out.fileno())
    half.replace(target)


def _pieces(source: Any) -> Iterator[bytes]:
    while piece := source.read(CHUNK):
        yield piece


def original(sha256: str) -> Iterator[bytes]:
    """A delivered file again, in pieces; SealBroken or EOFError where it was changed or cut."""
    with original_path(sha256).open("rb") as file:
        place = 0
        while True:
            head = file.read(_LENGTH.size)
            if len(head) < _LENGTH.size:
                raise EOFError(sha256)
            (length,) = _LENGTH.unpack(head)
            if not length:
                return
            yield open_bytes(file.read(length), f"lake:{sha256}:{place}")
            place += 1


def visible(items: Sequence[str] = (), *, of_run: Sequence[str] | None = None) -> Used:
    """Accepted deliveries by item, oldest first; `of_run` names those of an earlier run."""
    rows = Delivery.objects.filter(state="accepted").order_by("item", "sequence")
    if of_run is not None:
        rows = Delivery.objects.filter(pk__in=of_run).order_by("item", "sequence")
    if items:
        rows = rows.filter(item__in=items)
    found: Used = {}
    for row in rows:
        if contract(row.item).mode == "full":
            found[row.item] = [row]
        else:
            found.setdefault(row.item, []).append(row)
    return found


def means(found: Delivery, before: Delivery | None) -> list[tuple[str, str, str]]:
    """Column by column of numbers what a filled cell was on average before, and is now."""
    money = {column.heading for column in contract(found.item).told if column.kind == "money"}
    now, earlier = (_means(row.figures, money) if row else {} for row in (found, before))
    return [(name, earlier.get(name, "—"), told) for name, told in now.items()]


def _means(figures: dict[str, Any], money: Collection[str]) -> dict[str, str]:
    filled = figures.get("filled", {})
    sums = {name: total for name, total in figures.get("sums", {}).items() if filled.get(name)}
    return {
        name: plain_yuan(round(total / filled[name]))
        if name in money
        else f"{total / filled[name]:.1f}"
        for name, total in sums.items()
    }
