"""Awards, monthly rolls and payments: whole fen, and nobody twice."""

import uuid

from django.db import models
from django.db.models import Q

from doudi.benefits.flow import (
    CHANGE_NAMES,
    DIFFERENCE_NAMES,
    FILE_NAMES,
    PAYMENT_NAMES,
    ROLL_NAMES,
    FileStage,
    PaymentStage,
    RollStage,
)
from doudi.benefits.planned import PlannedPart as PlannedPart
from doudi.benefits.planned import RollNotice as RollNotice
from doudi.benefits.planned import WaitingLine as WaitingLine
from doudi.vault.fields import BlindIndexField, SealedField, SealedJSONField


class Award(models.Model):
    """保障待遇: what a decision entitles a household to, month by month."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=30, unique=True)
    case_id = models.UUIDField(null=True)
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    decision_id = models.UUIDField(null=True)
    programme = models.CharField(max_length=20)
    area = models.CharField(max_length=5)
    household_id = models.UUIDField()
    county = models.CharField(max_length=6)
    town = models.CharField(max_length=9)
    village = models.CharField(max_length=12)
    payee = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    payee_name = models.CharField(max_length=60)
    account = SealedField("账号", blank=True)
    account_index = BlindIndexField(of="account", kind="account")
    bank = models.CharField(max_length=40, blank=True)
    monthly_fen = models.BigIntegerField()  # these three as it was opened; due_for() knows today's
    base_fen = models.BigIntegerField()
    top_up_fen = models.BigIntegerField(default=0)
    steps = models.JSONField(default=list)  # what the changes came to: figures.Step, by month
    once_fen = models.BigIntegerField(default=0)  # with the first month's roll, never again
    household_size = models.PositiveSmallIntegerField()
    start_month = models.CharField(max_length=7)
    end_month = models.CharField(max_length=7, blank=True)
    opened_at = models.DateTimeField()
    batch_id = models.UUIDField(null=True, db_index=True)  # taken over, not decided here

    class Meta:
        verbose_name = "保障待遇"
        indexes = [
            models.Index(fields=["county", "start_month", "end_month"]),
            models.Index(name="award_town", fields=["town", "village", "id"]),
            models.Index(name="award_household", fields=["household_id"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_award_a_case", fields=["case_id"], condition=Q(follows__isnull=True)
            ),
            models.UniqueConstraint(
                name="award_followed_once", fields=["follows"], condition=Q(follows__isnull=False)
            ),
            models.CheckConstraint(
                name="award_adds_up",
                condition=Q(monthly_fen=models.F("base_fen") + models.F("top_up_fen"))
                & Q(monthly_fen__gte=0)
                & Q(once_fen__gte=0),
            ),
        ]


class AwardChange(models.Model):
    """待遇变动: what changed from which month, why, by whom. Written once, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="changes")
    order = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=12, choices=list(CHANGE_NAMES.items()))
    from_month = models.CharField(max_length=7)
    before_fen = models.BigIntegerField()
    after_fen = models.BigIntegerField()
    base_fen = models.BigIntegerField()
    top_up_fen = models.BigIntegerField(default=0)
    until_month = models.CharField(max_length=7, blank=True)  # the last month that is paid, if any
    reason = models.CharField(max_length=40)
    document = models.CharField(max_length=12)
    article = models.CharField(max_length=40)
    is_late = models.BooleanField(default=False)  # touches a month that may be paid already
    matter_id = models.UUIDField(null=True)  # the proposal, list or batch behind it
    paper = models.CharField(max_length=60, blank=True)  # number of the document on paper
    proposed_by = models.CharField(max_length=60)
    decided_by_id = models.CharField(max_length=40)
    decided_by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "待遇变动"
        ordering = ["award", "order"]
        constraints = [
            models.UniqueConstraint(name="changes_in_order", fields=["award", "order"]),
            models.UniqueConstraint(
                name="a_matter_once",
                fields=["award", "matter_id", "what"],
                condition=Q(matter_id__isnull=False),
            ),
            models.CheckConstraint(
                name="change_adds_up",
                condition=Q(after_fen=models.F("base_fen") + models.F("top_up_fen"))
                & Q(base_fen__gte=0)
                & Q(top_up_fen__gte=0),
            ),
        ]

    @property
    def what_name(self) -> str:
        """What changed, in the office's own word."""
        return CHANGE_NAMES[self.what]


class AwardPerson(models.Model):
    """A person covered by an award, from its start or later, to its end or earlier."""

    award = models.ForeignKey(
        Award, on_delete=models.PROTECT, related_name="persons", db_index=False
    )  # covered_once begins with it
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    from_month = models.CharField(max_length=7, blank=True)
    until_month = models.CharField(max_length=7, blank=True)

    class Meta:
        verbose_name = "保障对象"
        constraints = [models.UniqueConstraint(name="covered_once", fields=["award", "person"])]


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
    award = models.ForeignKey(
        Award, on_delete=models.PROTECT, related_name="payments", db_index=False
    )  # paid_award begins with it
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )  # nobody_twice begins with it
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
    roll = models.ForeignKey(
        Roll, on_delete=models.CASCADE, related_name="differences", db_index=False
    )  # one_difference begins with it
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
    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, related_name="attempts", db_index=False
    )  # one_attempt_a_number begins with it
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
