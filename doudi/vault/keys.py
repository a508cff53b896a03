"""The key store: versions of the sealing key, one index key, one signing key."""

import base64
import json
import os
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings


class NoKeys(RuntimeError):
    """There is no key store where the settings point."""


@dataclass(frozen=True, repr=False)
class KeyRing:
    """Sealing keys by version, the newest seals; index and signing keys stand apart."""

    current: int
    sealing: dict[int, bytes]
    index: bytes
    signing: bytes

    @staticmethod
    def load(path: Path) -> "KeyRing":
        """Reads the store; NoKeys when it is not there."""
        try:
            stored = json.loads(path.read_text())
        except FileNotFoundError:
            raise NoKeys(f"no key store at {path}: run `doudi init` or `doudi demo`") from None
        sealing = {int(v): base64.b64decode(k) for v, k in stored["sealing"].items()}
        return KeyRing(
            stored["current"],
            sealing,
            base64.b64decode(stored["index"]),
            base64.b64decode(stored["signing"]),
        )

    def signer(self) -> Ed25519PrivateKey:
        """Signs the heads of the journal."""
        return Ed25519PrivateKey.from_private_bytes(self.signing)


def _write(path: Path, ring: KeyRing) -> None:
    """Atomically, readable by the owner only."""
    stored = {
        "current": ring.current,
        "sealing": {str(v): base64.b64encode(k).decode() for v, k in ring.sealing.items()},
        "index": base64.b64encode(ring.index).decode(),
        "signing": base64.b64encode(ring.signing).decode(),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(stored, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def create_keys(path: Path) -> None:
    """Makes a new store; refuses to overwrite one, since what it sealed would be lost."""
    if path.exists():
        raise FileExistsError(f"there is a key store at {path} already")
    fresh = KeyRing(
        1, {1: secrets.token_bytes(32)}, secrets.token_bytes(32), secrets.token_bytes(32)
    )
    _write(path, fresh)


def rotate(path: Path) -> int:
    """Adds a new sealing key; what older versions sealed stays readable. Returns its version."""
    ring = KeyRing.load(path)
    version = ring.current + 1
    sealing = ring.sealing | {version: secrets.token_bytes(32)}
    _write(path, KeyRing(version, sealing, ring.index, ring.signing))
    _load.cache_clear()
    return version


@cache
def _load(path: str) -> KeyRing:
    return KeyRing.load(Path(path))


def ring() -> KeyRing:
    """The store of this installation, read once a process."""
    return _load(str(settings.DOUDI_KEYS))  # text: to compare two paths costs more than a seal


def sealing_key(version: int) -> bytes | None:
    """The key of that version; reads the store again, as another process may have rotated it."""
    if version not in ring().sealing:
        _load.cache_clear()
    return ring().sealing.get(version)
