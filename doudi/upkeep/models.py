"""Proposals, lists of a new standard, re-checks, new accounts, kept cards, money asked back."""

import uuid

from django.db import models
from django.db.models import Q

from doudi.upkeep.flow import (
    CALLS,
    CLASSES,
    KINDS,
    OPEN,
    ORIGINS,
    OUTCOMES,
    RECOVERY_CAUSES,
    RECOVERY_STATES,
    STANDARD_STATES,
    STATES,
    UNDECIDED,
)
from doudi.vault.fields import SealedField, SealedJSONField


def _choices(words: dict[str, str]) -> list[tuple[str, str]]:
    return list(words.items())


class OfAward(models.Model):
    """What belongs to a running award; place as the award had it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey("benefits.Award", on_delete=models.PROTECT, related_name="+")
    town = models.CharField(max_length=9)
    county = models.CharField(max_length=6)

    class Meta:
        abstract = True


class Run(models.Model):
    """A run of the timetable or a comparison in one town; held when it touches too many (P24)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    what = models.CharField(max_length=20)
    month = models.CharField(max_length=7)
    town = models.CharField(max_length=9)
    proposed = models.PositiveIntegerField(default=0)
    households = models.PositiveIntegerField(default=0)
    is_held = models.BooleanField(default=False)
    at = models.DateTimeField()
    settled_by = models.CharField(max_length=60, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "批次"
        constraints = [
            models.UniqueConstraint(name="one_run_a_town_month", fields=["what", "month", "town"])
        ]


class Proposal(OfAward):
    """变动提请: proposed by one, heard where it is worse for the household, decided by another."""

    kind = models.CharField(max_length=12, choices=_choices(KINDS))
    cause = models.CharField(max_length=20)
    origin = models.CharField(max_length=12, choices=_choices(ORIGINS))
    origin_id = models.UUIDField(null=True)
    run = models.ForeignKey(Run, null=True, on_delete=models.PROTECT, related_name="proposals")
    person_id = models.UUIDField(null=True)  # whom it is about, if one person
    from_month = models.CharField(max_length=7)
    before_fen = models.BigIntegerField()
    amounts = models.JSONField()  # [[month, base, top-up], …]
    until_month = models.CharField(max_length=7, blank=True)
    to_village = models.CharField(max_length=12, blank=True)  # of a move
    why = SealedField("事实和理由")
    paper = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=8, choices=_choices(STATES), default=OPEN)
    proposed_by_id = models.CharField(max_length=40)
    proposed_by = models.CharField(max_length=60)
    proposed_at = models.DateTimeField()
    answer_by_on = models.DateField(null=True)
    answer = SealedField("陈述申辩", blank=True)
    answered_at = models.DateTimeField(null=True)
    decided_by_id = models.CharField(max_length=40, blank=True)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_why = SealedField("决定理由", blank=True)

    class Meta:
        verbose_name = "变动提请"
        indexes = [models.Index(fields=["town", "state", "proposed_at"])]
        constraints = [
            models.UniqueConstraint(
                name="one_open_proposal_a_kind",
                fields=["award", "kind"],
                condition=Q(state__in=UNDECIDED),
            ),
            models.UniqueConstraint(
                name="a_birthday_once",
                fields=["award", "kind", "person_id"],
                condition=Q(origin="timetable"),
            ),
        ]

    @property
    def decided_at_place(self) -> str:
        """The town where it is decided: of a move to another county the receiving one's."""
        away = self.kind == "move" and self.to_village[:6] != self.county
        return self.to_village[:9] if away else self.town

    @property
    def after_fen(self) -> int:
        """What the first month comes to."""
        return int(self.amounts[0][1] + self.amounts[0][2])


