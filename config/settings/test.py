"""The suite: a throw-away home a process, fast password hashing, the database it asks for."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "DOUDI_TEST_HOME" not in os.environ:
    os.environ["DOUDI_TEST_HOME"] = tempfile.mkdtemp(prefix="doudi-test-")
    atexit.register(shutil.rmtree, os.environ["DOUDI_TEST_HOME"], ignore_errors=True)
_BASE = Path(os.environ["DOUDI_TEST_HOME"])
_HOME = _BASE / os.environ.get("PYTEST_XDIST_WORKER", "main")
_HOME.mkdir(parents=True, exist_ok=True)
os.environ["DOUDI_HOME"] = str(_HOME)
os.environ["DOUDI_KEYS"] = str(_HOME / "keys.json")
os.environ.setdefault("DOUDI_SECRET_KEY", "only-for-tests-" + "x" * 40)

from config.settings.base import *  # noqa: E402,F403  after the throw-away home is set
from config.settings.base import DATABASES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads and other processes must meet in it as they do in an office.
    DATABASES["default"]["TEST"] = {"NAME": str(_HOME / "test.sqlite3")}
