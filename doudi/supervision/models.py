"""Draws with their frozen population, the checks that follow, and the sheets."""

import uuid

from django.db import models

from doudi.supervision.flow import (
    ASKED,
    CHECK_NAMES,
    COLOUR_NAMES,
    GROUNDS,
    MATCH_NAMES,
    OPEN,
    POPULATIONS,
    RECTIFY_GROUNDS,
    RECTIFY_NAMES,
    SLIP_NAMES,
    TIP_NAMES,
)
from doudi.vault.fields import BlindIndexField, SealedField


class Draw(models.Model):
    """One draw a county, month and population: seed and numbers stay, so anybody can repeat it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    county = models.CharField(max_length=6)
    month = models.CharField(max_length=7)
    population = models.CharField(max_length=8, choices=list(POPULATIONS.items()))
    share = models.PositiveIntegerField()  # basis points
    seed = models.CharField(max_length=64)
    numbers = models.JSONField()  # case numbers, sorted
    numbers_sha256 = models.CharField(max_length=64)
    drawn_by_id = models.CharField(max_length=40)
    drawn_by = models.CharField(max_length=60)
    drawn_at = models.DateTimeField()

    class Meta:
        verbose_name = "随机抽查"
        constraints = [
            models.UniqueConstraint(
                name="one_draw_a_month", fields=["county", "month", "population"]
            )
        ]


class Check(models.Model):
    """核查 of one decided case by the county; a decision that does not stand needs two hands."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draw = models.ForeignKey(Draw, null=True, on_delete=models.PROTECT, related_name="checks")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="checks")
    county = models.CharField(max_length=6)
    ground = models.CharField(max_length=8, choices=list(GROUNDS.items()))
    why = models.CharField(max_length=100, blank=True)  # of a chosen one
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(max_length=12, choices=list(CHECK_NAMES.items()), default=OPEN)
    visited_on = models.DateField(null=True)
    finding = SealedField("核查情况", blank=True)
    by_id = models.CharField(max_length=40, blank=True)
    by_name = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(null=True)
    second_id = models.CharField(max_length=40, blank=True)
    second_name = models.CharField(max_length=60, blank=True)
    second_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "核查"
        indexes = [models.Index(fields=["county", "state", "due_on"])]
        constraints = [
            models.UniqueConstraint(name="a_case_once_a_draw", fields=["draw", "case"]),
            models.UniqueConstraint(
                name="one_open_check_a_case",
                fields=["case"],
                condition=models.Q(state__in=["open", "proposed"]),
            ),
            models.CheckConstraint(
                name="two_hands_overturn",
                condition=~models.Q(state="overturned")
                | (~models.Q(second_id="") & ~models.Q(second_id=models.F("by_id"))),
            ),
        ]


class Sheet(models.Model):
    """提醒、催办、督办单 to a town about one late case, with the town's answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="sheets")
    town = models.CharField(max_length=9)
    county = models.CharField(max_length=6)
    colour = models.CharField(max_length=6, choices=list(COLOUR_NAMES.items()))
    text = models.CharField(max_length=300)
    issued_by_id = models.CharField(max_length=40)
    issued_by = models.CharField(max_length=60)
    issued_at = models.DateTimeField()
    answer_by_on = models.DateField()
    answer = models.CharField(max_length=300, blank=True)
    answered_by = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "督办单"
        indexes = [models.Index(fields=["town", "answered_at"])]
        constraints = [
            models.UniqueConstraint(
                name="one_open_sheet_a_case",
                fields=["case"],
                condition=models.Q(answered_at__isnull=True),
            )
        ]


class Doubt(models.Model):
    """疑点: what a rule asks about an officer, a case or an award; a question, no verdict."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rule = models.CharField(max_length=12)  # of the pack's signals/doubts.yaml
    about = models.CharField(max_length=60)  # staff:…, case:…, award:… or roll:…
    county = models.CharField(max_length=6)
    day = models.DateField()
    count = models.PositiveBigIntegerField()
    things = models.JSONField(default=list)  # what else it names, at most fifty
    found_at = models.DateTimeField()

    class Meta:
        verbose_name = "疑点"
        indexes = [models.Index(fields=["county", "rule", "day"])]
        constraints = [
            models.UniqueConstraint(name="a_doubt_once_a_day", fields=["rule", "about", "day"])
        ]


