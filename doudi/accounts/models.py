"""Staff, their posts, their declared relatives and the one-time links that let them in."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from doudi.accounts.permissions import Role
from doudi.vault.fields import BlindIndexField, SealedField


class Staff(AbstractBaseUser):
    """A person who works in Doudi: officer, assistant, administrator or auditor."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.CharField("账号", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=60)
    phone = SealedField("手机", blank=True)
    phone_index = BlindIndexField(of="phone", kind="phone")
    id_number = SealedField("身份证号", blank=True)
    id_index = BlindIndexField(of="id_number", kind="id")
    is_active = models.BooleanField(default=True)
    totp_secret = SealedField("第二因素", blank=True)
    totp_last_step = models.BigIntegerField(default=0)
    totp_failures = models.PositiveSmallIntegerField(default=0)
    totp_locked_until = models.DateTimeField(null=True)
    session_mark = models.CharField(max_length=32, blank=True)  # only the newest session holds it
    created_at = models.DateTimeField()
    objects = BaseUserManager()

    USERNAME_FIELD = "account"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "工作人员"

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A role in a region between two days; `stands_in_for` names whom a stand-in replaces."""

    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=[(r.value, r.label) for r in Role])
    region = models.ForeignKey("regions.Region", on_delete=models.PROTECT)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    stands_in_for = models.ForeignKey(
        Staff, null=True, on_delete=models.PROTECT, related_name="stand_ins"
    )

    class Meta:
        verbose_name = "岗位"
        constraints = [
            models.CheckConstraint(
                name="post_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
            ),
            models.UniqueConstraint(
                name="post_once", fields=["staff", "role", "region", "from_on"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.region_id}"


class Training(models.Model):
    """培训记录: what a village assistant was taught, on which day and for how long."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="trainings")
    course = models.CharField(max_length=120)
    on = models.DateField()
    hours = models.PositiveSmallIntegerField()
    recorded_by_id = models.CharField(max_length=40)
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "培训记录"

    def __str__(self) -> str:
        return str(self.id)


class Relative(models.Model):
    """A near relative that a member of staff has declared (DB57 art 11)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="relatives")
    name = models.CharField(max_length=60)
    relation = models.CharField(max_length=20)
    id_number = SealedField("身份证号")
    id_index = BlindIndexField(of="id_number", kind="id")
    declared_at = models.DateTimeField()

    class Meta:
        verbose_name = "近亲属"

    def __str__(self) -> str:
        return str(self.id)


class Invitation(models.Model):
    """A one-time link by which a member of staff sets password and second factor."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token_index = models.CharField(max_length=32, unique=True)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="invitations")
    totp_secret = SealedField("待启用的第二因素")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "邀请"

    def __str__(self) -> str:
        return str(self.id)
