"""What goes to the bank and what the bank says."""

import uuid

from django.db import models
from django.db.models import Q

from doudi.benefits.flow import FILE_NAMES, PAYMENT_NAMES, FileStage, PaymentStage
from doudi.benefits.models.rolls import Payment, Roll
from doudi.vault.fields import BlindIndexField, SealedField, SealedJSONField


class BankFile(models.Model):
    """发放文件: what one hand-over to the bank holds; its number is used once (P3)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=35, unique=True)
    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, null=True, related_name="files")
    county = models.CharField(max_length=6)
    layout = models.CharField(max_length=10)  # local | iso20022
    stage = models.CharField(
        max_length=10,
        choices=[(s.value, n) for s, n in FILE_NAMES.items()],
        default=FileStage.DRAFT,
    )
    count = models.PositiveIntegerField()
    total_fen = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    signature = models.CharField(max_length=128, blank=True)
    prepared_by_id = models.CharField(max_length=40)
    prepared_by = models.CharField(max_length=60)
    prepared_at = models.DateTimeField()
    released_by_id = models.CharField(max_length=40, blank=True)
    released_by = models.CharField(max_length=60, blank=True)
    released_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "发放文件"
        ordering = ["-prepared_at", "number"]

    @property
    def stage_name(self) -> str:
        """The stage in the office's own word."""
        return FILE_NAMES[FileStage(self.stage)]


class Attempt(models.Model):
    """One try to bring a payment to an account. At most one of a payment's tries is alive (P2)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField(default=1)
    end_to_end_id = models.CharField(max_length=35, unique=True)
    file = models.ForeignKey(BankFile, on_delete=models.PROTECT, null=True, related_name="attempts")
    holder = models.CharField(max_length=60)
    account = SealedField("账号", blank=True)
    account_index = BlindIndexField(of="account", kind="account")
    bank = models.CharField(max_length=40, blank=True)
    stage = models.CharField(
        max_length=10,
        choices=[(s.value, n) for s, n in PAYMENT_NAMES.items()],
        default=PaymentStage.DUE,
    )
    result_at = models.DateTimeField(null=True)
    result_reason = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = "银行指令"
        constraints = [
            models.UniqueConstraint(name="one_attempt_a_number", fields=["payment", "number"]),
            models.UniqueConstraint(
                name="one_living_attempt",
                fields=["payment"],
                condition=~Q(stage=PaymentStage.RETURNED),
            ),
        ]

    @property
    def stage_name(self) -> str:
        """The stage in the office's own word."""
        return PAYMENT_NAMES[PaymentStage(self.stage)]


class BankAnswer(models.Model):
    """回执: a file that the bank gave back, taken in once by its hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64, unique=True)
    form = models.CharField(max_length=12)  # local | pain.002 | camt.054
    message = models.CharField(max_length=35, blank=True)
    lines = models.PositiveIntegerField()
    by_name = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "银行回执"


class BankLine(models.Model):
    """What the bank said of an order, each thing once: the third side of the reconciliation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    end_to_end_id = models.CharField(max_length=35)
    status = models.CharField(max_length=8)  # paid | returned
    amount_fen = models.BigIntegerField(null=True)  # where the bank names it
    reason = models.CharField(max_length=60, blank=True)
    booked = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "银行流水"
        constraints = [
            models.UniqueConstraint(name="said_once", fields=["end_to_end_id", "status"]),
        ]


class BankOrder(models.Model):
    """What the simulated bank has received, by end-to-end id: its own book, sealed like ours."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    end_to_end_id = models.CharField(max_length=35, unique=True)
    amount_fen = models.BigIntegerField()
    content = SealedJSONField("指令")
    status = models.CharField(max_length=10)  # paid | returned
    reason = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "演示银行指令"
