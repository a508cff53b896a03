"""接收交付: checks the signed manifest, takes a department's file in whole, or sends it back whole.

Clause: SI649 art 58; DB57 art 17
Move:   none      Right: called by `doudi deliver` and by departments/actions      Says: nothing
"""

import calendar
import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Callable, Generator, Mapping
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import transaction

from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.kernel.periods import Month
from doudi.people.queries import holds_people, many_on_file
from doudi.verification.catalog.items import codes, item
from doudi.verification.engine.by_name import engine
from doudi.verification.engine.contract import Contract
from doudi.verification.engine.loaded import FileRefused, Loaded, ended
from doudi.verification.file import (
    contract,
    keep_original,
    loading,
    original_path,
    put_away,
    rows_path,
    run_folder,
    work_folder,
)
from doudi.verification.flow import FIRST, PEOPLE, ROWS, VALUES
from doudi.verification.models import AgencyKey, Delivery
from doudi.verification.queries import newest_run
from doudi.verification.register import shown

FIELDS = {"item", "agency", "period", "sequence", "rows", "sha256"}
ROWS_APART = 0.30  # promises.md row C: a full delivery differs in rows by at most 30 %
SUMS_APART = 3  # a column whose mean is thrice or a third of the last one's may be another column
KNOWN_APART = 2  # fewer than half as many rows of people on the register as last time
FEW = 20  # below this many rows or people a share says nothing
LOOKED_UP = 10_000  # people of a first delivery: a share of a thousandth shows among them


def message_of(manifest: Mapping[str, Any]) -> bytes:
    """The bytes a department signs: the manifest's fields without the signature, sorted."""
    told = {name: manifest[name] for name in sorted(FIELDS)}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


Taken = tuple[Delivery, Loaded]


def take_delivery(path: Path, manifest: Mapping[str, Any], *, by: Actor, at: dt.datetime) -> Taken:
    """The delivery, accepted or held, and what was quarantined; FileRefused changes nothing."""
    return ended(taking_delivery(path, manifest, by=by, at=at))


def taking_delivery(
    path: Path,
    manifest: Mapping[str, Any],
    *,
    by: Actor,
    at: dt.datetime,
    vouched: bool = False,
    also: Callable[[Taken], None] = lambda _taken: None,
) -> Generator[int, None, Taken]:
    """take_delivery() in pieces: yields how many rows have been read.

    `vouched`: a clerk of that department, signed in with both factors, stands in for the key.
    `also` writes in the same transaction.
    """
    check_manifest(manifest, vouched=vouched)
    _check_file(manifest, path)
    period = Month.parse(str(manifest["period"]))
    about = contract(str(manifest["item"]), period.first_day)
    with work_folder() as work:
        loaded = yield from loading(path, about, _last_day(str(manifest["period"])), work)
        _check_whole(loaded, manifest, about)
        made = _delivery(manifest, loaded, about, at, work)
        keep_original(path, original_path(made.sha256))
        put_away(work, rows_path(made.item, made.pk))
    with transaction.atomic():
        _next(made.item, made.sequence)
        made.save(force_insert=True)
        also((made, loaded))
        write(
            "delivery.taken",
            actor=by,
            subject=f"delivery:{made.pk}",
            detail={"item": made.item, "rows": made.rows_in, "state": made.state},
        )
    return made, loaded


def check_manifest(manifest: Mapping[str, Any], *, vouched: bool = False) -> None:
    """Fields, the department's item, its signature, in this order; FileRefused otherwise."""
    _check_fields(manifest)
    if manifest["item"] not in codes() or item(manifest["item"]).agency != manifest["agency"]:
        raise FileRefused("agency")
    if not vouched:
        _check_signature(manifest)


def _check_file(manifest: Mapping[str, Any], path: Path) -> None:
    """The signed bytes, and the next number."""
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != manifest["sha256"]:
            raise FileRefused("sha256")
    _next(manifest["item"], manifest["sequence"])


def _check_fields(manifest: Mapping[str, Any]) -> None:
    kinds = {"sequence": int, "rows": int}
    if set(manifest) != FIELDS | {"signature"}:
        raise FileRefused("manifest")
    if any(type(value) is not kinds.get(name, str) for name, value in manifest.items()):
        raise FileRefused("manifest")
    try:
        Month.parse(manifest["period"])
    except ValueError:
        raise FileRefused("manifest") from None


