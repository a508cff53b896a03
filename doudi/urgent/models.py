"""Calls for help, the duty roster that answers them, relief given first and its papers."""

import uuid

from django.db import models
from django.db.models import F, Q

from doudi.urgent.flow import CHANNELS, FOLLOW_UPS, GIVEN, KINDS, MANNERS, STAGE_NAMES, Stage
from doudi.vault.fields import BlindIndexField, SealedField, SealedJSONField


class DutyShift(models.Model):
    """值班: who answers in a town or county, on a weekday or on one day, from hour to hour.

    A row with `day` overrides the weekdays of its region on that day. Where the hours cross
    midnight the shift belongs to the day on which it begins.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.CharField(max_length=9)  # six digits: the county's, the last resort
    weekday = models.PositiveSmallIntegerField(null=True)  # 0 is Monday
    day = models.DateField(null=True)
    from_hour = models.PositiveSmallIntegerField()
    to_hour = models.PositiveSmallIntegerField()
    officer = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = "值班"
        ordering = ["region", "day", "weekday", "from_hour", "order"]
        indexes = [models.Index(fields=["region", "weekday"])]
        constraints = [
            models.CheckConstraint(
                name="shift_has_a_weekday_or_a_day",
                condition=Q(weekday__isnull=True, day__isnull=False)
                | Q(weekday__lte=6, day__isnull=True),
            ),
            models.CheckConstraint(
                name="shift_within_a_day", condition=Q(from_hour__lte=23, to_hour__lte=24)
            ),
        ]


class Series(models.Model):
    """The last number given to a town's calls of a day."""

    series = models.CharField(primary_key=True, max_length=40)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "编号"


