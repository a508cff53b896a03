"""Leads: households found in need. Mandates: who acts for whom. Names and phones are sealed."""

import uuid

from django.db import models
from django.db.models import Q

from doudi.mandates.flow import CONSENTS, LEAD_NAMES, MANNERS, NEEDS, OPEN, RELATIONS, WAYS
from doudi.vault.fields import BlindIndexField, SealedField


class Lead(models.Model):
    """主动发现线索 (F18); `id` is the form's, so a form sent twice is one lead."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    town = models.CharField(max_length=9)
    county = models.CharField(max_length=6)
    way = models.CharField(max_length=12, choices=list(WAYS.items()))
    need = models.CharField(max_length=12, choices=list(NEEDS.items()))
    persons = models.PositiveSmallIntegerField(default=1)
    consent = models.CharField(max_length=12, choices=list(CONSENTS.items()))
    name = SealedField("姓名", blank=True)
    phone = SealedField("电话", blank=True)
    spot = SealedField("住处", blank=True)
    what = SealedField("看到的情况", blank=True)
    found_by_id = models.CharField(max_length=40)
    found_by = models.CharField(max_length=60)
    found_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(max_length=12, choices=list(LEAD_NAMES.items()), default=OPEN)
    reason = SealedField("结果说明", blank=True)
    case = models.ForeignKey(
        "cases.Case", null=True, on_delete=models.PROTECT, related_name="leads"
    )
    call = models.ForeignKey(
        "urgent.HelpCall", null=True, on_delete=models.PROTECT, related_name="leads"
    )
    closed_by_id = models.CharField(max_length=40, blank=True)
    closed_by = models.CharField(max_length=60, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "主动发现线索"
        indexes = [models.Index(fields=["town", "state", "due_on"])]
        constraints = [
            models.CheckConstraint(
                name="a_lead_ends_with_somebody",
                condition=Q(state="open", closed_at__isnull=True)
                | (~Q(state="open") & Q(closed_at__isnull=False) & ~Q(closed_by_id="")),
            ),
            models.CheckConstraint(
                name="applied_names_its_case",
                condition=~Q(state="applied") | Q(case__isnull=False),
            ),
            models.CheckConstraint(
                name="urgent_names_its_call",
                condition=~Q(state="urgent") | Q(call__isnull=False),
            ),
        ]


class Mandate(models.Model):
    """委托 (F03): who may do what for an applicant, until when; he can end it any day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="mandates")
    name = SealedField("受托人")
    phone = SealedField("受托人手机")
    phone_index = BlindIndexField(of="phone", kind="phone")
    relation = models.CharField(max_length=12, choices=list(RELATIONS.items()))
    matters = models.JSONField()  # of flow.MATTERS
    until_on = models.DateField()
    manner = models.CharField(max_length=12, choices=list(MANNERS.items()))
    witness = SealedField("见证人", blank=True)
    sheet_sha256 = models.CharField(max_length=64, blank=True)
    given_by_id = models.CharField(max_length=40)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "委托"
        constraints = [
            models.UniqueConstraint(
                name="one_living_mandate_a_phone",
                fields=["case", "phone_index"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="paper_mandate_keeps_its_sheet",
                condition=Q(manner="code") | ~Q(sheet_sha256=""),
            ),
        ]
