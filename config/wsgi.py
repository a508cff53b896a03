"""The web server's entrance."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from doudi.policy.pack import load_pack

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
application = get_wsgi_application()

# Loaded before the server forks: a new worker answers at once, and memory is shared.
assert get_resolver().url_patterns  # noqa: S101  loads every view
load_pack(settings.DOUDI_PACK_DIR)
