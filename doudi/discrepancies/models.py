"""Inquiries, the findings they answer, and visits to the household by two people."""

import uuid

from django.db import models
from django.db.models import F, Q

from doudi.discrepancies.flow import CLOSED, OPEN, STATES
from doudi.vault.fields import SealedField


class Inquiry(models.Model):
    """核查单 (F19): everything that comparisons ask about one household; one open at a time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=30, unique=True)
    household_id = models.UUIDField(db_index=True)
    award = models.ForeignKey(
        "benefits.Award", null=True, on_delete=models.PROTECT, related_name="+"
    )
    county = models.CharField(max_length=6)
    town = models.CharField(max_length=9)
    village = models.CharField(max_length=12)
    signals = models.JSONField(default=list)
    stops = models.BooleanField(default=False)  # one of them could lead to less money
    state = models.CharField(max_length=10, choices=list(STATES.items()), default=OPEN)
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    officer_id = models.CharField(max_length=40, blank=True)
    officer = models.CharField(max_length=60, blank=True)
    taken_at = models.DateTimeField(null=True)
    question = SealedField("请本人说明的事项", blank=True)
    asked_by = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField(null=True)
    answer_by_on = models.DateField(null=True)
    answer = SealedField("本人的说明", blank=True)
    objects_to_it = models.BooleanField(default=False)
    answered_by = models.CharField(max_length=60, blank=True)  # empty: by the own phone
    answered_at = models.DateTimeField(null=True)
    results = models.JSONField(default=dict)  # signal -> code of the pack's results.yaml
    why = SealedField("核查情况和依据", blank=True)
    to_department = SealedField("给数据部门的说明", blank=True)
    closed_by_id = models.CharField(max_length=40, blank=True)
    closed_by = models.CharField(max_length=60, blank=True)
    closed_at = models.DateTimeField(null=True)
    recheck = models.ForeignKey(
        "upkeep.Recheck", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "核查单"
        indexes = [
            models.Index(fields=["town", "state", "due_on"]),
            models.Index(fields=["county", "closed_at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_open_inquiry_a_household",
                fields=["household_id"],
                condition=~Q(state=CLOSED),
            ),
            models.CheckConstraint(
                name="an_inquiry_is_closed_by_somebody",
                condition=~Q(state=CLOSED) | (~Q(closed_by_id="") & Q(closed_at__isnull=False)),
            ),
        ]


class Finding(models.Model):
    """A run's discrepancy in the inquiry that takes it up, once; `is_known`: decided before."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="findings")
    discrepancy = models.OneToOneField(
        "verification.Discrepancy", on_delete=models.PROTECT, related_name="+"
    )
    is_known = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "疑点入单"


class Visit(models.Model):
    """入户核查: two people saw how it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="visits")
    on = models.DateField()
    first_id = models.CharField(max_length=40)
    first = models.CharField(max_length=60)
    second_id = models.CharField(max_length=40)
    second = models.CharField(max_length=60)
    met = models.BooleanField(default=True)
    words = SealedField("入户情况")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "入户核查"
        constraints = [
            models.CheckConstraint(name="two_people_visit", condition=~Q(first_id=F("second_id")))
        ]