class StandardRun(models.Model):
    """提标调整: every award of a county before and after; approved by a second person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    county = models.CharField(max_length=6)
    month = models.CharField(max_length=7)
    state = models.CharField(max_length=8, choices=_choices(STANDARD_STATES), default="prepared")
    award_count = models.PositiveIntegerField()  # every award that runs in the month
    line_count = models.PositiveIntegerField()
    open_count = models.PositiveIntegerField()  # does not follow from the standard: for a person
    before_fen = models.BigIntegerField()
    after_fen = models.BigIntegerField()
    prepared_by_id = models.CharField(max_length=40)
    prepared_by = models.CharField(max_length=60)
    prepared_at = models.DateTimeField()
    approved_by = models.CharField(max_length=60, blank=True)
    approved_at = models.DateTimeField(null=True)
    paper = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = "提标调整"
        constraints = [
            models.UniqueConstraint(
                name="one_standard_list_a_month",
                fields=["county", "month"],
                condition=~Q(state="dropped"),
            )
        ]


class StandardLine(models.Model):
    """One award of the list. `how` says by which rule; `open`: a person looks at it."""

    run = models.ForeignKey(StandardRun, on_delete=models.CASCADE, related_name="lines")
    award = models.ForeignKey("benefits.Award", on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=12)
    before_fen = models.BigIntegerField()
    base_fen = models.BigIntegerField()
    top_up_fen = models.BigIntegerField()

    class Meta:
        verbose_name = "提标清单"
        constraints = [models.UniqueConstraint(name="listed_once", fields=["run", "award"])]

    @property
    def after_fen(self) -> int:
        """Base and top-ups under the new standard."""
        return self.base_fen + self.top_up_fen


class RecheckPlan(models.Model):
    """How often a household is looked at again, and by when next."""

    award = models.OneToOneField(
        "benefits.Award", on_delete=models.PROTECT, related_name="+", primary_key=True
    )
    klass = models.CharField(max_length=1, choices=_choices(CLASSES))
    due_on = models.DateField(db_index=True)

    class Meta:
        verbose_name = "复核计划"


class Recheck(OfAward):
    """复核: then and now side by side, and what follows from it."""

    call = models.CharField(max_length=12, choices=_choices(CALLS))
    klass = models.CharField(max_length=1, choices=_choices(CLASSES))
    due_on = models.DateField()
    opened_at = models.DateTimeField()
    note = SealedField("来由", blank=True)
    then = SealedJSONField("上次情况", blank=True)
    now = SealedJSONField("本次情况", blank=True)
    visited_on = models.DateField(null=True)
    report_number = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=8, choices=_choices(OUTCOMES), blank=True)
    why = SealedField("结论和依据", blank=True)
    done_by_id = models.CharField(max_length=40, blank=True)
    done_by = models.CharField(max_length=60, blank=True)
    done_at = models.DateTimeField(null=True)
    proposal = models.ForeignKey(
        Proposal, null=True, on_delete=models.PROTECT, related_name="rechecks"
    )

    class Meta:
        verbose_name = "复核"
        indexes = [models.Index(fields=["town", "done_at", "due_on"])]
        constraints = [
            models.UniqueConstraint(
                name="one_open_recheck",
                fields=["award"],
                condition=Q(done_at__isnull=True),
            )
        ]


class AccountRequest(OfAward):
    """换账户: paid only after a cooling period, a call back, and a second person's hand."""

    account = SealedField("新账号")
    bank = models.CharField(max_length=40)
    holder = models.CharField(max_length=60)
    asked_by_id = models.CharField(max_length=40)
    asked_by = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    ready_on = models.DateField()
    called_by = models.CharField(max_length=60, blank=True)
    called_at = models.DateTimeField(null=True)
    is_confirmed = models.BooleanField(null=True)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)
    is_applied = models.BooleanField(default=False)

    class Meta:
        verbose_name = "换账户"
        constraints = [
            models.UniqueConstraint(
                name="one_open_account", fields=["award"], condition=Q(decided_at__isnull=True)
            )
        ]


class Custody(OfAward):
    """代保管协议: somebody keeps the card for the person; written, filed, and ended."""

    keeper = SealedField("保管人")
    reason = SealedField("原因")
    paper = models.CharField(max_length=60)
    since_on = models.DateField()
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    ended_on = models.DateField(null=True)
    ended_by = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = "代保管协议"
        constraints = [
            models.UniqueConstraint(
                name="one_keeper", fields=["award"], condition=Q(ended_on__isnull=True)
            )
        ]


class Recovery(OfAward):
    """追回: what was paid too much, in parts; nothing is taken off a monthly amount."""

    cause = models.CharField(max_length=12, choices=_choices(RECOVERY_CAUSES))
    amount_fen = models.BigIntegerField()
    why = SealedField("事实和理由")
    state = models.CharField(max_length=8, choices=_choices(RECOVERY_STATES), default="proposed")
    proposed_by_id = models.CharField(max_length=40)
    proposed_by = models.CharField(max_length=60)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=60, blank=True)
    decided_by_id = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_why = SealedField("决定理由", blank=True)

    class Meta:
        verbose_name = "追回"
        constraints = [
            models.CheckConstraint(name="recovers_something", condition=Q(amount_fen__gt=0)),
            models.UniqueConstraint(
                name="one_open_recovery", fields=["award"], condition=Q(state="proposed")
            ),
        ]


class Instalment(models.Model):
    """One part of what is paid back."""

    recovery = models.ForeignKey(Recovery, on_delete=models.PROTECT, related_name="parts")
    month = models.CharField(max_length=7)
    fen = models.BigIntegerField()
    received_on = models.DateField(null=True)
    received_by = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = "退还分期"
        ordering = ["month"]
        constraints = [models.UniqueConstraint(name="a_part_a_month", fields=["recovery", "month"])]