class HelpCall(models.Model):
    """求助: what happened and where; where somebody is registered is not asked (OP18 15)."""

    id = models.UUIDField(primary_key=True, editable=False)  # made by the form: a retry is harmless
    number = models.CharField(max_length=24, unique=True)
    ticket = SealedField("查询密码")
    ticket_index = BlindIndexField(of="ticket", kind="token", unique=True)
    name = SealedField("姓名", blank=True)
    phone = SealedField("手机")
    phone_index = BlindIndexField(of="phone", kind="phone")
    what = SealedField("发生了什么", blank=True)
    spot = SealedField("具体地点", blank=True)
    kind = models.CharField(max_length=10, choices=list(KINDS.items()))
    region = models.CharField(max_length=12)
    town = models.CharField(max_length=9)
    county = models.CharField(max_length=6)
    persons = models.PositiveSmallIntegerField(default=1)
    needed_fen = models.BigIntegerField(null=True)
    channel = models.CharField(max_length=10, choices=list(CHANNELS.items()))
    helper = SealedField("代为求助的人", blank=True)
    stage = models.CharField(max_length=10, choices=[(s.value, n) for s, n in STAGE_NAMES.items()])
    raised_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    taken_by_id = models.CharField(max_length=40, blank=True)
    taken_by = models.CharField(max_length=60, blank=True)
    visit_due_on = models.DateField()
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "求助"
        indexes = [
            models.Index(fields=["town", "stage", "raised_at"]),
            models.Index(fields=["county", "stage", "raised_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="help_ended_exactly_when_closed",
                condition=Q(ended_at__isnull=False, stage="closed")
                | (Q(ended_at__isnull=True) & ~Q(stage="closed")),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def stage_name(self) -> str:
        """The stage in the office's own word."""
        return STAGE_NAMES[Stage(self.stage)]

    @property
    def kind_name(self) -> str:
        """The kind in plain words."""
        return KINDS[self.kind]


class OfCall(models.Model):
    """What belongs to a call and was recorded by someone at some time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    call = models.ForeignKey(HelpCall, on_delete=models.PROTECT, related_name="%(class)ss")
    at = models.DateTimeField()
    by_id = models.CharField(max_length=40)
    by_name = models.CharField(max_length=60)

    class Meta:
        abstract = True


class HelpStep(OfCall):
    """One line of the call's timeline."""

    order = models.PositiveIntegerField(default=0)
    move = models.CharField(max_length=20)
    stage = models.CharField(max_length=10)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = "求助记录"
        ordering = ["at", "order"]


class Ringing(models.Model):
    """An officer is asked: to answer a call, or (`about` sign) to sign for the money."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    call = models.ForeignKey(HelpCall, on_delete=models.PROTECT, related_name="ringings")
    about = models.CharField(max_length=6, default="call")  # call | sign
    round = models.PositiveIntegerField()
    level = models.CharField(max_length=6)  # town | county
    officer = models.ForeignKey(
        "accounts.Staff", null=True, on_delete=models.PROTECT, related_name="+"
    )
    officer_name = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "呼叫"
        ordering = ["asked_at", "round"]
        constraints = [
            models.UniqueConstraint(name="each_round_once", fields=["call", "about", "round"])
        ]


class HelpVisit(OfCall):
    """上门: two people, or one with the reason why alone."""

    visited_at = models.DateTimeField()
    visitors = models.JSONField(default=list)  # [{"id":…, "name":…}]
    alone_reason = models.CharField(max_length=200, blank=True)
    findings = SealedJSONField("所见")

    class Meta:
        verbose_name = "急难上门"


class Advance(OfCall):
    """先行救助: `by` proposes, another person signs, the papers follow (LS23 2(2))."""

    kind = models.CharField(max_length=10, choices=list(KINDS.items()))
    amount_fen = models.BigIntegerField()
    suggested_fen = models.BigIntegerField()
    basis = SealedJSONField("建议的由来")
    reason = models.CharField(max_length=400, blank=True)
    level = models.CharField(max_length=6)  # town | county: who has to sign
    limit_fen = models.BigIntegerField()
    sign_by = models.DateTimeField()
    manner = models.CharField(max_length=8, choices=list(MANNERS.items()))
    payee_name = SealedField("收款人")
    payee_id_number = SealedField("身份证号", blank=True)
    payee_index = BlindIndexField(of="payee_id_number", kind="id")
    bank = models.CharField(max_length=40, blank=True)
    account = SealedField("账号", blank=True)
    person_id = models.UUIDField(null=True)
    signed_by_id = models.CharField(max_length=40, blank=True)
    signed_by = models.CharField(max_length=60, blank=True)
    signed_at = models.DateTimeField(null=True)
    turned_down_by = models.CharField(max_length=60, blank=True)
    turned_down_at = models.DateTimeField(null=True)
    turned_down_why = models.CharField(max_length=400, blank=True)
    receipt = models.CharField(max_length=60, blank=True)  # number of the cash receipt
    handed_over_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)  # the bank could not pay it
    returned_why = models.CharField(max_length=60, blank=True)
    papers_due_on = models.DateField(null=True)
    made_up_at = models.DateTimeField(null=True)
    masked_name = models.CharField(max_length=60, blank=True)
    notice_from = models.DateField(null=True)
    notice_until = models.DateField(null=True)

    class Meta:
        verbose_name = "先行救助"
        constraints = [
            models.UniqueConstraint(
                name="one_living_advance_a_call",
                fields=["call"],
                condition=Q(turned_down_at__isnull=True),
            ),
            models.CheckConstraint(name="an_advance_pays", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(
                name="who_proposes_never_signs", condition=~Q(signed_by_id=F("by_id"))
            ),
            models.CheckConstraint(
                name="signed_by_somebody",
                condition=Q(signed_at__isnull=True, signed_by_id="")
                | (Q(signed_at__isnull=False, papers_due_on__isnull=False) & ~Q(signed_by_id="")),
            ),
            models.CheckConstraint(
                name="the_town_signs_within_its_limit",
                condition=Q(level="county") | Q(amount_fen__lte=F("limit_fen")),
            ),
        ]

    @property
    def manner_name(self) -> str:
        """How it is paid, in plain words."""
        return MANNERS[self.manner]

    @property
    def waits_for_cash(self) -> bool:
        """Whether cash is due: from the beginning, or because the bank sent the money back."""
        due = self.manner == "cash" or self.returned_at is not None
        return due and self.signed_at is not None and self.handed_over_at is None


class Paper(models.Model):
    """One thing that was missing when the money went."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    advance = models.ForeignKey(Advance, on_delete=models.PROTECT, related_name="papers")
    order = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=100)
    got_at = models.DateTimeField(null=True)
    got_by = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = "补办材料"
        ordering = ["order"]
        constraints = [models.UniqueConstraint(name="a_paper_once", fields=["advance", "what"])]


class FollowUp(models.Model):
    """What is proposed after the relief; people do it or say why not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    call = models.ForeignKey(HelpCall, on_delete=models.PROTECT, related_name="follow_ups")
    kind = models.CharField(max_length=10, choices=list(FOLLOW_UPS.items()))
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = "后续"
        ordering = ["due_on", "kind"]
        constraints = [models.UniqueConstraint(name="followed_once", fields=["call", "kind"])]

    @property
    def kind_name(self) -> str:
        """The proposal in plain words."""
        return FOLLOW_UPS[self.kind]


class Gathering(models.Model):
    """Many people stranded at once: helped together, each with an entry of its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=24, unique=True)
    town = models.CharField(max_length=9)
    county = models.CharField(max_length=6)
    place = models.CharField(max_length=100)
    cause = models.CharField(max_length=200)
    on = models.DateField()
    at = models.DateTimeField()
    by_id = models.CharField(max_length=40)
    by_name = models.CharField(max_length=60)

    class Meta:
        verbose_name = "集中救助"
        ordering = ["-at"]


class GatheredPerson(models.Model):
    """One of them: a name, if known a number, whence, and what was given."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="people")
    order = models.PositiveIntegerField()
    name = SealedField("姓名")
    name_index = BlindIndexField(of="name", kind="token")
    id_number = SealedField("身份证号", blank=True)
    id_index = BlindIndexField(of="id_number", kind="id")
    origin = SealedField("家在哪里", blank=True)
    given = models.JSONField(default=list)  # of GIVEN
    fen = models.BigIntegerField(default=0)
    twice = models.BooleanField(default=False)  # somebody alike is on the list already
    at = models.DateTimeField()
    by_name = models.CharField(max_length=60)
    receipt = models.UUIDField(null=True, db_index=True)  # the lines that were marked together
    received_at = models.DateTimeField(null=True)
    received_by_id = models.CharField(max_length=40, blank=True)
    received_by = models.CharField(max_length=60, blank=True)
    witness = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = "集中救助人员"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(name="a_line_once", fields=["gathering", "order"]),
            models.UniqueConstraint(
                name="a_number_once",
                fields=["gathering", "id_index"],
                condition=Q(id_index__isnull=False, twice=False),
            ),
        ]

    @property
    def given_names(self) -> str:
        """What was given, in plain words."""
        return "、".join(GIVEN[g] for g in self.given)
