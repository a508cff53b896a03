"""看交换文件夹: what departments put down with a signed manifest is received and answered there.

A file counts when its manifest stands beside it; the manifest is written last. What was taken in is
moved to `taken/` with its receipt; what goes back stays where it is with a report (and the rows to
mend) beside it. Harmless when repeated and when it dies anywhere: the manifest names the receipt.

Clause: DSL art 27; DB57 art 17
Move:   none      Right: the signature of the department      Says: nothing
"""

import csv
import datetime as dt
import hashlib
import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from doudi.attachments.bulk import blocks_of
from doudi.clock.time import real_now
from doudi.departments.actions.receive_file import known_receipt, receive_signed
from doudi.departments.flow import FOLDER, OPEN, PASSING, REFUSED
from doudi.departments.letters import receipt_letter
from doudi.departments.models import Upload
from doudi.kernel.errors import Invalid
from doudi.paper.workbook.defuse import harmless
from doudi.verification.catalog.faults import FAULTS
from doudi.verification.engine.loaded import FileRefused

MANIFEST, REPORT, WAITS = ".manifest.json", ".report.csv", ".waits.csv"
MEND, RECEIPT = ".mend.xlsx", ".receipt.json"
STILL = 3  # seconds without a change: nobody is writing any more
MOST_MANIFEST = 10_000


def look_into_folder(folder: Path, *, at: dt.datetime) -> list[tuple[str, str]]:
    """Name and state of every file that has its manifest; the checks are the worker's."""
    return [(path.name, _one(path, at)) for path in _complete(folder)]


def _complete(folder: Path) -> Iterator[Path]:
    """Files with a manifest, here and one folder down; no links, nothing half-written."""
    before = real_now().timestamp() - STILL
    for manifest in sorted([*folder.glob(f"*{MANIFEST}"), *folder.glob(f"*/*{MANIFEST}")]):
        path = manifest.with_name(manifest.name.removesuffix(MANIFEST))
        if manifest.parent.name == "taken" or not (_plain(manifest) and _plain(path)):
            continue
        if max(path.stat().st_mtime, manifest.stat().st_mtime) <= before:
            yield path


def _plain(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def _one(path: Path, at: dt.datetime) -> str:
    if _told_already(path):
        return REFUSED
    try:
        upload = _received(path, at)
    except FileRefused as refusal:
        _report(path, "", [[0, "", refusal.code, ""]], refusal.values)
        return REFUSED
    except Invalid as refusal:
        _report(path, "", [], {}, refusal.sentence)
        return REFUSED
    if upload.state == REFUSED:
        _tell(path, upload)
    elif upload.state not in OPEN:
        _put_away(path, upload)
    return upload.state


def _mark(path: Path) -> str:
    """By which a report says of which manifest it speaks: a mended one is looked at again."""
    return hashlib.sha256(beside(path, MANIFEST).read_bytes()[:MOST_MANIFEST]).hexdigest()[:16]


def _told_already(path: Path) -> bool:
    try:
        with beside(path, REPORT).open(encoding="utf-8-sig") as report:
            return report.readline().rstrip().endswith(_mark(path))
    except OSError:
        return False


def _received(path: Path, at: dt.datetime) -> Upload:
    manifest = _manifest(beside(path, MANIFEST))
    found = known_receipt(manifest, at)
    if found is not None:
        return found
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
        return receive_signed(manifest, file, road=FOLDER, at=at)


def _manifest(path: Path) -> dict[str, Any]:
    if path.stat().st_size > MOST_MANIFEST:
        raise FileRefused("manifest")
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        raise FileRefused("manifest") from None
    if not isinstance(found, dict):
        raise FileRefused("manifest")
    return found


def beside(path: Path, ending: str) -> Path:
    """The file of that ending beside a delivered one."""
    return path.with_name(path.name + ending)


def _put_away(path: Path, upload: Upload) -> None:
    """Into `taken/` with the signed receipt; the manifest goes last, so that a kill is mended."""
    taken = path.parent / "taken"
    taken.mkdir(exist_ok=True)
    stem = taken / f"{upload.number}-{path.name}"
    text = json.dumps(receipt_letter(upload), ensure_ascii=False, indent=1)
    beside(stem, RECEIPT).write_text(text, encoding="utf-8")
    _mend(stem, upload)
    path.replace(stem)
    beside(path, MANIFEST).replace(beside(stem, MANIFEST))
    for ending in (REPORT, WAITS, MEND):
        beside(path, ending).unlink(missing_ok=True)


def _tell(path: Path, upload: Upload) -> None:
    told = upload.refused
    rows = [[row, "", told["code"], ""] for row in told["rows"] or [0]]
    values = told["values"] | ({"row": told["rows"][0] + 1} if told["rows"] else {})
    _mend(path, upload)
    _report(path, upload.number, rows + upload.faults, values)


def _mend(path: Path, upload: Upload) -> None:
    if upload.errors_name:
        with beside(path, MEND).open("wb") as out:
            out.writelines(blocks_of(upload.errors_name))


def _report(
    path: Path, number: str, faults: list[list[Any]], values: dict[str, Any], plain: str = ""
) -> None:
    """Row as a spreadsheet counts it, column, masked value, the reason in both languages.

    What may be good at a later look is told under another name and tried again.
    """
    passing = [code for _row, _heading, code, _masked in faults[:1] if code in PASSING]
    target = beside(path, WAITS if passing else REPORT)
    half = target.with_name(target.name + ".half")
    with half.open("w", encoding="utf-8-sig", newline="") as out:
        table = csv.writer(out)
        table.writerow(
            ["表中第几行", "列", "值（已遮盖）", "问题", "what is wrong", number, _mark(path)]
        )
        if plain:
            table.writerow(["", "", "", plain, "", ""])
        for row, heading, code, masked in faults:
            zh, en = FAULTS[code]
            if not heading:
                zh, en = zh.format(**values), en.format(**values)
            table.writerow([row + 1 if row else "", heading, harmless(masked), zh, en, code])
    half.replace(target)
