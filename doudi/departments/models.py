"""Data clerks, and each file that came: by page, by folder, by machine."""

import uuid

from django.db import models

from doudi.departments.flow import (
    AGREED,
    PASSING,
    PROBLEM_STATES,
    REFUSED,
    ROADS,
    STATES,
    TOLD,
    UPHELD,
    WAITING,
)
from doudi.vault.fields import SealedField


class Clerk(models.Model):
    """部门数据员: for which department a member of staff speaks."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    staff = models.OneToOneField("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    agency = models.CharField(max_length=20, db_index=True)
    seated_by = models.CharField(max_length=60)
    seated_at = models.DateTimeField()

    class Meta:
        verbose_name = "部门数据员"

    def __str__(self) -> str:
        return str(self.id)


class Upload(models.Model):
    """送来的文件: its receipt, how far its check is, and what came of it.

    The file lies sealed until it has been checked. `faults` names rows, columns and reasons with
    masked values; the rows themselves go back to the sender in the file `errors_name`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=24, unique=True)
    agency = models.CharField(max_length=20, db_index=True)
    item = models.CharField(max_length=8)
    period = models.CharField(max_length=7)
    rows_told = models.PositiveIntegerField()
    sequence = models.PositiveIntegerField(null=True)  # of a signed manifest; else at its turn
    signature = models.CharField(max_length=128, blank=True)
    road = models.CharField(max_length=8, choices=list(ROADS.items()))
    staff = models.ForeignKey(
        "accounts.Staff", null=True, on_delete=models.PROTECT, related_name="+"
    )
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_name = models.CharField(max_length=40, blank=True)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=list(STATES.items()), default=WAITING)
    begun_at = models.DateTimeField(null=True)  # real time: the remaining time is reckoned by it
    ended_at = models.DateTimeField(null=True)
    read = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    reasons = models.JSONField(default=dict)  # how often, by "column:reason"
    faults = models.JSONField(default=list)  # [row, column, reason, masked value]
    refused = models.JSONField(default=dict)  # code, values and rows of a refusal of the whole file
    delivery = models.ForeignKey(
        "verification.Delivery", null=True, on_delete=models.PROTECT, related_name="+"
    )
    errors_name = models.CharField(max_length=40, blank=True)
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = "部门送来的文件"
        ordering = ["-received_at", "-number"]
        indexes = [models.Index(fields=["item", "sha256"])]
        constraints = [
            models.UniqueConstraint(
                name="one_receipt_a_manifest",
                fields=["signature"],
                condition=~models.Q(signature=""),
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def may_come_again(self) -> bool:
        """Sent back for what was not the file's own fault: the same bytes may be good later."""
        return self.state == REFUSED and self.refused.get("code") in PASSING


class Problem(models.Model):
    """数据问题: one row that a check on the spot found wrong, put to the department that sent it.

    It names the row, what was found and by which proof; never the household, nor who gets what.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=24, unique=True)
    source = models.CharField(max_length=60)  # inquiry:…
    agency = models.CharField(max_length=20)
    item = models.CharField(max_length=8)
    delivery = models.ForeignKey(
        "verification.Delivery", on_delete=models.PROTECT, related_name="+"
    )
    row_no = models.PositiveIntegerField()
    signal = models.CharField(max_length=8)
    value = SealedField("数据说的")
    result = models.CharField(max_length=20)  # of the pack's results.yaml
    words = SealedField("给部门的说明", blank=True)
    heard_on = models.DateField(null=True)  # the proof: the person was heard, two people went there
    visited_on = models.DateField(null=True)
    county = models.CharField(max_length=6)
    told_by_id = models.CharField(max_length=40)
    told_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=list(PROBLEM_STATES.items()), default=TOLD)
    corrected_by = models.ForeignKey(
        "verification.Delivery", null=True, on_delete=models.PROTECT, related_name="+"
    )
    answer = SealedField("部门的答复", blank=True)
    answered_by = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)
    why = SealedField("认定的理由", blank=True)
    settled_by_id = models.CharField(max_length=40, blank=True)
    settled_by = models.CharField(max_length=60, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "数据问题"
        ordering = ["due_on", "number"]
        indexes = [
            models.Index(fields=["agency", "state", "due_on"]),
            models.Index(fields=["county", "state", "due_on"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="a_row_is_put_once_a_check", fields=["source", "signal", "delivery", "row_no"]
            ),
            models.CheckConstraint(
                name="another_hand_settles",
                condition=~models.Q(state__in=[UPHELD, AGREED])
                | (~models.Q(settled_by_id="") & ~models.Q(settled_by_id=models.F("told_by_id"))),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def row(self) -> int:
        """The row as a spreadsheet counts it: the heading is the first."""
        return self.row_no + 1
