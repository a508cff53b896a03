"""What every row of a case's story has: the case, when, and whose hand."""

import uuid

from django.db import models
from django.db.models import Q


def one_while(name: str, **still: bool | str) -> models.UniqueConstraint:
    """One row a case while something still is so."""
    return models.UniqueConstraint(name=name, fields=["case"], condition=Q(**still))


class OfCase(models.Model):
    """What belongs to a case and was recorded by someone at some time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="%(class)ss")
    at = models.DateTimeField()
    by_id = models.CharField(max_length=40)
    by_name = models.CharField(max_length=60)

    class Meta:
        abstract = True
