"""The checker of promise P1, in its own process: what the database says of acknowledged drafts."""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
django.setup()

from django.conf import settings
from django.db.models import Count

from doudi.audit.verifier import verify_database
from doudi.cases.models import Application, Case
from doudi.outbox.models import Event


def main(acknowledged: dict[str, str]) -> dict[str, object]:
    """Lost and doubled applications, and whether outbox and journal agree."""
    applications = {str(pk) for pk in Application.objects.values_list("pk", flat=True)}
    doubled = Case.objects.values("application").annotate(n=Count("pk")).filter(n__gt=1).count()
    events = Event.objects.filter(kind="ApplicationSubmitted").count()
    receipts = {str(c.application_id): f"/apply/receipt/{c.pk}/" for c in Case.objects.all()}
    kept = {d: address for d, address in acknowledged.items() if d in receipts}
    wrong = [d for d, address in kept.items() if receipts[d] != address]
    lost = set(acknowledged) - (applications & set(receipts))
    address = os.environ.get("DOUDI_DATABASE_URL") or str(settings.DATABASES["default"]["NAME"])
    verdict = verify_database(address)
    return {
        "acknowledged": len(acknowledged),
        "lost": len(lost),
        "doubled": doubled,
        "other_receipt": len(wrong),
        "applications": len(applications),
        "events": events,
        "journal_breaks": len(verdict.breaks),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(json.load(sys.stdin))))