def _check_signature(manifest: Mapping[str, Any]) -> None:
    living = AgencyKey.objects.filter(agency=manifest["agency"], ended_at=None)
    message = message_of(manifest)
    for public in living.values_list("public_key", flat=True):
        try:
            signature = bytes.fromhex(manifest["signature"])
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(signature, message)
        except (InvalidSignature, ValueError):
            continue
        # One spelling only: hexadecimal may be written in two cases.
        if signature.hex() == manifest["signature"]:
            return
    raise FileRefused("signature")


def next_sequence(code: str) -> int:
    """The number that an item's next delivery carries."""
    numbers = Delivery.objects.filter(item=code).order_by("-sequence")
    return (numbers.values_list("sequence", flat=True).first() or 0) + 1


def _next(code: str, sequence: int) -> None:
    wanted = next_sequence(code)
    if sequence < wanted:
        raise FileRefused("replay")
    if sequence > wanted:
        raise FileRefused("gap", wanted=wanted)


def _last_day(period: str) -> dt.date:
    year, month = int(period[:4]), int(period[5:7])
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _check_whole(loaded: Loaded, manifest: Mapping[str, Any], about: Contract) -> None:
    if loaded.rows != manifest["rows"]:
        raise FileRefused("rows_differ", told=manifest["rows"], found=loaded.rows)
    if loaded.refused > about.bad_share * loaded.rows and loaded.refused > 0:
        refused = FileRefused("too_many_bad", total=loaded.rows, bad=loaded.refused)
        refused.loaded = loaded
        raise refused


def _delivery(
    manifest: Mapping[str, Any], loaded: Loaded, about: Contract, at: dt.datetime, work: Path
) -> Delivery:
    figures = {"sums": dict(loaded.sums), "filled": dict(loaded.filled)}
    held = _implausible(manifest["item"], loaded, about, work / "rows.parquet")
    return Delivery(
        id=uuid.uuid4(),
        item=manifest["item"],
        agency=manifest["agency"],
        contract_version=about.version,
        period=manifest["period"],
        sequence=manifest["sequence"],
        sha256=manifest["sha256"],
        signature=manifest["signature"],
        received_at=at,
        rows_in=loaded.rows,
        rows_accepted=loaded.accepted,
        rows_unmatched=loaded.unmatched,
        figures=figures,
        state="held" if held else "accepted",
        held_for=held,
    )


def _implausible(code: str, loaded: Loaded, about: Contract, rows: Path) -> str:
    """Why a person must look first (rows ±30 %, values of another size, strangers), or nothing."""
    last = Delivery.objects.filter(item=code, state="accepted").order_by("-sequence").first()
    if last is None or last.rows_accepted < FEW:
        return FIRST if _first_of_strangers(about, rows) else ""
    apart = abs(loaded.accepted - last.rows_accepted) / last.rows_accepted
    if about.mode == "full" and apart > ROWS_APART:
        return ROWS
    for name, total in last.figures["sums"].items():
        before, now = (
            _mean(total, last.figures["filled"][name]),
            _mean(loaded.sums[name], loaded.filled[name]),
        )
        if before and not 1 / SUMS_APART <= now / before <= SUMS_APART:
            return VALUES
    return PEOPLE if _strangers(last, loaded, rows) else ""


def _strangers(last: Delivery, loaded: Loaded, rows: Path) -> bool:
    """Whether far fewer rows than last time tell of somebody on the register."""
    run = newest_run()
    before = rows_path(last.item, last.pk)
    if run is None or loaded.accepted < FEW or not before.exists():
        return False
    share, who = engine("known").known_share, run_folder(run.pk) / "who.parquet"
    usual: float = share(before, who)
    met = usual * last.rows_accepted >= FEW
    return met and bool(share(rows, who) * KNOWN_APART < usual)


def _first_of_strangers(about: Contract, rows: Path) -> bool:
    """Whether fewer of its people than agreed are on the register, once there is one."""
    if not holds_people(FEW):
        return False
    keys = engine("known").some_people(rows, LOOKED_UP)
    return len(keys) >= FEW and many_on_file(shown(keys)) < about.known_share * len(keys)


def _mean(total: float, filled: int) -> float:
    return total / filled if filled else 0.0
