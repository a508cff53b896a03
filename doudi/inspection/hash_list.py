"""证据包校验清单: the pack's files and the signed heads on a page that is handed over by hand."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings

from doudi.audit.anchors import public_key, signed_heads
from doudi.clock.demo_mark import is_demo
from doudi.clock.time import CHINA
from doudi.paper.typst import render

NAME = "hashlist.pdf"
Pieces = Sequence[Mapping[str, Any]]


def hash_list(files: Mapping[str, bytes], pieces: Pieces, about: Mapping[str, str]) -> bytes:
    """`about`: case_number, made_at, made_by, why, language. It lists all files but itself."""
    key = public_key()
    data = {
        "demo": is_demo(),
        **about,
        "files": [
            {"path": name, "size": len(files[name]), "sha256": _sha(files[name])}
            for name in sorted(files)
        ],
        "heads": [_head(piece) for piece in pieces],
        "key": _sha(key) if key else "",
    }
    return render("P4", data, pack=settings.DOUDI_PACK_DIR)


def minute(at: dt.datetime) -> str:
    """An instant in China as it stands on the page."""
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}"


def _head(piece: Mapping[str, Any]) -> dict[str, Any]:
    """One stretch; `at` and `signature` only where its end lies outside."""
    first, last = piece["entries"][0], piece["entries"][-1]
    told = {"chain": piece["chain"], "first": first["seq"], "last": last["seq"]}
    kept = signed_heads(piece["chain"]).get(last["seq"])
    outside = {}
    if kept:
        outside = {"at": minute(dt.datetime.fromisoformat(kept.at)), "signature": kept.signature}
    return told | {"hash": last["hash"]} | outside


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
