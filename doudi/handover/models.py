"""Handovers and what each of them passed on."""

import uuid

from django.db import models
from django.db.models import F, Q

from doudi.handover.flow import KINDS


class Handover(models.Model):
    """交接: whose work, why, and by whose hand; one act."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    from_id = models.CharField(max_length=40, db_index=True)
    from_name = models.CharField(max_length=60)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    by_id = models.CharField(max_length=40)
    by_name = models.CharField(max_length=60)

    class Meta:
        verbose_name = "交接"


class Passed(models.Model):
    """One piece of work and the colleague who has it now."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="passed")
    kind = models.CharField(max_length=10, choices=[(k, v.words) for k, v in KINDS.items()])
    ref = models.CharField(max_length=40)
    label = models.CharField(max_length=60)
    from_id = models.CharField(max_length=40)
    to_id = models.CharField(max_length=40, db_index=True)
    to_name = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "交接事项"
        indexes = [models.Index(fields=["kind", "ref"])]
        constraints = [
            models.UniqueConstraint(name="passed_once", fields=["handover", "kind", "ref"]),
            models.CheckConstraint(name="to_somebody_else", condition=~Q(to_id=F("from_id"))),
        ]
