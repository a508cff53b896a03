"""Detached signatures of what leaves the house: whoever holds the public key can check them."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization

from doudi.vault.keys import ring


def sign(text: str) -> str:
    """The signature in hexadecimal digits, to be kept beside what it signs."""
    return ring().signer().sign(text.encode()).hex()


def is_signed(text: str, signature: str) -> bool:
    """Whether this installation signed exactly this text."""
    try:
        ring().signer().public_key().verify(bytes.fromhex(signature), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def public_key() -> str:
    """The key that the other side checks with, as PEM."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return ring().signer().public_key().public_bytes(serialization.Encoding.PEM, form).decode()
