"""The demonstration's mark and its movable clock."""

from django.db import models


class DemoMark(models.Model):
    """Its one row says: this database holds synthetic people only."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seed = models.IntegerField()
    scale = models.CharField(max_length=12)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = "演示标记"


class ClockState(models.Model):
    """Real instant and shown instant of the last move; the shown clock runs on from there."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    real_at = models.DateTimeField()
    shown_at = models.DateTimeField()

    class Meta:
        verbose_name = "演示时钟"
