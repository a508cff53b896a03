"""The demonstration's mark, and its movable clock."""

from django.db import models


class DemoMark(models.Model):
    """Its one row says: this database holds synthetic people only.

    Where the clock was moved: the real instant and the shown one of the last move; it runs on.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seed = models.IntegerField()
    scale = models.CharField(max_length=12)
    made_at = models.DateTimeField()
    real_at = models.DateTimeField(null=True)
    shown_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "演示标记"
