"""A batch of awards that another system had, line by line; what was not taken, by reason."""

import uuid

from django.db import models
from django.db.models import Q

from doudi.takeover.flow import STATES, WHYS


class Batch(models.Model):
    """接收批次: one file. Rehearsed as often as wanted, taken once, undone while unpaid."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True)
    file_sha256 = models.CharField(max_length=64)
    month = models.CharField(max_length=7)  # the first month that is paid here
    state = models.CharField(max_length=10, choices=list(STATES.items()))
    row_count = models.PositiveIntegerField(default=0)
    household_count = models.PositiveIntegerField(default=0)
    person_count = models.PositiveIntegerField(default=0)
    refused_count = models.PositiveIntegerField(default=0)
    old_fen = models.BigIntegerField(default=0)
    own_fen = models.BigIntegerField(default=0)
    faults = models.JSONField(default=list)  # [row, code], never what stands in the cell
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    undone_by = models.CharField(max_length=60, blank=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "接收批次"
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                name="a_file_is_taken_once",
                fields=["file_sha256"],
                condition=Q(state__in=("running", "taken")),
            )
        ]


class TakenLine(models.Model):
    """One household of a batch: what was paid there, what our formula says, why they differ."""

    batch = models.ForeignKey(
        Batch, on_delete=models.CASCADE, related_name="lines", db_index=False
    )  # a_household_a_line begins with it
    old_number = models.CharField(max_length=20)
    row = models.PositiveIntegerField()
    county = models.CharField(max_length=6)
    award_id = models.UUIDField(null=True)
    old_fen = models.BigIntegerField()
    own_fen = models.BigIntegerField(null=True)
    why = models.CharField(max_length=10, choices=list(WHYS.items()))

    class Meta:
        verbose_name = "接收明细"
        constraints = [
            models.UniqueConstraint(name="a_household_a_line", fields=["batch", "old_number"])
        ]
