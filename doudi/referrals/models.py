"""Referrals, requests to the hukou place, proofs of life; what was asked and said is sealed."""

import uuid

from django.db import models
from django.db.models import Q

from doudi.referrals.flow import (
    CONSENTS,
    LIFE_DECISIONS,
    LIFE_MANNERS,
    LIFE_NAMES,
    OPEN,
    PLACE_MANNERS,
    PLACE_NAMES,
    REFERRAL_NAMES,
)
from doudi.vault.fields import SealedField, SealedJSONField


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


class PlaceRequest(models.Model):
    """协查函: what the town that has the case asks of the place of the household registration."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=30, unique=True)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="place_requests")
    from_town = models.CharField(max_length=9)
    county = models.CharField(max_length=6)
    to_town = models.CharField(max_length=9, blank=True)  # empty: outside, by letter
    to_name = models.CharField(max_length=120)
    questions = models.JSONField()  # of flow.QUESTIONS
    text = SealedField("另外请查", blank=True)
    asked_by_id = models.CharField(max_length=40)
    asked_by = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=list(PLACE_NAMES.items()), default=OPEN)
    findings = SealedJSONField("协查结果", blank=True)  # question -> of flow.FINDINGS
    answer = SealedField("答复说明", blank=True)
    manner = models.CharField(max_length=10, choices=list(PLACE_MANNERS.items()), blank=True)
    answered_from = models.CharField(max_length=60, blank=True)  # who signed, where by letter
    sheet_sha256 = models.CharField(max_length=64, blank=True)
    answered_by_id = models.CharField(max_length=40, blank=True)
    answered_by = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "协查函"
        indexes = [
            models.Index(fields=["to_town", "state", "due_on"]),
            models.Index(fields=["from_town", "state", "due_on"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_open_place_request", fields=["case"], condition=Q(state="open")
            ),
            models.CheckConstraint(
                name="a_place_answers_by_somebody",
                condition=Q(state="open", answered_at__isnull=True)
                | (Q(state="answered", answered_at__isnull=False) & ~Q(answered_by_id="")),
            ),
            models.CheckConstraint(
                name="a_letter_keeps_its_sheet",
                condition=~Q(manner="paper") | (~Q(sheet_sha256="") & ~Q(answered_from="")),
            ),
        ]


class LifeProof(models.Model):
    """生存认证 of one person for one year; overdue, a stop may be proposed and a county decides."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey("benefits.Award", on_delete=models.PROTECT, related_name="proofs")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    town = models.CharField(max_length=9)
    county = models.CharField(max_length=6)
    opened_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=list(LIFE_NAMES.items()), default=OPEN)
    manner = models.CharField(max_length=10, choices=list(LIFE_MANNERS.items()), blank=True)
    seen_on = models.DateField(null=True)
    note = SealedField("认证情况", blank=True)
    proved_by_id = models.CharField(max_length=40, blank=True)
    proved_by = models.CharField(max_length=60, blank=True)
    proved_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)  # past its day, once
    why = SealedField("提请暂停的理由", blank=True)
    proposed_by_id = models.CharField(max_length=40, blank=True)
    proposed_by = models.CharField(max_length=60, blank=True)
    proposed_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=10, choices=list(LIFE_DECISIONS.items()), blank=True)
    decided_why = SealedField("决定的理由", blank=True)
    decided_by_id = models.CharField(max_length=40, blank=True)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "生存认证"
        indexes = [models.Index(fields=["town", "state", "due_on"])]
        constraints = [
            models.UniqueConstraint(
                name="one_proof_a_person_and_day", fields=["award", "person", "due_on"]
            ),
            models.UniqueConstraint(
                name="one_open_proof_a_person",
                fields=["award", "person"],
                condition=Q(state="open"),
            ),
            models.CheckConstraint(
                name="a_life_is_proved_by_somebody",
                condition=Q(state="open", proved_at__isnull=True)
                | (
                    Q(state="proved", proved_at__isnull=False, seen_on__isnull=False)
                    & ~Q(proved_by_id="")
                ),
            ),
            models.CheckConstraint(
                name="a_stop_is_proposed_first_and_by_another",
                condition=Q(decision="")
                | (~Q(proposed_by_id="") & ~Q(decided_by_id=models.F("proposed_by_id"))),
            ),
        ]
