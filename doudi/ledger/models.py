"""Movements of money: both sides in one row, never changed, never taken away."""

import uuid

from django.db import models
from django.db.models import F, Q


class Movement(models.Model):
    """Fen from one account into another; the key says what for, so it is written once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=120, unique=True)
    debit = models.CharField(max_length=20)
    credit = models.CharField(max_length=20)
    fen = models.BigIntegerField()
    county = models.CharField(max_length=6)
    month = models.CharField(max_length=7)
    kind = models.CharField(max_length=30, blank=True)
    about = models.CharField(max_length=60, blank=True)  # "roll:…", or the number of a document
    by_name = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "账务分录"
        ordering = ["at"]
        indexes = [
            models.Index(fields=["debit", "month"]),
            models.Index(fields=["credit", "month"]),
        ]
        constraints = [
            models.CheckConstraint(name="movement_of_money", condition=Q(fen__gt=0)),
            models.CheckConstraint(name="two_sides", condition=~Q(debit=F("credit"))),
        ]
