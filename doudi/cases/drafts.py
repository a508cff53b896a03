"""Tables from before an application is one: what is being filled in, and the numbers given."""

import uuid

from django.db import models

from doudi.vault.fields import BlindIndexField, SealedField, SealedJSONField


class Draft(models.Model):
    """An application being filled in; its id becomes the application's, so a retry is harmless."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    phone = SealedField("手机")
    phone_index = BlindIndexField(of="phone", kind="phone")
    declaration = SealedJSONField("申报", blank=True)
    step = models.PositiveSmallIntegerField(default=1)
    staff_id = models.CharField(max_length=40, blank=True)  # whose window it was begun at
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "草稿"


class NumberSeries(models.Model):
    """The last number given in a series, such as a town's cases of a day."""

    series = models.CharField(primary_key=True, max_length=40)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "编号"
