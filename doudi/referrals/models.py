"""Referrals to other departments; what was asked and answered is sealed."""

import uuid

from django.db import models
from django.db.models import Q

from doudi.referrals.flow import CONSENTS, OPEN, REFERRAL_NAMES
from doudi.vault.fields import SealedField


class Referral(models.Model):
    """转介 of a household to a department; `id` is the form's, so a form sent twice is one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="referrals")
    town = models.CharField(max_length=9)
    county = models.CharField(max_length=6)
    department = models.CharField(max_length=20)  # of the pack's catalog/referrals.yaml
    grounds = models.JSONField(default=list)  # of flow.GROUNDS: what suggested it, if anything did
    consent = models.CharField(max_length=10, choices=list(CONSENTS.items()))
    what = SealedField("需要的帮扶")
    made_by_id = models.CharField(max_length=40)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=list(REFERRAL_NAMES.items()), default=OPEN)
    answer = SealedField("答复", blank=True)
    answered_from = models.CharField(max_length=60, blank=True)  # who in the department said it
    ended_by_id = models.CharField(max_length=40, blank=True)
    ended_by = models.CharField(max_length=60, blank=True)
    ended_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "转介"
        indexes = [models.Index(fields=["town", "state", "due_on"])]
        constraints = [
            models.UniqueConstraint(
                name="one_open_referral_a_department",
                fields=["case", "department"],
                condition=Q(state="open"),
            ),
            models.CheckConstraint(
                name="a_referral_ends_with_somebody",
                condition=Q(state="open", ended_at__isnull=True)
                | (~Q(state="open") & Q(ended_at__isnull=False) & ~Q(ended_by_id="")),
            ),
        ]
