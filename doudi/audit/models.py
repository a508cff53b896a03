"""Entries and the heads of their chains; entries can only be added."""

from django.db import models


class Entry(models.Model):
    """One line of the journal, bound by hash to the line before it in its chain."""

    chain = models.CharField(max_length=6)
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=8)
    actor_id = models.CharField(max_length=40)
    actor_name = models.CharField(max_length=60)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    purpose = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "审计日志"
        indexes = [
            models.Index(fields=["subject", "id"]),
            models.Index(fields=["actor_id", "id"]),
            models.Index(fields=["at"]),
        ]
        constraints = [
            models.UniqueConstraint(name="one_place_in_a_chain", fields=["chain", "seq"])
        ]


class Head(models.Model):
    """The newest entry of a chain."""

    chain = models.CharField(primary_key=True, max_length=6)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "审计链头"
