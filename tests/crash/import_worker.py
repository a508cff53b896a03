"""Prepares the home of the take-in's killer: a register of so many people, checked and ordered in.

import_worker N
"""

import io
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
django.setup()

from doudi.accounts.queries import staff_by_account
from doudi.clock.time import now, refresh
from doudi.people.actions.take_in_batch import take_in_batch
from doudi.people.actions.upload_import import upload_import
from doudi.people.actions.work_imports import work_imports
from tests.people import sheets


def prepare(people: int) -> None:
    """Up to the order: moving is what the killed workers do."""
    refresh()
    clerk, file = staff_by_account("qili.clerk"), io.BytesIO()
    sheets.register(file, people)
    file.seek(0)
    batch = upload_import("households", file, by=clerk, at=now())
    while batch.state in ("waiting", "checking"):
        work_imports()
        batch.refresh_from_db()
    take_in_batch(batch.pk, by=clerk, at=now())


if __name__ == "__main__":
    prepare(int(sys.argv[1]))
