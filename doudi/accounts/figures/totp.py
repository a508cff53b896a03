"""Time-based one-time codes (RFC 6238): six digits, a new one every thirty seconds."""

import base64
import datetime as dt
import secrets

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP
from cryptography.hazmat.primitives.twofactor.totp import TOTP

DIGITS = 6
STEP_SECONDS = 30
DRIFT = 1
ISSUER = "Doudi"


def new_secret() -> str:
    """160 random bits as base32, the form that authenticator apps take."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def step_at(instant: dt.datetime) -> int:
    """The number of the thirty-second step in which an instant lies."""
    return int(instant.timestamp()) // STEP_SECONDS


def code_at(secret: str, step: int) -> str:
    """The code of one step."""
    # HMAC-SHA1 is what authenticator apps compute; its weakness (collisions) does not matter here.
    hotp = HOTP(base64.b32decode(secret), DIGITS, SHA1())  # noqa: S303
    return hotp.generate(step).decode()


def matching_step(secret: str, code: str, instant: dt.datetime, after: int) -> int | None:
    """The step whose code was typed: this one, or one beside it, but later than step `after`."""
    typed = "".join(code.split()).encode()
    here = step_at(instant)
    found = None
    for step in range(here - DRIFT, here + DRIFT + 1):
        same = secrets.compare_digest(code_at(secret, step).encode(), typed)
        found = step if same and step > after else found
    return found


def enrolment_uri(secret: str, account: str) -> str:
    """The otpauth address inside the QR code of an invitation."""
    totp = TOTP(base64.b32decode(secret), DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303
    return totp.get_provisioning_uri(account, ISSUER)
