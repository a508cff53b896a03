"""Authorisations, requests, what came back item by item, and the reports made of it."""

import uuid

from django.db import models

from doudi.vault.fields import BlindIndexField, SealedField, SealedJSONField
from doudi.verification.flow import HELD_FOR


class Consent(models.Model):
    """核对授权: one person's signed leave to ask, with scope, span and withdrawal (DB57 art 9)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=30, unique=True)
    ref = models.UUIDField("为何而签", db_index=True)
    member_key = models.CharField(max_length=8)
    name = models.CharField(max_length=60)
    id_number = SealedField("身份证号")
    id_index = BlindIndexField(of="id_number", kind="id")
    relation = models.CharField(max_length=12)
    signed_by = models.CharField(max_length=60)
    guardian_of = models.CharField(max_length=60, blank=True)
    manner = models.CharField(max_length=12)  # code | witness | thumbprint | guardian
    evidence = SealedJSONField("签名凭据", blank=True)
    evidence_sha256 = models.CharField(max_length=64)
    text_version = models.CharField(max_length=20)
    scope = models.JSONField(default=list)
    signed_at = models.DateTimeField()
    valid_until = models.DateField()
    withdrawn_at = models.DateTimeField(null=True)
    witness = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = "核对授权"
        constraints = [
            models.UniqueConstraint(
                name="one_living_consent_a_member",
                fields=["ref", "member_key"],
                condition=models.Q(withdrawn_at__isnull=True),
            )
        ]


class FamilyLink(models.Model):
    """A link that lets one family member sign: 128 random bits, seven days, single use."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token_index = models.CharField(max_length=32, unique=True)
    ref = models.UUIDField(db_index=True)
    member_key = models.CharField(max_length=8)
    member = SealedJSONField("受邀人")  # name, id_number, relation, phone
    applicant_masked = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "家人签字链接"


class Request(models.Model):
    """核对委托: which persons are asked about, for what, by whom."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=30, unique=True)
    ref = models.UUIDField(db_index=True)
    purpose = models.CharField(max_length=20)  # application | recheck | monitoring
    county = models.CharField(max_length=6)
    state = models.CharField(max_length=10, default="asked")  # asked | reported | expired
    asked_by = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    expected_on = models.DateField()

    class Meta:
        verbose_name = "核对委托"


class Asked(models.Model):
    """One person of a request, under that person's own authorisation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="persons")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT)
    member_key = models.CharField(max_length=8)
    name = models.CharField(max_length=60)
    id_number = SealedField("身份证号")
    id_index = BlindIndexField(of="id_number", kind="id")

    class Meta:
        verbose_name = "核对对象"


class Answer(models.Model):
    """What one source said of one person: four states, never a guess."""

    class State(models.TextChoices):
        RECORD = "record", "有记录"
        NO_RECORD = "no_record", "无记录"
        NOT_RETURNED = "not_returned", "未返回"
        FAILED = "failed", "失败"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asked = models.ForeignKey(Asked, on_delete=models.PROTECT, related_name="answers")
    item = models.CharField(max_length=8)
    state = models.CharField(max_length=12, choices=State.choices, default=State.NOT_RETURNED)
    as_of = models.DateField(null=True)
    source = models.CharField(max_length=40, blank=True)
    record = SealedJSONField("返回内容", blank=True)
    returned_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "核对结果"
        constraints = [models.UniqueConstraint(name="one_answer_an_item", fields=["asked", "item"])]


class Report(models.Model):
    """核对报告: frozen content with hash, valid for a time, a reference and no verdict."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=30, unique=True)
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="reports")
    ref = models.UUIDField(db_index=True)
    issued_at = models.DateTimeField()
    valid_until = models.DateField()
    content = SealedJSONField("内容")
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = "核对报告"


class SourceRecord(models.Model):
    """A row of the demonstration's departments: what the demo source answers from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.CharField(max_length=8)
    id_index = models.CharField(max_length=32)
    as_of = models.DateField()
    record = SealedJSONField("内容")

    class Meta:
        verbose_name = "演示部门数据"
        indexes = [models.Index(fields=["id_index", "item"])]


class AgencyKey(models.Model):
    """A department's public signing key: its deliveries are taken only under one that lives."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.CharField(max_length=20, db_index=True)
    public_key = models.CharField(max_length=64, unique=True)
    from_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "部门签名公钥"


class Delivery(models.Model):
    """交付: one file taken in whole. Its row makes it visible; nothing in it is ever edited."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.CharField(max_length=8)
    agency = models.CharField(max_length=20)
    contract_version = models.PositiveSmallIntegerField()
    period = models.CharField(max_length=7)
    sequence = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    received_at = models.DateTimeField()
    rows_in = models.PositiveIntegerField()
    rows_accepted = models.PositiveIntegerField()
    figures = models.JSONField(default=dict)  # sums and filled counts, for the next plausibility
    rows_unmatched = models.PositiveIntegerField(default=0)  # wrong number only: wait for a match
    state = models.CharField(max_length=8)  # accepted | held | dropped | over | removed
    held_for = models.CharField(max_length=20, blank=True)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "部门数据交付"
        constraints = [
            models.UniqueConstraint(name="one_delivery_a_number", fields=["item", "sequence"]),
        ]

    @property
    def held_words(self) -> str:
        """Why it is held, in the offices' words; nothing where it is not."""
        return HELD_FOR.get(self.held_for, self.held_for)


