"""Checks the chains of the journal without the product: no Django, no keys but the public one.

`python -m doudi.audit.verifier DATABASE [ANCHORS]`, where DATABASE is a SQLite file or a
PostgreSQL address and ANCHORS the folder of signed heads.
"""

import datetime as dt
import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from doudi.audit.chain import FIELDS, beginning, entry_hash

COLUMNS = (*FIELDS, "prev_hash", "hash")
QUERY = f"SELECT {', '.join(COLUMNS)} FROM audit_entry ORDER BY chain, seq"  # noqa: S608  constants
HEADS = "SELECT chain, seq, hash FROM audit_head ORDER BY chain"


@dataclass(frozen=True)
class Break:
    """The first place of a chain that does not hold."""

    chain: str
    seq: int
    why: str

    def __str__(self) -> str:
        return f"chain {self.chain}, entry {self.seq}: {self.why}"


@dataclass(frozen=True)
class Verdict:
    """How much was checked and what was found; good when `breaks` is empty."""

    entries: int
    chains: int
    anchors: int
    breaks: tuple[Break, ...]


Hashes = dict[str, dict[int, str]]


def verify(
    entries: Iterable[Mapping[str, Any]],
    heads: Iterable[tuple[str, int, str]],
    anchors: Iterable[tuple[str, int, str]] = (),
) -> Verdict:
    """Entries must come by chain and number; anchors were read with read_anchors()."""
    breaks: dict[str, Break] = {}
    hashes: Hashes = {}
    count = 0
    for entry in entries:
        count += 1
        chain = entry["chain"]
        seen = hashes.setdefault(chain, {0: beginning(chain)})
        if chain not in breaks:
            why = _wrong(entry, seen)
            if why:
                breaks[chain] = Break(chain, entry["seq"], why)
        seen[entry["seq"]] = entry["hash"]
    signed = list(anchors)
    for place in (*_wrong_heads(hashes, heads), *_wrong_anchors(hashes, signed)):
        breaks.setdefault(place.chain, place)
    return Verdict(count, len(hashes), len(signed), tuple(breaks.values()))


def _wrong_heads(hashes: Hashes, heads: Iterable[tuple[str, int, str]]) -> Iterator[Break]:
    headless = set(hashes)
    for chain, seq, hash_ in heads:
        headless.discard(chain)
        held = hashes.get(chain, {0: beginning(chain)})
        if held.get(seq) != hash_ or max(held) != seq:
            yield Break(chain, seq, "the head does not fit: cut or added to")
    for chain in sorted(headless):
        yield Break(chain, 0, "the chain has lost its head")


def _wrong_anchors(hashes: Hashes, anchors: Iterable[tuple[str, int, str]]) -> Iterator[Break]:
    for chain, seq, hash_ in anchors:
        if hashes.get(chain, {}).get(seq) != hash_:
            yield Break(chain, seq, "differs from the signed head kept outside")


def _wrong(entry: Mapping[str, Any], seen: dict[int, str]) -> str:
    before = seen.get(entry["seq"] - 1)
    if before is None:
        return "an entry before it is missing"
    if entry["seq"] in seen:
        return "its number stands twice"
    if entry["prev_hash"] != before:
        return "it does not continue the entry before it"
    if entry_hash(entry, before) != entry["hash"]:
        return "its content was changed"
    return ""


def read_anchors(folder: Path) -> Iterator[tuple[str, int, str]]:
    """The signed heads of a folder; ValueError for a line whose signature does not hold."""
    path = folder / "heads.jsonl"
    if not path.exists():
        return
    key = load_pem_public_key((folder / "heads.pub").read_bytes())
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("the public key of the anchors is of another kind")
    for number, line in enumerate(path.read_text().splitlines(), 1):
        try:
            signed = json.loads(line)
            key.verify(bytes.fromhex(signed["signature"]), signed["head"].encode())
        except (InvalidSignature, ValueError, KeyError, TypeError):
            raise ValueError(f"anchor line {number} was changed") from None
        head = json.loads(signed["head"])
        yield head["chain"], head["seq"], head["hash"]


def verify_database(address: str, anchors: Path | None = None) -> Verdict:
    """A SQLite file or a PostgreSQL address, with the folder of anchors when there is one.

    ValueError when the database cannot be read or an anchor was changed.
    """
    signed = list(read_anchors(anchors)) if anchors else []
    try:
        return _verify_at(address, signed)
    except (sqlite3.Error, psycopg.Error) as error:
        raise ValueError(f"the journal cannot be read: {error}") from None


def _verify_at(address: str, signed: list[tuple[str, int, str]]) -> Verdict:
    if address.startswith(("postgres://", "postgresql://")):
        with psycopg.connect(address) as connection:
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            return verify(_rows(connection.execute(QUERY)), connection.execute(HEADS), signed)
    file = sqlite3.connect(f"{Path(address).resolve().as_uri()}?mode=ro", uri=True)
    try:
        file.execute("BEGIN")  # entries and heads of one instant, while officers go on working
        return verify(_rows(file.execute(QUERY)), file.execute(HEADS), signed)
    finally:
        file.close()


def _rows(cursor: Iterable[tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    for row in cursor:
        entry = dict(zip(COLUMNS, row, strict=True))
        if isinstance(entry["detail"], str):
            entry["detail"] = json.loads(entry["detail"])
        entry["at"] = _instant(entry["at"])
        yield entry


def _instant(stored: Any) -> str:
    """UTC text with microseconds, however the database keeps it."""
    if isinstance(stored, str):
        stored = dt.datetime.fromisoformat(stored).replace(tzinfo=dt.UTC)
    return str(stored.astimezone(dt.UTC).isoformat(timespec="microseconds"))


def main(argv: list[str]) -> int:
    """Prints the verdict; exit 1 when a chain is broken."""
    try:
        verdict = verify_database(argv[0], Path(argv[1]) if len(argv) > 1 else None)
    except (ValueError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(report(verdict))
    return 1 if verdict.breaks else 0


def report(verdict: Verdict) -> str:
    """The verdict in lines."""
    lines = [f"{verdict.entries} entries in {verdict.chains} chains, {verdict.anchors} anchors"]
    lines += [f"BROKEN {place}" for place in verdict.breaks] or ["every chain holds"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
