"""Messages and what became of them."""

import uuid

from django.db import models
from django.db.models import Q

from doudi.vault.fields import BlindIndexField, SealedField


class Message(models.Model):
    """One text to one phone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = SealedField("手机")
    to_index = BlindIndexField(of="to", kind="phone")
    template = models.CharField(max_length=40)
    text = SealedField("内容")
    language = models.CharField(max_length=8, default="zh")
    subject = models.CharField(max_length=80, blank=True)
    key = models.CharField(max_length=60, blank=True)  # what of the subject it tells; "": anything
    state = models.CharField(max_length=6, default="queued")  # queued | sent | failed
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "消息"
        indexes = [
            models.Index(
                name="queued_messages", fields=["next_try_at"], condition=Q(state="queued")
            )
        ]
        constraints = [
            models.UniqueConstraint(
                name="told_once", fields=["template", "subject", "key"], condition=~Q(key="")
            )
        ]


class PhoneCode(models.Model):
    """Six digits sent to a phone; only a keyed digest of them is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    phone_index = models.CharField(max_length=32, db_index=True)
    digest = models.CharField(max_length=32)
    made_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "手机验证码"


class Attempt(models.Model):
    """One try at something that may be guessed; counted by kind and keyed index of who tried."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20)
    who_index = models.CharField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "尝试"
        indexes = [models.Index(fields=["kind", "who_index", "at"])]