class Match(models.Model):
    """近亲属疑似: somebody of a declared relative's name, in the officer's own place."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="matches")
    county = models.CharField(max_length=6)
    relative_id = models.CharField(max_length=40)  # of the officer's declaration
    officer_id = models.CharField(max_length=40)
    officer = models.CharField(max_length=60)
    relation = models.CharField(max_length=20)
    member_key = models.CharField(max_length=8)
    found_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=list(MATCH_NAMES.items()), default=ASKED)
    why = models.CharField(max_length=200, blank=True)
    settled_by_id = models.CharField(max_length=40, blank=True)
    settled_by = models.CharField(max_length=60, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "近亲属疑似"
        indexes = [models.Index(fields=["county", "state"])]
        constraints = [models.UniqueConstraint(name="a_match_once", fields=["case", "relative_id"])]


class Tip(models.Model):
    """实名举报: who tells, sealed; whoever is named in it, or had a hand in it, never sees it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.CharField(max_length=6)  # the county, or the city where the county is named
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="tips")
    text = SealedField("内容")
    about = SealedField("举报谁", blank=True)
    name = SealedField("举报人")
    phone = SealedField("举报人手机")
    hidden_from = models.JSONField(default=list)  # staff ids
    tracking = SealedField("查询码")
    tracking_index = BlindIndexField(of="tracking", kind="token", unique=True)
    filed_on = models.DateField()  # the day, not the minute
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=list(TIP_NAMES.items()), default=OPEN)
    answer = SealedField("答复", blank=True)
    answered_by = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "实名举报"
        indexes = [models.Index(fields=["office", "state", "due_on"])]


class Slip(models.Model):
    """善意差错: an officer tells his own error and what he did about it; the county decides."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="slips")
    county = models.CharField(max_length=6)
    town = models.CharField(max_length=9)
    what = SealedField("差错情况")
    mended = SealedField("怎么纠正的")
    by_id = models.CharField(max_length=40)
    by_name = models.CharField(max_length=60)
    at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=list(SLIP_NAMES.items()), default=OPEN)
    why = models.CharField(max_length=300, blank=True)
    decided_by_id = models.CharField(max_length=40, blank=True)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "善意差错"
        indexes = [models.Index(fields=["county", "state"])]
        constraints = [
            models.CheckConstraint(
                name="nobody_excuses_himself",
                condition=models.Q(decided_by_id="") | ~models.Q(decided_by_id=models.F("by_id")),
            )
        ]


class Flag(models.Model):
    """超常规决定: a decision beyond the ordinary with the reason given, until the county saw it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="flags")
    decision_id = models.UUIDField(unique=True)
    county = models.CharField(max_length=6)
    town = models.CharField(max_length=9)
    kinds = models.JSONField(default=list)  # of flow.FLAGS
    fen = models.BigIntegerField()
    reason = models.CharField(max_length=400, blank=True)  # the town's own
    by_name = models.CharField(max_length=60)
    at = models.DateTimeField()
    word = models.CharField(max_length=200, blank=True)  # the county's
    seen_by = models.CharField(max_length=60, blank=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "超常规决定"
        indexes = [models.Index(fields=["county", "seen_at"])]


class Rectification(models.Model):
    """问题整改 (A06): what was found, which town mends it until when, its answer, who closed it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=24, unique=True)
    county = models.CharField(max_length=6)
    town = models.CharField(max_length=9)
    case = models.ForeignKey(
        "cases.Case", null=True, on_delete=models.PROTECT, related_name="rectifications"
    )
    ground = models.CharField(max_length=12, choices=list(RECTIFY_GROUNDS.items()))
    source = models.CharField(max_length=50, blank=True)  # check:… or doubt:…
    text = models.CharField(max_length=300)
    demand = models.CharField(max_length=300)
    raised_by_id = models.CharField(max_length=40)
    raised_by = models.CharField(max_length=60)
    raised_at = models.DateTimeField()
    due_on = models.DateField()
    round = models.PositiveSmallIntegerField(default=1)  # one more each time it comes back
    state = models.CharField(max_length=10, choices=list(RECTIFY_NAMES.items()), default=OPEN)
    answer = models.CharField(max_length=300, blank=True)
    answered_by_id = models.CharField(max_length=40, blank=True)
    answered_by = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)
    word = models.CharField(max_length=300, blank=True)  # of whoever closed it or sent it back
    closed_by_id = models.CharField(max_length=40, blank=True)
    closed_by = models.CharField(max_length=60, blank=True)
    closed_at = models.DateTimeField(null=True)
    story = models.JSONField(default=list)  # every deed in order: at, by, deed, words

    class Meta:
        verbose_name = "问题整改"
        indexes = [
            models.Index(fields=["county", "state", "due_on"]),
            models.Index(fields=["town", "state", "due_on"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_open_rectification_a_source",
                fields=["source"],
                condition=~models.Q(state="closed") & ~models.Q(source=""),
            ),
            models.CheckConstraint(
                name="nobody_closes_his_own_answer",
                condition=~models.Q(state="closed")
                | (~models.Q(closed_by_id="") & ~models.Q(closed_by_id=models.F("answered_by_id"))),
            ),
        ]
