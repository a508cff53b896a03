"""Keys of persons for files outside the database: whoever has the file alone meets nobody (P14).

A permutation of 64-bit numbers under the key store's key: no two people meet in one pseudonym,
files join as fast as before, and only this installation can turn a pseudonym back. Eight rounds
of the Luby-Rackoff construction with AES as round function.
"""

import hmac
from dataclasses import dataclass
from typing import Any

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from doudi.vault.keys import ring

ROUNDS = 8
Numbers = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, repr=False)
class Pseudonyms:
    """Hides and shows columns of whole numbers."""

    key: bytes

    def hide(self, numbers: Numbers) -> Numbers:
        """A pseudonym for each number; 0 (nobody) stays 0."""
        left, right = _halves(numbers)
        for turn in range(ROUNDS):
            left, right = right, left ^ self._round(turn, right)
        return np.where(numbers == 0, 0, _whole(left, right))

    def show(self, pseudonyms: Numbers) -> Numbers:
        """The numbers again."""
        left, right = _halves(pseudonyms)
        for turn in reversed(range(ROUNDS)):
            left, right = right ^ self._round(turn, left), left
        return np.where(pseudonyms == 0, 0, _whole(left, right))

    def _round(self, turn: int, half: Any) -> Any:
        """32 bits that only the key gives for this half in this round."""
        blocks = np.zeros((len(half), 4), dtype=np.uint32)
        blocks[:, 0], blocks[:, 1] = turn, half
        # Single blocks that never repeat a place: ECB is AES itself here, no mode for messages.
        aes = Cipher(algorithms.AES(self.key), modes.ECB()).encryptor()  # noqa: S305
        sealed = np.frombuffer(aes.update(blocks.tobytes()), dtype=np.uint32)
        return sealed.reshape(-1, 4)[:, 0]


def _halves(numbers: Numbers) -> tuple[Any, Any]:
    parts = np.ascontiguousarray(numbers, dtype=np.int64).view(np.uint32).reshape(-1, 2)
    return parts[:, 0].copy(), parts[:, 1].copy()


def _whole(left: Any, right: Any) -> Numbers:
    return np.ascontiguousarray(np.stack([left, right], axis=1)).view(np.int64).reshape(-1)


def of_lake() -> Pseudonyms:
    """This installation's: derived from the index key, which outlives rotations of the seals."""
    return Pseudonyms(hmac.digest(ring().index, b"lake:person", "sha256"))
