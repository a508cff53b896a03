"""Awards, monthly rolls and payments: whole fen, and nobody twice."""

import uuid

from django.db import models
from django.db.models import Q

from doudi.benefits.flow import CHANGE_NAMES, PAYMENT_NAMES, ROLL_NAMES, PaymentStage, RollStage
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
        indexes = [models.Index(fields=["county", "start_month", "end_month"])]
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

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="persons")
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
    sent_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "发放名册"
        ordering = ["-month", "county"]
        constraints = [
            models.UniqueConstraint(
                name="one_roll_a_county_month",
                fields=["county", "month"],
                condition=Q(kind="monthly"),
            )
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
    stage = models.CharField(
        max_length=10,
        choices=[(s.value, n) for s, n in PAYMENT_NAMES.items()],
        default=PaymentStage.DUE,
    )
    result_at = models.DateTimeField(null=True)
    result_reason = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = "发放"
        constraints = [
            models.UniqueConstraint(name="nobody_twice", fields=["person", "month", "kind"]),
            models.CheckConstraint(name="a_payment_pays", condition=Q(amount_fen__gt=0)),
        ]

    @property
    def stage_name(self) -> str:
        """The stage in the office's own word."""
        return PAYMENT_NAMES[PaymentStage(self.stage)]


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
