"""Appeals, ratings, complaints and reports of changes. What a resident writes is sealed."""

import uuid

from django.db import models

from doudi.redress.flow import (
    APPEAL_NAMES,
    CHANGE_NAMES,
    CHANGE_STATES,
    CHANGES,
    COMPLAINT_NAMES,
    COMPLAINTS,
    LEVELS,
    OPEN,
)
from doudi.vault.fields import BlindIndexField, SealedField, SealedJSONField


def _choices(words: dict[str, str]) -> list[tuple[str, str]]:
    return list(words.items())


class Matter(models.Model):
    """What somebody laid before an office: `office` is the region code of the one that answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.CharField(max_length=9)  # six digits: county or city; nine: a town
    text = SealedField("内容", blank=True)
    filed_at = models.DateTimeField()
    due_on = models.DateField()
    escalated_at = models.DateTimeField(null=True)  # its day passed: the city sees it from then on
    answer = SealedField("答复", blank=True)
    answered_by_id = models.CharField(max_length=40, blank=True)
    answered_by = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Appeal(Matter):
    """申诉 against one decision of one case; `against_at` is the instant of that decision."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="appeals")
    against = models.CharField(max_length=16)  # the stage in which the case had ended
    against_at = models.DateTimeField()
    limit_on = models.DateField()
    late = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=_choices(APPEAL_NAMES), default=OPEN)

    class Meta:
        verbose_name = "申诉"
        indexes = [models.Index(fields=["office", "state", "due_on"])]
        constraints = [
            models.UniqueConstraint(
                name="one_appeal_a_decision", fields=["case", "against", "against_at"]
            )
        ]


class ChangeAppeal(Matter):
    """申诉 against a change of a running award, or against money asked back.

    The award may have been taken over and have no case. `hands` are those who never answer it.
    """

    case = models.ForeignKey(
        "cases.Case", null=True, on_delete=models.PROTECT, related_name="change_appeals"
    )
    award_id = models.UUIDField(db_index=True)
    award_number = models.CharField(max_length=30)
    masked_name = models.CharField(max_length=60)
    matter_id = models.UUIDField(unique=True)  # the change or the recovery; each is appealed once
    kind = models.CharField(max_length=12, choices=_choices(CHANGE_NAMES))
    from_month = models.CharField(max_length=7)
    before_fen = models.BigIntegerField()
    after_fen = models.BigIntegerField()
    against_at = models.DateTimeField()
    limit_on = models.DateField()
    late = models.BooleanField(default=False)
    asks_hold = models.BooleanField(default=False)  # paid as before until it is answered (XZFY 42)
    hands = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=_choices(CHANGE_STATES), default=OPEN)

    class Meta:
        verbose_name = "对待遇变动的申诉"
        indexes = [models.Index(fields=["office", "state", "due_on"])]


class Complaint(Matter):
    """投诉, with a name or without: one without is tied to no case, no phone and no address."""

    case = models.ForeignKey(
        "cases.Case", null=True, on_delete=models.PROTECT, related_name="complaints"
    )
    kind = models.CharField(max_length=12, choices=_choices(COMPLAINTS))
    list_id = models.UUIDField(null=True, db_index=True)  # the public list it objects to
    about_id = models.CharField(max_length=40, blank=True)  # who neither sees nor answers it
    about = SealedField("投诉谁", blank=True)
    contact = SealedField("联系方式", blank=True)
    tracking = SealedField("查询码")
    tracking_index = BlindIndexField(of="tracking", kind="token", unique=True)
    state = models.CharField(max_length=12, choices=_choices(COMPLAINT_NAMES), default=OPEN)

    class Meta:
        verbose_name = "投诉"
        indexes = [models.Index(fields=["office", "state", "due_on"])]


class ChangeReport(Matter):
    """变化报告: what a household tells; it changes nothing by itself."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=12, choices=_choices(CHANGES))
    happened_on = models.DateField(null=True)
    details = SealedJSONField("填报", blank=True)  # member, yuan, address, account, holder
    state = models.CharField(max_length=16, default=OPEN)  # open, or one of flow.OUTCOMES

    class Meta:
        verbose_name = "变化报告"
        indexes = [models.Index(fields=["office", "state", "due_on"])]


class Rating(models.Model):
    """好差评 of one part of a case's way; nobody on the staff can change or remove it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="ratings")
    part = models.CharField(max_length=8)
    level = models.PositiveSmallIntegerField(choices=list(LEVELS.items()))
    text = SealedField("评语", blank=True)
    rated_at = models.DateTimeField()

    class Meta:
        verbose_name = "好差评"
        constraints = [
            models.UniqueConstraint(name="one_rating_a_part", fields=["case", "part"]),
            models.CheckConstraint(
                name="five_levels", condition=models.Q(level__gte=1, level__lte=5)
            ),
        ]
