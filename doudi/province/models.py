"""Each exchange with the province: what went out, what the province said, what differs."""

import uuid

from django.db import models

from doudi.province.flow import DIFFERENCES, KINDS, LINES, PURPOSES, SENT
from doudi.vault.fields import SealedField


class Exchange(models.Model):
    """与省级交换: one file that went out or came in, with who, when and what for."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=10, choices=list(KINDS.items()))
    county = models.CharField(max_length=6)
    month = models.CharField(max_length=7)
    purpose = models.CharField(max_length=10, choices=list(PURPOSES.items()))
    template = models.PositiveSmallIntegerField()
    rows = models.PositiveIntegerField()
    unknown = models.PositiveIntegerField(default=0)  # lines of a receipt that nobody sent
    sha256 = models.CharField(max_length=64)
    stored_name = models.CharField(max_length=40, blank=True)
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="receipts")

    class Meta:
        verbose_name = "省级交换"
        ordering = ["-at", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="one_receipt_file_an_export",
                fields=["of", "sha256"],
                condition=models.Q(of__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.number


class SentLine(models.Model):
    """One award that went out, and what the province said of it."""

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="lines")
    award = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=list(LINES.items()), default=SENT)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "上报行"
        constraints = [
            models.UniqueConstraint(name="an_award_once_an_export", fields=["exchange", "award"])
        ]

    def __str__(self) -> str:
        return self.award


class Difference(models.Model):
    """What the province holds otherwise than we do."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="differences")
    award = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=list(DIFFERENCES.items()))
    heading = models.CharField(max_length=40, blank=True)
    ours = SealedField("本市的值", blank=True)
    theirs = SealedField("省级的值", blank=True)

    class Meta:
        verbose_name = "与省级的差异"
        ordering = ["award", "heading"]

    def __str__(self) -> str:
        return self.award
