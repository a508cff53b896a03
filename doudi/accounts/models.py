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
    """A near relative that a member of staff has declared (DB57 art 11).

    One that has ended stays: it still counts for whatever was submitted before that was told.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="relatives")
    name = models.CharField(max_length=60)
    relation = models.CharField(max_length=20)
    id_number = SealedField("身份证号")
    id_index = BlindIndexField(of="id_number", kind="id")
    declared_at = models.DateTimeField()
    declared_by = models.CharField(max_length=60, blank=True)  # empty: the person himself
    ended_on = models.DateField(null=True)
    ended_why = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "近亲属"
        constraints = [
            models.UniqueConstraint(
                name="a_relative_once",
                fields=["staff", "id_index"],
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="an_end_has_its_day",
                condition=Q(ended_at__isnull=True, ended_on__isnull=True)
                | Q(ended_at__isnull=False, ended_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class KinPromise(models.Model):
    """承诺: the person says that his list of near relatives is whole, with so many on it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="kin_promises")
    count = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = "近亲属备案承诺"

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


class Phrase(models.Model):
    """意见模板: an office's own ready words for a verb; the head keeps them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    town = models.CharField(max_length=9, db_index=True)
    verb = models.CharField(max_length=20)
    title = models.CharField(max_length=20)
    text = models.CharField(max_length=600)
    written_at = models.DateTimeField()
    written_by_id = models.CharField(max_length=40)
    written_by = models.CharField(max_length=60)

    class Meta:
        verbose_name = "意见模板"
        ordering = ["verb", "title"]
        constraints = [
            models.UniqueConstraint(name="a_title_once", fields=["town", "verb", "title"])
        ]

    def __str__(self) -> str:
        return self.title


class Loan(models.Model):
    """借用: a town short of somebody asks another office for one; that office agrees or not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    town = models.CharField(max_length=9)
    lender = models.CharField(max_length=9)  # a town of the same county, or the county itself
    role = models.CharField(max_length=20, choices=[(r.value, r.label) for r in Role])
    reason = models.CharField(max_length=200)
    from_on = models.DateField()
    until_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_by_id = models.CharField(max_length=40)
    asked_by = models.CharField(max_length=60)
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.CharField(max_length=40, blank=True)
    answered_by = models.CharField(max_length=60, blank=True)
    answer = models.CharField(max_length=200, blank=True)
    post = models.OneToOneField(Post, null=True, on_delete=models.PROTECT, related_name="loan")

    class Meta:
        verbose_name = "借用人员"
        constraints = [
            models.CheckConstraint(
                name="lent_from_elsewhere", condition=~Q(town=models.F("lender"))
            ),
            models.CheckConstraint(
                name="loan_ends_after_it_begins", condition=Q(until_on__gte=models.F("from_on"))
            ),
            models.CheckConstraint(
                name="another_hand_agrees",
                condition=Q(post__isnull=True) | ~Q(answered_by_id=models.F("asked_by_id")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
