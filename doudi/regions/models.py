"""Regions by their 12-digit code: the code itself says what contains what."""

from django.db import models


class Level(models.TextChoices):
    """The four levels that act, and the province above them."""

    PROVINCE = "province", "省"
    CITY = "city", "市"
    COUNTY = "county", "县区"
    TOWN = "town", "镇（街道）"
    VILLAGE = "village", "村（社区）"


class AreaClass(models.TextChoices):
    """Which standard holds (policy.md 1.9)."""

    URBAN = "urban", "城市"
    RURAL = "rural", "农村"


class Region(models.Model):
    """One place of the national list."""

    code = models.CharField(primary_key=True, max_length=12)
    name = models.CharField(max_length=60)
    level = models.CharField(max_length=8, choices=Level.choices)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    area = models.CharField(max_length=5, choices=AreaClass.choices, blank=True)
    office_phone = models.CharField("办公电话", max_length=20, blank=True)

    class Meta:
        verbose_name = "区划"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name
