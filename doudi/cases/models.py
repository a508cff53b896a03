"""Drafts, applications, cases and everything a case gathers on its way."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left, Right

from doudi.cases.drafts import Application as Application
from doudi.cases.drafts import Applied as Applied
from doudi.cases.drafts import Draft as Draft
from doudi.cases.drafts import NumberSeries as NumberSeries
from doudi.cases.flow import CLOSED, STAGE_NAMES, TO_CONFIRM, Stage
from doudi.cases.meetings import Appraisal as Appraisal
from doudi.cases.meetings import AppraisalCall as AppraisalCall
from doudi.cases.meetings import Conference as Conference
from doudi.cases.meetings import Panel as Panel
from doudi.cases.of_case import OfCase as OfCase
from doudi.cases.of_case import one_while
from doudi.kernel.sentences import unpacked
from doudi.vault.fields import SealedField, SealedJSONField

PLACE = ("county", "town", "village")
INDEXES = [  # which page reads which: docs/reference/query-plans.md
    models.Index(fields=["town", "stage", "due_on"]),
    models.Index(fields=["county", "stage", "due_on"]),
    models.Index(name="open_due", fields=["due_on", "submitted_at"], condition=Q(ended_at=None)),
    models.Index(
        name="open_counted",
        fields=["town", "stage", "due_on", "submitted_at", "clerk_id", "id", "ended_at"],
        condition=Q(ended_at=None),
    ),
    models.Index(name="case_submitted", fields=["submitted_at", *PLACE, "channel", "id"]),
    models.Index(name="case_accepted", fields=["accepted_on", *PLACE, "id"]),
    models.Index(
        name="case_ended", fields=["ended_on", *PLACE, "stage", "programme", "due_on", "id"]
    ),
    models.Index(name="case_applied", fields=["application", "town", "submitted_at", "id"]),
    models.Index(name="case_surname", fields=["surname", "town", "submitted_at"]),
    models.Index(name="case_tail", fields=["tail", "town", "submitted_at"]),
]


class Case(models.Model):
    """The town's work on one application. `version` guards against two people at once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="case")
    number = models.CharField(max_length=24, unique=True)
    applicant_name = models.CharField(max_length=60)
    channel = models.CharField(max_length=12)  # as the application came: code | window | assistant
    stage = models.CharField(max_length=16, choices=[(s.value, n) for s, n in STAGE_NAMES.items()])
    process = models.CharField(max_length=20)
    village = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    town = models.CharField(max_length=9)
    county = models.CharField(max_length=6)
    area = models.CharField(max_length=5)
    member_count = models.PositiveSmallIntegerField()
    household_id = models.UUIDField(null=True)
    submitted_at = models.DateTimeField()
    accepted_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    due_provisional = models.BooleanField(default=False)
    clerk_id = models.UUIDField(null=True)
    near_relative = models.CharField(max_length=120, blank=True)
    elsewhere = models.JSONField(default=dict)  # what the duplicate check found, by number
    facts = SealedJSONField("认定事实", blank=True)
    origins = models.JSONField(default=dict)  # path in facts -> declared | verified | visited
    programme = models.CharField(max_length=20, blank=True)  # the newest assessment's choice
    verification_ref = models.UUIDField(null=True)
    report_id = models.UUIDField(null=True)
    last_event_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True)  # in China, as due_on is
    reopened_on = models.DateField(null=True)  # the clock runs anew from here
    without_notice = models.BooleanField(default=False)  # what is chosen is never shown in public
    version = models.PositiveIntegerField(default=1)
    # Kept by the database itself: what the box of every page looks for.
    surname = models.GeneratedField(
        db_persist=True,
        expression=Left("applicant_name", 1),
        output_field=models.CharField(max_length=1),
    )
    tail = models.GeneratedField(
        db_persist=True, expression=Right("number", 4), output_field=models.CharField(max_length=4)
    )

    class Meta:
        verbose_name = "办件"
        indexes = INDEXES
        constraints = [
            models.CheckConstraint(
                name="accepted_before_due",
                condition=Q(due_on__isnull=True) | Q(due_on__gte=models.F("accepted_on")),
            ),
            models.CheckConstraint(
                name="ended_exactly_when_closed",
                condition=Q(ended_at__isnull=False, stage__in=CLOSED)
                | (Q(ended_at__isnull=True) & ~Q(stage__in=CLOSED)),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def clock_from(self) -> dt.date | None:
        """The day from which the last day is counted: acceptance, or the newest reopening."""
        return self.reopened_on or self.accepted_on

    @property
    def stage_name(self) -> str:
        """The stage in the office's own word."""
        return TO_CONFIRM if self.skips_notice else STAGE_NAMES[Stage(self.stage)]

    @property
    def skips_notice(self) -> bool:
        """Whether the confirmation comes next because no notice may hang (CH62)."""
        return self.without_notice and self.stage == Stage.REVIEWED


class Step(OfCase):
    """One line of the case's timeline; what a resident may read of it is `public`."""

    order = models.PositiveIntegerField(default=0)  # within one instant
    move = models.CharField(max_length=20)
    stage = models.CharField(max_length=16)
    note = models.CharField(max_length=400, blank=True)
    words = models.JSONField(default=dict)  # the same as a sentence that pages say in any language
    public = models.BooleanField(default=True)

    class Meta:
        verbose_name = "办理记录"
        ordering = ["at", "order"]

    @property
    def told(self) -> str:
        """The note, as a sentence where it was one."""
        return unpacked(self.words, self.note)


class Pause(OfCase):
    """A stop of the clock with its reason (promises.md L); open while `until_on` is empty."""

    reason = models.CharField(max_length=40)
    note = models.CharField(max_length=400, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        verbose_name = "计时暂停"
        constraints = [one_while("one_open_pause", until_on__isnull=True)]


class Spell(models.Model):
    """How long a case stood in one open stage; the one it stands in has no end yet."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="spells")
    stage = models.CharField(max_length=16)
    village = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )  # the case's place, here again: a city counts a month's spells without their cases
    town = models.CharField(max_length=9)
    county = models.CharField(max_length=6)
    programme = models.CharField(max_length=20, blank=True)  # the case's, for the same reason
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    days = models.PositiveIntegerField(null=True)  # working days, pauses among them

    class Meta:
        verbose_name = "环节用时"
        indexes = [
            models.Index(
                name="spell_ended",
                fields=["until_at", *PLACE, "stage", "programme", "days", "since_at"],
            )
        ]
        constraints = [one_while("one_open_spell", until_at__isnull=True)]


class Supplement(OfCase):
    """一次性补正: everything that is missing, told at once."""

    items = models.JSONField(default=list)  # [{"what":…, "why":…}]
    answer_by_on = models.DateField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "补正"


class HomeVisit(OfCase):
    """入户调查 by two people, with what they found (DB57 art 16)."""

    on = models.DateField()
    visitors = models.JSONField(default=list)  # [{"id":…, "name":…}] two or more
    present = models.CharField(max_length=60)
    findings = SealedJSONField("入户情况")  # home, items, neighbours, differences by path
    conclusion = models.CharField(max_length=12)  # true | partly | untrue

    class Meta:
        verbose_name = "入户调查"


class Transfer(OfCase):
    """转办: which office had it, which has it now, and why."""

    from_town = models.CharField(max_length=9)
    to_town = models.CharField(max_length=9)
    reason = models.CharField(max_length=200)

    class Meta:
        verbose_name = "转办"
        constraints = [
            models.CheckConstraint(name="goes_elsewhere", condition=~Q(from_town=F("to_town")))
        ]


class Assessment(OfCase):
    """核算: facts, book, findings as they were; enough to compute it again anywhere."""

    facts = SealedJSONField("事实")
    book = models.JSONField()
    book_hash = models.CharField(max_length=80)
    rules_version = models.CharField(max_length=80)
    findings = SealedJSONField("核算结果")  # Assessment.to_json(explain=True)
    recommended = models.CharField(max_length=20, blank=True)
    chosen = models.CharField(max_length=20, blank=True)
    monthly_fen = models.BigIntegerField(default=0)
    once_fen = models.BigIntegerField(default=0)
    persons = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = "核算"


class Opinion(OfCase):
    """审核意见: signed by one person, who may not confirm."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT)
    agrees = models.BooleanField()
    text = models.CharField(max_length=1000)

    class Meta:
        verbose_name = "审核意见"


class PublicNotice(OfCase):
    """公示: name masked, persons, programme, amount, seven calendar days, nothing else."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT)
    from_on = models.DateField()
    until_on = models.DateField()
    masked_name = models.CharField(max_length=60)
    place = models.CharField(max_length=120)
    persons = models.PositiveSmallIntegerField()
    covered = models.PositiveSmallIntegerField()
    programme = models.CharField(max_length=20)
    monthly_fen = models.BigIntegerField()
    once_fen = models.BigIntegerField(default=0)
    taken_down_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "公示"


class Objection(models.Model):
    """异议 to a notice: text and, if given, a way to answer, both sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notice = models.ForeignKey(PublicNotice, on_delete=models.PROTECT, related_name="objections")
    text = SealedField("内容")
    contact = SealedField("联系方式", blank=True)
    raised_at = models.DateTimeField()
    upheld = models.BooleanField(null=True)
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.CharField(max_length=80, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "异议"


class RelativeMark(OfCase):
    """近亲属核查: what the county found on its own visit (DB57 arts 11, 20)."""

    on = models.DateField()
    text = models.CharField(max_length=1000)

    class Meta:
        verbose_name = "近亲属核查"


class YearWord(OfCase):
    """超年上限: the county's word where a household would have more than the year's (R41)."""

    text = models.CharField(max_length=1000)

    class Meta:
        verbose_name = "超年上限意见"


class Decision(OfCase):
    """确认 or 不予确认: what holds, from when, on which assessment."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT)
    granted = models.BooleanField()
    programme = models.CharField(max_length=20, blank=True)
    monthly_fen = models.BigIntegerField(default=0)
    once_fen = models.BigIntegerField(default=0)
    persons = SealedJSONField("保障对象", blank=True)  # [{"member":"m1","person_id":…,"fen":…}]
    start_month = models.CharField(max_length=7, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    set_aside_at = models.DateTimeField(null=True)  # after an appeal that was upheld

    class Meta:
        verbose_name = "决定"
        indexes = [
            models.Index(
                name="decision_granted",
                fields=["case", "set_aside_at", "granted", "programme", "monthly_fen", "once_fen"],
            )
        ]
        constraints = [one_while("one_decision_a_case", set_aside_at__isnull=True)]


class Letter(OfCase):
    """A written notice and how it reached its reader (受理、补正、不予受理、确认、不予确认)."""

    form = models.CharField(max_length=20)
    delivered_at = models.DateTimeField(null=True)
    manner = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = "告知"
