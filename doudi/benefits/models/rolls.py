"""Monthly rolls and their lines: nobody twice."""

import uuid

from django.db import models
from django.db.models import Q

from doudi.benefits.flow import (
    DIFFERENCE_NAMES,
    PAYMENT_NAMES,
    ROLL_NAMES,
    PaymentStage,
    RollStage,
)
from doudi.benefits.models.awards import Award


class Roll(models.Model):
    """发放名册 of a county and month; after release nothing in it changes, unless taken back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=30, unique=True)
    county = models.CharField(max_length=6)
    month = models.CharField(max_length=7)
    kind = models.CharField(max_length=8, default="monthly")  # monthly | once: one line, at once
    stage = models.CharField(
        max_length=10,
        choices=[(s.value, n) for s, n in ROLL_NAMES.items()],
        default=RollStage.DRAFT,
    )
    household_count = models.PositiveIntegerField(default=0)
    person_count = models.PositiveIntegerField(default=0)
    total_fen = models.BigIntegerField(default=0)
    prepared_by_id = models.CharField(max_length=40)
    prepared_by = models.CharField(max_length=60)
    prepared_at = models.DateTimeField()
    checked_by_id = models.CharField(max_length=40, blank=True)
    checked_by = models.CharField(max_length=60, blank=True)
    checked_at = models.DateTimeField(null=True)
    released_by_id = models.CharField(max_length=40, blank=True)
    released_by = models.CharField(max_length=60, blank=True)
    released_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=60, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=100, blank=True)
    returned_at = models.DateTimeField(null=True)  # checked, and sent back to be prepared anew
    returned = models.JSONField(null=True)  # by, why
    sent_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    lines_sha256 = models.CharField(max_length=64, blank=True)  # of every line as it was prepared
    document = models.CharField(max_length=40, blank=True)  # 发文文号 of the batch
    changed_share = models.PositiveIntegerField(default=0)  # basis points against last month
    held = models.BooleanField(default=False)  # the brake: too much differs (P24)
    lifted_by_id = models.CharField(max_length=40, blank=True)
    lifted_by = models.CharField(max_length=60, blank=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_reason = models.CharField(max_length=100, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "发放名册"
        ordering = ["-month", "county"]
        constraints = [
            models.UniqueConstraint(
                name="one_roll_a_county_month",
                fields=["county", "month"],
                condition=Q(kind="monthly"),
            ),
            models.UniqueConstraint(
                name="one_document_a_county",
                fields=["county", "document"],
                condition=~Q(document=""),
            ),
        ]

    @property
    def stage_name(self) -> str:
        """The stage in the office's own word."""
        return ROLL_NAMES[RollStage(self.stage)]


class Payment(models.Model):
    """One line of a roll. (person, month, kind) is unique: nobody is paid twice (P2)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    end_to_end_id = models.CharField(max_length=35, unique=True)
    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="payments")
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="payments")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    month = models.CharField(max_length=7)
    kind = models.CharField(max_length=20)
    amount_fen = models.BigIntegerField()
    base_fen = models.BigIntegerField(default=0)  # as it stood when the roll was prepared
    top_up_fen = models.BigIntegerField(default=0)
    size = models.PositiveSmallIntegerField(default=0)
    covered = models.PositiveSmallIntegerField(default=0)
    stage = models.CharField(
        max_length=10,
        choices=[(s.value, n) for s, n in PAYMENT_NAMES.items()],
        default=PaymentStage.DUE,
    )
    result_at = models.DateTimeField(null=True)
    result_reason = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = "发放"
        indexes = [
            models.Index(
                name="paid_award", fields=["award", "month", "roll", "stage", "amount_fen"]
            )
        ]
        constraints = [
            models.UniqueConstraint(name="nobody_twice", fields=["person", "month", "kind"]),
            models.CheckConstraint(name="a_payment_pays", condition=Q(amount_fen__gt=0)),
        ]

    @property
    def stage_name(self) -> str:
        """The stage in the office's own word."""
        return PAYMENT_NAMES[PaymentStage(self.stage)]


class RollDifference(models.Model):
    """与上月的差异: one line of this month's roll against the last, kept as it was checked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    roll = models.ForeignKey(Roll, on_delete=models.CASCADE, related_name="differences")
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="+")
    aid = models.CharField(max_length=20)  # the kind of the line
    kind = models.CharField(max_length=8, choices=list(DIFFERENCE_NAMES.items()))
    reason = models.CharField(max_length=30)
    before_fen = models.BigIntegerField()
    now_fen = models.BigIntegerField()

    class Meta:
        verbose_name = "名册差异"
        constraints = [
            models.UniqueConstraint(name="one_difference", fields=["roll", "award", "aid", "kind"]),
        ]

    @property
    def kind_name(self) -> str:
        """New, ended, raised, lowered or another account."""
        return DIFFERENCE_NAMES[self.kind]


class RollNotice(models.Model):
    """发放前公示: these very lines hang from a day to a day before they are paid."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="notices")
    lines_sha256 = models.CharField(max_length=64)  # other lines hang anew
    from_on = models.DateField()
    until_on = models.DateField()
    with_amounts = models.BooleanField(default=True)
    by_id = models.CharField(max_length=40)
    by_name = models.CharField(max_length=60)
    at = models.DateTimeField()
    taken_down_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "发放公示"
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                name="these_lines_hang_once",
                fields=["roll", "lines_sha256"],
                condition=Q(taken_down_at__isnull=True),
            )
        ]
