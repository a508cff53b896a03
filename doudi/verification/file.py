"""The lake: where it keeps things, and which rows count: the manifest is the `Delivery` table."""

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings

from doudi.verification.engine.contract import Contract, contracts
from doudi.verification.models import Delivery


def contract(code: str) -> Contract:
    """The contract of one item; KeyError for an unknown code."""
    return contracts(Path(settings.DOUDI_PACK_DIR) / "catalog" / "contracts.yaml")[code]


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


def original_path(sha256: str) -> Path:
    """Where a delivered file lies unchanged."""
    return Path(settings.DOUDI_LAKE) / "original" / sha256[:2] / sha256


def rows_path(code: str, delivery_id: UUID) -> Path:
    """Where a delivery's accepted rows lie."""
    return Path(settings.DOUDI_LAKE) / f"item={code}" / f"delivery={delivery_id}" / "rows.parquet"


def visible(only: list[str] | None = None) -> dict[str, list[Delivery]]:
    """Accepted deliveries by item, oldest first; `only` names those of an earlier run."""
    rows = Delivery.objects.filter(state="accepted").order_by("item", "sequence")
    if only is not None:
        rows = Delivery.objects.filter(pk__in=only).order_by("item", "sequence")
    found: dict[str, list[Delivery]] = {}
    for row in rows:
        if contract(row.item).mode == "full":
            found[row.item] = [row]
        else:
            found.setdefault(row.item, []).append(row)
    return found
