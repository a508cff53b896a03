"""A stream sealed to a public key: whoever makes a backup cannot read it, its owner can.

X25519 agrees on a key, HKDF derives it, AES-256-GCM seals pieces of a megabyte. Each piece is
bound to its number and to whether it is the last one: none can be dropped, doubled or moved, and
a torn end is seen.
"""

import io
import struct
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from doudi.vault.seal import SealBroken

MAGIC = b"DOUDI-SEALED-1\n"
PIECE = 1 << 20
LENGTH = struct.Struct(">I")
LAST = 1 << 31  # the mark of the last piece, in the top bit of its length


def new_key() -> tuple[bytes, bytes]:
    """A fresh pair: private and public, 32 bytes each."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def _key(shared: bytes, sender: bytes, owner: bytes) -> AESGCM:
    derive = HKDF(hashes.SHA256(), length=32, salt=sender + owner, info=MAGIC)
    return AESGCM(derive.derive(shared))


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


class Sealer(io.RawIOBase):
    """Writes plain, passes on sealed; `close` writes the last piece and leaves `out` open."""

    def __init__(self, out: IO[bytes], public: bytes) -> None:
        sender = X25519PrivateKey.generate()
        own = sender.public_key().public_bytes_raw()
        self.out, self.number, self.held = out, 0, bytearray()
        self.key = _key(sender.exchange(X25519PublicKey.from_public_bytes(public)), own, public)
        out.write(MAGIC + own)

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Takes any number of bytes."""
        self.held += data
        while len(self.held) > PIECE:
            self._piece(bytes(self.held[:PIECE]), 0)
            del self.held[:PIECE]
        return len(data)

    def close(self) -> None:
        """The rest, marked as the last; a second time does nothing."""
        if not self.closed:
            self._piece(bytes(self.held), LAST)
        super().close()

    def _piece(self, data: bytes, last: int) -> None:
        head = LENGTH.pack(len(data) | last)
        self.out.write(head + self.key.encrypt(_nonce(self.number), data, MAGIC + head))
        self.number += 1


class Opener(io.RawIOBase):
    """Reads plain out of sealed; SealBroken for a wrong key, a changed byte or a torn end."""

    def __init__(self, source: IO[bytes], private: bytes) -> None:
        if source.read(len(MAGIC)) != MAGIC:
            raise SealBroken("this is no backup of Doudi")
        owner, sender = X25519PrivateKey.from_private_bytes(private), source.read(32)
        if len(sender) < 32:
            raise SealBroken("the file ends in the middle")
        shared = owner.exchange(X25519PublicKey.from_public_bytes(sender))
        self.key = _key(shared, sender, owner.public_key().public_bytes_raw())
        self.source, self.number, self.held, self.ended = source, 0, b"", False

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, into: memoryview) -> int:  # type: ignore[override]
        """As many bytes as there are, at most the buffer's."""
        while not self.held and not self.ended:
            self._next()
        taken, self.held = self.held[: len(into)], self.held[len(into) :]
        into[: len(taken)] = taken
        return len(taken)

    def _next(self) -> None:
        head = self.source.read(LENGTH.size)
        if len(head) < LENGTH.size:
            raise SealBroken("the file ends in the middle")
        told = LENGTH.unpack(head)[0]
        self.ended = bool(told & LAST)
        size = told & ~LAST
        if size > PIECE:
            raise SealBroken("the seal does not hold")
        try:
            self.held = self.key.decrypt(
                _nonce(self.number), self.source.read(size + 16), MAGIC + head
            )
        except InvalidTag:
            raise SealBroken("the seal does not hold") from None
        self.number += 1
