"""The meetings on a case: 民主评议, 会议研究, 一事一议. None of them decides."""

from django.db import models
from django.db.models import F, Q

from doudi.cases.flow import ADVICE_NAMES, APPRAISAL_NAMES, CONFERENCE_NAMES
from doudi.cases.of_case import OfCase, one_while

VOTES = F("withdrew") + F("agree") + F("disagree") + F("abstain") + F("invalid")


class Appraisal(OfCase):
    """民主评议 where the town holds one: sums only, never who voted what."""

    on = models.DateField()
    place = models.CharField(max_length=100)
    invited = models.PositiveSmallIntegerField()
    present = models.PositiveSmallIntegerField()
    withdrew = models.PositiveSmallIntegerField(default=0)
    agree = models.PositiveSmallIntegerField()
    disagree = models.PositiveSmallIntegerField()
    abstain = models.PositiveSmallIntegerField()
    invalid = models.PositiveSmallIntegerField(default=0)
    host = models.CharField(max_length=60, blank=True)
    counters = models.CharField(max_length=120, blank=True)  # 唱票、计票 two people
    outcome = models.CharField(max_length=12, blank=True)  # of policy.rules.appraisal
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = "民主评议"
        constraints = [
            models.CheckConstraint(name="votes_add_up", condition=Q(present=VOTES)),
        ]

    @property
    def outcome_name(self) -> str:
        """What the meeting found, in words; empty for meetings recorded before it was kept."""
        return APPRAISAL_NAMES.get(self.outcome, "")

    @property
    def voting(self) -> int:
        """Those present who did not withdraw."""
        return self.present - self.withdrew


class AppraisalCall(OfCase):
    """评议通知: who was asked to an appraisal; `held_on` once its tally is written down."""

    on = models.DateField()
    time = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=100)
    host = models.CharField(max_length=60)
    invited = models.JSONField(default=list)  # as what and by name, as the invitation is addressed
    held_on = models.DateField(null=True)

    class Meta:
        verbose_name = "评议通知"
        constraints = [one_while("one_called_appraisal", held_on__isnull=True)]


class Panel(OfCase):
    """会议研究: minutes of the town's meeting."""

    on = models.DateField()
    attendees = models.JSONField(default=list)
    withdrew = models.JSONField(default=list)  # 回避: named in the minutes, not at the table
    minutes = models.TextField(max_length=4000)

    class Meta:
        verbose_name = "会议纪要"


class Conference(OfCase):
    """一事一议: called in writing, held with a quorum, kept with its votes; never a decision.

    An empty `outcome` says that it was not held yet; `at` and `by` are the newest hand's.
    """

    on = models.DateField()  # the day for which it is called, then the day on which it was held
    time = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=100, blank=True)
    host = models.CharField(max_length=60, blank=True)
    invited = models.JSONField(default=list)  # office and name, as the invitation is addressed
    participants = models.JSONField(default=list)  # who sat at the table
    withdrew = models.JSONField(default=list)
    question = models.TextField(max_length=1000)
    minutes = models.TextField(max_length=4000, blank=True)  # what was said
    proposal = models.TextField(max_length=4000, blank=True)
    advice = models.CharField(max_length=12, blank=True)  # of flow.ADVICE_NAMES
    agree = models.PositiveSmallIntegerField(default=0)
    disagree = models.PositiveSmallIntegerField(default=0)
    abstain = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=12, blank=True)  # of flow.CONFERENCE_NAMES
    called_by = models.CharField(max_length=60, blank=True)
    called_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "一事一议"
        constraints = [one_while("one_called_conference", outcome="")]

    @property
    def outcome_name(self) -> str:
        """What became of it, in words."""
        return CONFERENCE_NAMES[self.outcome]

    @property
    def advice_name(self) -> str:
        """What it proposes, in words; empty where nothing was carried."""
        return ADVICE_NAMES.get(self.advice, "") if self.outcome == "passed" else ""
