"""Seals bytes with AES-256-GCM (or SM4-GCM), bound to the place they belong to."""

import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from doudi.vault.keys import ring, sealing_key

NONCE = 12
TAG = 16
AES, SM4 = 1, 2


class SealBroken(ValueError):
    """The value was changed, moved to another place, or sealed with a key that is gone."""


def seal_bytes(data: bytes, aad: str, algorithm: int = AES) -> bytes:
    """algorithm (1) · key version (2) · nonce (12) · sealed data and tag; `aad` names the place."""
    keys = ring()
    nonce = os.urandom(NONCE)
    head = bytes([algorithm]) + keys.current.to_bytes(2, "big")
    key = keys.sealing[keys.current]
    bound = head + aad.encode()
    if algorithm == SM4:
        return head + nonce + _sm4_seal(key[:16], nonce, data, bound)
    return head + nonce + _aes(key).encrypt(nonce, data, bound)


def open_bytes(token: bytes, aad: str) -> bytes:
    """The data again; SealBroken for a changed byte, another place or an unknown key."""
    head, nonce, sealed = token[:3], token[3 : 3 + NONCE], token[3 + NONCE :]
    key = sealing_key(int.from_bytes(head[1:3], "big"))
    if key is None or len(sealed) < TAG:
        raise SealBroken("unknown key or torn value")
    bound = head + aad.encode()
    try:
        if head[0] == SM4:
            return _sm4_open(key[:16], nonce, sealed, bound)
        return _aes(key).decrypt(nonce, sealed, bound)
    except InvalidTag:
        raise SealBroken("the seal does not hold") from None


@lru_cache(maxsize=8)
def _aes(key: bytes) -> AESGCM:
    """The cipher with its key schedule, made once a key."""
    return AESGCM(key)


def _sm4_seal(key: bytes, nonce: bytes, data: bytes, bound: bytes) -> bytes:
    worker = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    worker.authenticate_additional_data(bound)
    return worker.update(data) + worker.finalize() + worker.tag


def _sm4_open(key: bytes, nonce: bytes, sealed: bytes, bound: bytes) -> bytes:
    worker = Cipher(algorithms.SM4(key), modes.GCM(nonce, sealed[-TAG:])).decryptor()
    worker.authenticate_additional_data(bound)
    return worker.update(sealed[:-TAG]) + worker.finalize()
