"""What was taken in, and where its sealed file lies."""

import uuid

from django.db import models

from doudi.vault.fields import SealedField


class Attachment(models.Model):
    """One checked picture or document."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.CharField(max_length=80, db_index=True)
    kind = models.CharField(max_length=30)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    mime = models.CharField(max_length=40)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    stored_name = models.CharField(max_length=40, unique=True)
    original_name = SealedField("原文件名", blank=True)
    by_kind = models.CharField(max_length=8)
    by_id = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "材料"
