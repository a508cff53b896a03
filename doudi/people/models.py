"""Persons, households over time, special features and marks of benefits held."""

import uuid

from django.db import models
from django.db.models import Q

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

    class Meta:
        verbose_name = "人员"

    def __str__(self) -> str:
        return str(self.id)


class Household(models.Model):
    """共同生活的家庭: people who live together at one place."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey("regions.Region", on_delete=models.PROTECT)
    area = models.CharField(max_length=5)
    address = SealedField("住址", blank=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "家庭"


class Membership(models.Model):
    """A person in a household between two days."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    relation = models.CharField(max_length=12)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        verbose_name = "家庭成员"
        constraints = [
            models.UniqueConstraint(
                name="one_living_household_a_person",
                fields=["person"],
                condition=Q(until_on__isnull=True),
            )
        ]


class BenefitMark(models.Model):
    """That a person already receives something, wherever: one person, one benefit."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="benefit_marks")
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
