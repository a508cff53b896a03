"""The environment, read once and typed; every name is explained in docs/reference/settings.md."""

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Env:
    """What an installation may set from outside."""

    home: Path
    database_url: str
    secret_key: str
    keys: Path
    lake: Path
    lake_sealed: bool
    drop: Path | None
    anchors: Path
    pack: str
    clock: str
    debug: bool
    bank_url: str
    sms_url: str
    base_url: str
    hosts: tuple[str, ...]
    https: bool


def read(environ: dict[str, str] | None = None) -> Env:
    """Reads the `DOUDI_…` variables; whatever is absent gets the default of interfaces.md."""
    e = dict(os.environ) if environ is None else environ
    home = Path(e.get("DOUDI_HOME") or ROOT / "var").resolve()
    return Env(
        home=home,
        database_url=e.get("DOUDI_DATABASE_URL", ""),
        secret_key=e.get("DOUDI_SECRET_KEY", ""),
        keys=Path(e.get("DOUDI_KEYS") or home / "keys.json"),
        lake=Path(e.get("DOUDI_LAKE") or home / "lake"),
        lake_sealed=e.get("DOUDI_LAKE_SEALED", "") == "1",
        drop=Path(e["DOUDI_DROP"]) if e.get("DOUDI_DROP") else None,
        anchors=Path(e.get("DOUDI_ANCHORS") or home / "anchors"),
        pack=e.get("DOUDI_PACK", "hanzhong"),
        clock=e.get("DOUDI_CLOCK", "real"),
        debug=e.get("DOUDI_DEBUG", "") == "1",
        bank_url=e.get("DOUDI_BANK_URL", ""),
        sms_url=e.get("DOUDI_SMS_URL", ""),
        base_url=e.get("DOUDI_BASE_URL", "http://127.0.0.1:8000").rstrip("/"),
        hosts=tuple(h for h in e.get("DOUDI_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if h),
        https=e.get("DOUDI_HTTPS", "") == "1",
    )
