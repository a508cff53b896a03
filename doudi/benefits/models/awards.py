"""Awards, whom they cover, how they change: whole fen."""

import uuid

from django.db import models
from django.db.models import Q

from doudi.benefits.flow import CHANGE_NAMES
from doudi.vault.fields import BlindIndexField, SealedField


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

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="persons")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    from_month = models.CharField(max_length=7, blank=True)
    until_month = models.CharField(max_length=7, blank=True)

    class Meta:
        verbose_name = "保障对象"
        constraints = [models.UniqueConstraint(name="covered_once", fields=["award", "person"])]


class PlannedPart(models.Model):
    """分期发放: one part of what is given once; the parts come to what was decided, to the fen.

    A part is a line of a monthly roll, or what was advanced before the decision.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="parts")
    order = models.PositiveSmallIntegerField()
    month = models.CharField(max_length=7)  # not before this month's roll
    fen = models.BigIntegerField()
    condition = models.CharField(max_length=100, blank=True)  # what has to be so first
    advance = models.OneToOneField(
        "benefits.Payment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_by_id = models.CharField(max_length=40)
    proposed_by = models.CharField(max_length=60)
    proposed_at = models.DateTimeField()
    agreed_by = models.CharField(max_length=60, blank=True)
    agreed_at = models.DateTimeField(null=True)
    met_by = models.CharField(max_length=60, blank=True)
    met_at = models.DateTimeField(null=True)
    met_how = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = "分期发放"
        ordering = ["award", "order"]
        constraints = [
            models.UniqueConstraint(name="a_part_an_order", fields=["award", "order"]),
            models.CheckConstraint(name="a_part_pays", condition=Q(fen__gt=0)),
        ]
