"""`make run`: one machine, the home folder `var/`, a secret kept in it."""

import secrets

from config.settings.base import *  # noqa: F403  every setting, then the differences
from config.settings.base import ENV


def _kept_secret() -> str:
    """The secret of this home, made once and kept beside the keys."""
    path = ENV.home / "secret"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


SECRET_KEY = ENV.secret_key or _kept_secret()
DEBUG = ENV.debug
