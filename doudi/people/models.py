"""Persons, households over time, special features and marks of benefits held."""

import uuid

from django.db import models
from django.db.models import Q

from doudi.people.flow import (
    ATTEMPTS,
    GROUPS,
    IMPORT_NAMES,
    IMPORTS,
    OBSTACLES,
    STUCK_NAMES,
    UNDONE_WHY,
    WAITING,
)
from doudi.vault.fields import BlindIndexField, SealedField, SealedJSONField


class Person(models.Model):
    """A resident. What identifies him or tells of illness is sealed; the name is shown masked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("姓名", max_length=60)
    id_number = SealedField("身份证号")
    id_index = BlindIndexField(of="id_number", kind="id", unique=True)
    phone = SealedField("手机", blank=True)
    phone_index = BlindIndexField(of="phone", kind="phone")
    sex = models.CharField(max_length=6)
    born_on = models.DateField()
    registered_region = models.CharField("户籍地", max_length=12, blank=True)
    health = SealedJSONField("健康与残疾", blank=True)
    died_on = models.DateField(null=True)
    created_at = models.DateTimeField()
    batch = models.ForeignKey("ImportBatch", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "人员"
        indexes = [models.Index(name="person_who", fields=["id_index", "id"])]

    def __str__(self) -> str:
        return str(self.id)


class Household(models.Model):
    """共同生活的家庭: people who live together at one place."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey("regions.Region", on_delete=models.PROTECT)
    area = models.CharField(max_length=5)
    address = SealedField("住址", blank=True)
    created_at = models.DateTimeField()
    batch = models.ForeignKey("ImportBatch", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "家庭"
        indexes = [models.Index(name="home_where", fields=["id", "region"])]


class Membership(models.Model):
    """A person in a household between two days."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="memberships", db_index=False
    )  # who_lives begins with it
    relation = models.CharField(max_length=12)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    batch = models.ForeignKey("ImportBatch", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "家庭成员"
        indexes = [models.Index(name="who_lives", fields=["person", "until_on", "household"])]
        constraints = [
            models.UniqueConstraint(
                name="one_living_household_a_person",
                fields=["person"],
                condition=Q(until_on__isnull=True),
            )
        ]


class BenefitMark(models.Model):
    """That a person already receives something, wherever: one person, one benefit."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="benefit_marks", db_index=False
    )  # one_mark_an_award begins with it
    programme = models.CharField(max_length=20)
    county = models.CharField(max_length=6)
    award_ref = models.UUIDField()
    from_month = models.CharField(max_length=7)
    until_month = models.CharField(max_length=7, blank=True)

    class Meta:
        verbose_name = "在享标记"
        constraints = [
            models.UniqueConstraint(name="one_mark_an_award", fields=["person", "award_ref"])
        ]


class GroupMembership(models.Model):
    """特殊群体: that a person belongs to a group which is listed, served and counted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="groups")
    group = models.CharField(max_length=24, choices=list(GROUPS.items()))
    region = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    basis = SealedField("证件或依据", blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    batch = models.ForeignKey("ImportBatch", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "特殊群体"
        constraints = [
            models.UniqueConstraint(
                name="once_in_a_group",
                fields=["person", "group"],
                condition=Q(until_on__isnull=True),
            )
        ]


class ImportBatch(models.Model):
    """导入批次: one file, checked, then taken in as a whole, and undone as a whole."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True)
    table = models.CharField(max_length=12, choices=list(IMPORTS.items()))
    places = models.JSONField()  # stems of the codes inside which its rows may lie
    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    stored_name = models.CharField(max_length=40, blank=True)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=list(IMPORT_NAMES.items()), default=WAITING)
    errors_name = models.CharField(max_length=40, blank=True)  # the file with the reasons
    share = models.PositiveIntegerField(default=0)  # read or moved so far, in basis points
    begun_at = models.DateTimeField(null=True)  # real time: the remaining time is reckoned by it
    tries = models.PositiveSmallIntegerField(default=0)  # failures in a row while under way
    obstacle = models.CharField(max_length=10, choices=list(OBSTACLES.items()), blank=True)
    refused = models.JSONField(default=dict)  # code and values of a refusal of the whole file
    notes = models.JSONField(default=list)
    read = models.PositiveIntegerField(default=0)
    good = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    households = models.PositiveIntegerField(default=0)
    persons = models.PositiveIntegerField(default=0)
    ended_by_id = models.CharField(max_length=40, blank=True)
    ended_by = models.CharField(max_length=60, blank=True)
    taken_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=60, blank=True)
    undone_at = models.DateTimeField(null=True)
    undone_why = models.CharField(max_length=12, choices=list(UNDONE_WHY.items()), blank=True)
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = "导入批次"
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.number

    @property
    def stuck(self) -> bool:
        """Under way, and the worker has given it up: a person decides."""
        return self.state in STUCK_NAMES and self.tries >= ATTEMPTS

    @property
    def state_words(self) -> str:
        """Where it stands, in the offices' words."""
        return (STUCK_NAMES if self.stuck else IMPORT_NAMES)[self.state]


class ImportFault(models.Model):
    """What is wrong with a row: never what stands in it."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="faults")
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=3, blank=True)
    heading = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=30)
    values = models.JSONField(default=dict)

    class Meta:
        verbose_name = "导入问题"
        ordering = ["row", "pk"]
        indexes = [models.Index(fields=["batch", "row"])]


class StagedHousehold(models.Model):
    """A household that waits to be taken in; sealed for the row that it will be."""

    sealed_for = "people_household"
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    region = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    area = models.CharField(max_length=5)
    address = SealedField("住址", blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "待导入家庭"
        constraints = [
            models.UniqueConstraint(name="staged_household_once", fields=["batch", "key"])
        ]


class StagedPerson(models.Model):
    """A person that waits to be taken in, or (`known`) stands for one on file."""

    sealed_for = "people_person"
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="+")
    known = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    name = models.CharField("姓名", max_length=60)
    id_number = SealedField("身份证号")
    id_index = BlindIndexField(of="id_number", kind="id")
    phone = SealedField("手机", blank=True)
    phone_index = BlindIndexField(of="phone", kind="phone")
    sex = models.CharField(max_length=6)
    born_on = models.DateField()
    registered_region = models.CharField("户籍地", max_length=12, blank=True)
    health = SealedJSONField("健康与残疾", blank=True)
    died_on = models.DateField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "待导入人员"
        constraints = [
            models.UniqueConstraint(name="staged_person_once", fields=["batch", "id_index"])
        ]


class StagedMembership(models.Model):
    """Who will live in which household, or (`group`) belong to which group."""

    sealed_for = "people_groupmembership"
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="+")
    household_id = models.UUIDField(null=True)
    person_id = models.UUIDField()
    relation = models.CharField(max_length=12, blank=True)
    group = models.CharField(max_length=24, blank=True)
    region = models.ForeignKey(
        "regions.Region", null=True, on_delete=models.PROTECT, related_name="+"
    )
    basis = SealedField("证件或依据", blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        verbose_name = "待导入关系"
        indexes = [models.Index(fields=["household_id"])]


class FindKey(models.Model):
    """By what a person is found: keyed indices of name, initials and last digits, never the text.

    `ref` is the keyed index of the ID number, so whoever applied is found before he is on file.
    """

    key = models.BigIntegerField()
    ref = models.CharField(max_length=32, db_index=True)

    class Meta:
        verbose_name = "查找索引"
        constraints = [models.UniqueConstraint(name="found_once", fields=["key", "ref"])]
