"""Signed heads of the chains for another custodian: without them, who owns the database could
rewrite a chain together with its head."""

import json
import os
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from django.conf import settings

from doudi.audit.models import Head
from doudi.clock.time import now
from doudi.vault.keys import ring

FILE = "heads.jsonl"
PUBLIC_KEY = "heads.pub"


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


def _last_seen(path: Path) -> dict[str, int]:
    seen: dict[str, int] = {}
    if path.exists():
        for line in path.read_text().splitlines():
            head = json.loads(json.loads(line)["head"])
            seen[head["chain"]] = head["seq"]
    return seen
