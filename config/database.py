"""One database address becomes Django's settings: SQLite in the home folder, or PostgreSQL."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SQLITE_OPTIONS: dict[str, Any] = {
    # FULL: an acknowledged application survives a power cut (promises.md, finding 5).
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        "PRAGMA foreign_keys=ON; PRAGMA busy_timeout=20000; PRAGMA cache_size=-64000;"
    ),
}


def from_url(url: str, home: Path) -> dict[str, Any]:
    """`""` is SQLite in `home`; `sqlite:///path` and `postgresql://user:pw@host:port/name?host=…`."""
    parts = urlsplit(url or f"sqlite:///{home / 'doudi.sqlite3'}")
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": "/" + unquote(parts.path).lstrip("/"),
            "OPTIONS": dict(SQLITE_OPTIONS),
            # To open a file anew costs a request 10 ms: every table's definition is read again.
            "CONN_MAX_AGE": 60,
        }
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError(f"DOUDI_DATABASE_URL: unknown kind of database {parts.scheme!r}")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "config.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or query.pop("port", "")),
        "OPTIONS": query,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
