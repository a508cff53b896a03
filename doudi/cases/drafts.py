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


class Application(models.Model):
    """What the applicant declared, exactly as signed; never changed afterwards."""

    id = models.UUIDField(primary_key=True, editable=False)
    number = models.CharField(max_length=24, unique=True)
    tracking = SealedField("查询密码")
    tracking_index = BlindIndexField(of="tracking", kind="token", unique=True)
    phone = SealedField("手机")
    phone_index = BlindIndexField(of="phone", kind="phone")
    applicant_name = models.CharField(max_length=60)
    applicant_id_index = models.CharField(max_length=32, db_index=True)
    account_index = models.CharField(max_length=32, null=True)  # "": no account was given
    declaration = SealedJSONField("申报")
    declaration_sha256 = models.CharField(max_length=64)
    channel = models.CharField(max_length=12)  # code | window | assistant
    helper = models.CharField(max_length=80, blank=True)
    submitted_at = models.DateTimeField()

    class Meta:
        verbose_name = "申请"


class Applied(models.Model):
    """Who an application is for: its members by the keyed index, to find them in any county."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="members")
    key = models.CharField(max_length=8)
    id_index = models.CharField(max_length=32)

    class Meta:
        verbose_name = "申请成员"
        indexes = [models.Index(name="applied_who", fields=["id_index", "application"])]
        constraints = [
            models.UniqueConstraint(name="a_member_once", fields=["application", "id_index"])
        ]
