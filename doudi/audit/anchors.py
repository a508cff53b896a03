"""Signed heads of the chains for another custodian: without them, who owns the database could
rewrite a chain together with its head."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from django.conf import settings

from doudi.audit.models import Head
from doudi.clock.time import now
from doudi.vault.keys import ring

FILE = "heads.jsonl"
PUBLIC_KEY = "heads.pub"
TAIL = 256_000


def export_heads() -> int:
    """Appends one signed line for each chain that grew; returns how many lines were written."""
    folder = Path(settings.DOUDI_ANCHORS)
    folder.mkdir(parents=True, exist_ok=True)
    signer = ring().signer()
    (folder / PUBLIC_KEY).write_bytes(
        signer.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
    _mend(folder / FILE)
    known = _last_seen(folder / FILE)
    lines = []
    for head in Head.objects.order_by("chain"):
        if head.seq > known.get(head.chain, 0):
            body = json.dumps(
                {"chain": head.chain, "seq": head.seq, "hash": head.hash, "at": now().isoformat()},
                sort_keys=True,
            )
            signature = signer.sign(body.encode()).hex()
            lines.append(json.dumps({"head": body, "signature": signature}) + "\n")
    if lines:
        with (folder / FILE).open("a") as file:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
    return len(lines)


@dataclass(frozen=True)
class SignedHead:
    """A head that lies with the other custodian: when it was signed, and the signature in hex."""

    at: str
    signature: str


def signed_heads(chain: str) -> dict[int, SignedHead]:
    """The heads of a chain that were written outside, by their number; reads the whole file.

    Only for an evidence pack, which is made seldom.
    """
    path = Path(settings.DOUDI_ANCHORS) / FILE
    if not path.exists():
        return {}
    with path.open() as file:
        lines = [json.loads(line) for line in file if chain in line]
    heads = [(json.loads(line["head"]), line["signature"]) for line in lines]
    return {h["seq"]: SignedHead(h["at"], sign) for h, sign in heads if h["chain"] == chain}


def anchored(chain: str) -> list[int]:
    """The numbers of a chain for which a signed head was written, in order."""
    return sorted(signed_heads(chain))


def public_key() -> bytes:
    """The key that checks the signatures, as it lies beside them; empty before the first."""
    path = Path(settings.DOUDI_ANCHORS) / PUBLIC_KEY
    return path.read_bytes() if path.exists() else b""


def _mend(path: Path) -> None:
    """Cuts off a line that a power cut left torn: it was never reported as written."""
    if path.exists() and (torn := _tail(path).rpartition(b"\n")[2]):
        os.truncate(path, path.stat().st_size - len(torn))


def _last_seen(path: Path) -> dict[str, int]:
    """Newest number of each chain; a chain not in the tail is written once more: harmless."""
    seen: dict[str, int] = {}
    if path.exists():
        whole = _tail(path).splitlines()[1 if path.stat().st_size > TAIL else 0 :]
        for line in whole:
            head = json.loads(json.loads(line)["head"])
            seen[head["chain"]] = head["seq"]
    return seen


def _tail(path: Path) -> bytes:
    """The end of the file: it grows for years and is read every minute."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - TAIL, 0))
        return file.read()
