"""How an entry is hashed; shared by the journal and by the verifier, and free of any framework."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

FIELDS = (
    "chain",
    "seq",
    "at",
    "actor_kind",
    "actor_id",
    "actor_name",
    "action",
    "subject",
    "purpose",
    "detail",
)


def beginning(chain: str) -> str:
    """What stands before the first entry of a chain."""
    return hashlib.sha256(f"doudi:{chain}".encode()).hexdigest()


def entry_hash(entry: Mapping[str, Any], prev_hash: str) -> str:
    """SHA-256 over the hash before it and the fields as canonical JSON; `at` is UTC text."""
    body = json.dumps(
        [entry[name] for name in FIELDS], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(f"{prev_hash}\n{body}".encode()).hexdigest()
