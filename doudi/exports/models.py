"""Ledgers that were taken out: by whom, what for, how far, and until when the file lies here."""

import uuid

from django.db import models

from doudi.exports.flow import EXPORT_NAMES, PURPOSES, WAITING


class Export(models.Model):
    """One export: asked for, made in the background, fetched, gone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True)
    ledger = models.CharField(max_length=20)
    asked = models.JSONField(default=dict)  # of a list behind a number: figure, place, month, cut
    whole = models.BooleanField(default=False)  # whole values instead of masked ones
    purpose = models.CharField(max_length=12, choices=[(k, p.words) for k, p in PURPOSES.items()])
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=list(EXPORT_NAMES.items()), default=WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField(null=True)  # real time: the remaining time is reckoned by it
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    stored_name = models.CharField(max_length=40, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "台账导出"
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["state", "asked_at"])]

    def __str__(self) -> str:
        return self.number
