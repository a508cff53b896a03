"""Large files, sealed in blocks: a table that was taken in or made, kept for days only.

Each block is bound to its file, its place and whether it is the last, so that nothing can be cut
off, swapped or repeated. No more than a block is ever in memory.
"""

import hashlib
import os
import tempfile
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings

from doudi.vault.seal import SealBroken, open_bytes, seal_bytes

BLOCK = 1 << 18
LENGTH = 4


@dataclass(frozen=True)
class Kept:
    """The name under which a file lies, and what it was."""

    name: str
    size: int
    sha256: str


def folder(name: str = "tables") -> Path:
    """A folder of the home that only we read."""
    place = Path(settings.DOUDI_HOME) / name
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def keep_bulk(file: IO[bytes]) -> Kept:
    """Seals the whole file under a name of our own."""
    name, digest, size = uuid.uuid4().hex, hashlib.sha256(), 0
    path = folder() / name
    draft = path.with_suffix(".new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        number, block = 0, file.read(BLOCK)
        while True:
            following = file.read(BLOCK)
            digest.update(block)
            size += len(block)
            sealed = seal_bytes(block, _place(name, number, not following))
            out.write(len(sealed).to_bytes(LENGTH, "big") + sealed)
            if not following:
                break
            number, block = number + 1, following
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)
    return Kept(name, size, digest.hexdigest())


def blocks_of(name: str) -> Iterator[bytes]:
    """The content again, block by block; SealBroken when a byte was touched or is missing."""
    with (folder() / name).open("rb") as sealed:
        number, token = 0, _next(sealed)
        while token:
            following = _next(sealed)
            yield open_bytes(token, _place(name, number, not following))
            number, token = number + 1, following


def open_bulk(name: str) -> IO[bytes]:
    """The content as a nameless file that can be read in any order; it vanishes when closed."""
    plain = tempfile.TemporaryFile(dir=folder("work"))  # noqa: SIM115  the caller closes it
    try:
        for block in blocks_of(name):
            plain.write(block)
    except BaseException:
        plain.close()
        raise
    plain.seek(0)
    return plain


def strays(kept: Collection[str], before: float) -> list[str]:
    """Files older than that instant to which no row points: a kill came between file and row."""
    return [
        path.name
        for path in folder().iterdir()
        if path.stem not in kept and path.stat().st_mtime < before
    ]


def discard_bulk(name: str) -> None:
    """Takes a file away; one that is gone already is no error."""
    if name:
        (folder() / name).unlink(missing_ok=True)


def _place(name: str, number: int, last: bool) -> str:
    return f"tables:{name}:{number}:{'last' if last else 'more'}"


def _next(sealed: IO[bytes]) -> bytes:
    head = sealed.read(LENGTH)
    if not head:
        return b""
    token = sealed.read(int.from_bytes(head, "big"))
    if len(head) < LENGTH or not token:
        raise SealBroken("the file is cut off")
    return token