class Match(models.Model):
    """匹配: whose row it may be that came with a wrong number. Only tier `exact` acts alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="matches")
    row_no = models.PositiveIntegerField()
    person_id = models.UUIDField(db_index=True)
    town = models.CharField(max_length=9, db_index=True)
    tier = models.CharField(max_length=12)  # of engine.matching.TIERS
    why = models.JSONField(default=list)  # what agrees and what does not, no values
    state = models.CharField(max_length=10, default="proposed")  # proposed | accepted | refused
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "匹配"
        constraints = [
            models.UniqueConstraint(
                name="one_match_a_person", fields=["delivery", "row_no", "person_id"]
            ),
            models.UniqueConstraint(
                name="one_person_a_row",
                fields=["delivery", "row_no"],
                condition=models.Q(state="accepted"),
            ),
        ]


class Run(models.Model):
    """全库比对: one comparison of the whole register, over deliveries that are named.

    With its folder in the lake it can be made again exactly, whatever was corrected since.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    month = models.CharField(max_length=7)
    engine = models.CharField(max_length=8, default="duckdb")  # duckdb | spark
    asked = models.JSONField(default=dict)  # definitions and limits of the pack, as they were
    facts = models.JSONField(default=dict)  # source rows by fact
    removed_at = models.DateTimeField(null=True)  # its folder, when its keeping time was over
    started_at = models.DateTimeField()
    deliveries = models.JSONField(default=list)
    missing = models.JSONField(default=list)  # items of which nothing was delivered
    persons = models.PositiveIntegerField()
    households = models.PositiveIntegerField()
    answer_sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = "全库比对"


class Discrepancy(models.Model):
    """疑点: what a run found of a household, with its source rows; a question, no verdict."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="discrepancies")
    household_id = models.UUIDField(db_index=True)
    town = models.CharField(max_length=9, db_index=True)
    signals = models.JSONField(default=list)
    sources = SealedJSONField("来源行")
    state = models.CharField(max_length=10, default="open")  # held | open | visited | proposed
    result = models.CharField(max_length=20, blank=True)
    note = SealedField("核查情况", blank=True)
    changed_by = models.CharField(max_length=60, blank=True)
    changed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "疑点"
        constraints = [
            models.UniqueConstraint(name="one_household_a_run", fields=["run", "household_id"])
        ]


class Rest(models.Model):
    """停用规则: a rule that the comparison does not ask, in a county or the whole city."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signal = models.CharField(max_length=8)
    region = models.CharField(max_length=6)  # a county, or the city: 610700
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=8)  # asked | resting | over | dropped
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    asked_by_id = models.CharField(max_length=40)
    asked_by = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    agreed_by_id = models.CharField(max_length=40, blank=True)
    agreed_by = models.CharField(max_length=60, blank=True)
    agreed_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=60, blank=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "停用规则"
        constraints = [
            models.UniqueConstraint(
                name="one_rest_a_rule_and_region",
                fields=["signal", "region"],
                condition=models.Q(state__in=("asked", "resting")),
            ),
            models.CheckConstraint(
                name="who_asks_does_not_agree",
                condition=models.Q(agreed_by_id="")
                | ~models.Q(agreed_by_id=models.F("asked_by_id")),
            ),
        ]


class Outside(models.Model):
    """对外核对函: what a bank or another province is asked about persons who authorised it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=40, unique=True)
    ref = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=10)  # of the pack's catalog/outside.yaml
    body = models.CharField(max_length=120)
    items = models.JSONField()
    county = models.CharField(max_length=6)
    town = models.CharField(max_length=9)
    state = models.CharField(max_length=8, default="open")  # open | answered
    asked_by_id = models.CharField(max_length=40)
    asked_by = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    reminded_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=80, blank=True)
    answered_from = models.CharField(max_length=80, blank=True)  # who signed it there
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "对外核对函"
        indexes = [models.Index(fields=["town", "state", "due_on"])]


class OutsideAnswer(models.Model):
    """One line of the letter: one person, one item, under that person's own authorisation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    outside = models.ForeignKey(Outside, on_delete=models.PROTECT, related_name="lines")
    place = models.PositiveSmallIntegerField()
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=8)
    state = models.CharField(
        max_length=12, choices=Answer.State.choices, default=Answer.State.NOT_RETURNED
    )
    as_of = models.DateField(null=True)
    record = SealedJSONField("返回内容", blank=True)

    class Meta:
        verbose_name = "对外核对函逐项"
        constraints = [
            models.UniqueConstraint(name="one_line_a_place", fields=["outside", "place"])
        ]
