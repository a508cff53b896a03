"""What stands beside awards and rolls: parts of what is given once, lists that hang before they are
paid, lines that wait for the next list. The tables of the room are read from `models`.
"""

import uuid

from django.db import models
from django.db.models import Q


class PlannedPart(models.Model):
    """分期发放: one part of what is given once; the parts come to what was decided, to the fen.

    A part is a line of a monthly roll, or what was advanced before the decision.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    award = models.ForeignKey("benefits.Award", on_delete=models.PROTECT, related_name="parts")
    order = models.PositiveSmallIntegerField()
    month = models.CharField(max_length=7)  # not before this month's roll
    fen = models.BigIntegerField()
    condition = models.CharField(max_length=100, blank=True)  # what has to be so first
    advance = models.OneToOneField(
        "benefits.Payment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_by_id = models.CharField(max_length=40)
    proposed_by = models.CharField(max_length=60)
    proposed_at = models.DateTimeField()
    agreed_by = models.CharField(max_length=60, blank=True)
    agreed_at = models.DateTimeField(null=True)
    met_by = models.CharField(max_length=60, blank=True)
    met_at = models.DateTimeField(null=True)
    met_how = models.CharField(max_length=100, blank=True)
    due_month = models.CharField(max_length=7, blank=True)  # with this month's roll, or a later one

    class Meta:
        verbose_name = "分期发放"
        ordering = ["award", "order"]
        constraints = [
            models.UniqueConstraint(name="a_part_an_order", fields=["award", "order"]),
            models.CheckConstraint(name="a_part_pays", condition=Q(fen__gt=0)),
        ]


class RollNotice(models.Model):
    """发放前公示: these very lines hang from a day to a day before they are paid."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    roll = models.ForeignKey("benefits.Roll", on_delete=models.PROTECT, related_name="notices")
    lines_sha256 = models.CharField(max_length=64)  # other lines hang anew
    from_on = models.DateField()
    until_on = models.DateField()
    with_amounts = models.BooleanField(default=True)
    by_id = models.CharField(max_length=40)
    by_name = models.CharField(max_length=60)
    at = models.DateTimeField()
    taken_down_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "发放公示"
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                name="these_lines_hang_once",
                fields=["roll", "lines_sha256"],
                condition=Q(taken_down_at__isnull=True),
            )
        ]


class WaitingLine(models.Model):
    """待下月: due, but the payee has a line of this kind already; it comes with the next list."""

    roll = models.ForeignKey(
        "benefits.Roll", on_delete=models.PROTECT, related_name="waiting", db_index=False
    )  # a_line_waits_once begins with it
    award = models.ForeignKey("benefits.Award", on_delete=models.PROTECT, related_name="waits")
    first = models.ForeignKey(
        "benefits.Award", null=True, on_delete=models.PROTECT, related_name="+"
    )  # whose line of the kind stands on this list; none: on another county's
    month = models.CharField(max_length=7)
    kind = models.CharField(max_length=20)
    fen = models.BigIntegerField()

    class Meta:
        verbose_name = "待下月发放"
        ordering = ["award", "kind"]
        constraints = [
            models.UniqueConstraint(name="a_line_waits_once", fields=["roll", "award", "kind"]),
            models.CheckConstraint(name="a_line_waits_for_something", condition=Q(fen__gt=0)),
        ]
