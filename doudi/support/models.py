"""Pairs and their records, groups that give, needs and offers, and the goods and services given."""

import uuid

from django.db import models
from django.db.models import Q

from doudi.support.flow import (
    CONSENTS,
    HELPS,
    NEED_NAMES,
    NEEDS,
    OPEN,
    PART_NAMES,
    PARTS,
    PROMISED,
    RECEIPTS,
)
from doudi.vault.fields import BlindIndexField, SealedField


def words(names: dict[str, str]) -> list[tuple[str, str]]:
    """Choices of a field."""
    return list(names.items())


class OfPlace(models.Model):
    """What belongs to a place, as the household had it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.CharField(max_length=12)
    town = models.CharField(max_length=9)
    county = models.CharField(max_length=6)

    class Meta:
        abstract = True


class OfHousehold(OfPlace):
    """What belongs to one household's case and place."""

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True

    @property
    def subject(self) -> str:
        """Whose journal line it is."""
        return f"case:{self.case_id}"


class Pairing(OfHousehold):
    """结对帮扶: a named helper for a household, from a day on."""

    helper = models.CharField(max_length=60)
    office = models.CharField(max_length=80)
    phone = SealedField("帮扶人电话")
    phone_index = BlindIndexField(of="phone", kind="phone")
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    last_help_on = models.DateField(null=True)
    appointed_by_id = models.CharField(max_length=40)
    appointed_by = models.CharField(max_length=60)

    class Meta:
        verbose_name = "结对帮扶"
        indexes = [models.Index(fields=["town", "until_on", "last_help_on"])]
        constraints = [
            models.UniqueConstraint(
                name="one_living_pair",
                fields=["case", "phone_index"],
                condition=Q(until_on__isnull=True),
            )
        ]


class Help(models.Model):
    """One line of a helper's record; the household may say that it never was."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="helps")
    kind = models.CharField(max_length=8, choices=words(HELPS))
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    what = SealedField("帮扶内容")
    by_id = models.CharField(max_length=40)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    denied_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "帮扶记录"


class Group(models.Model):
    """慈善组织、志愿队伍 registered by a county, and the account that speaks for it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    county = models.CharField(max_length=6)
    name = models.CharField(max_length=80)
    number = models.CharField("统一社会信用代码或备案号", max_length=30)
    account_id = models.CharField(max_length=40, db_index=True)
    registered_by = models.CharField(max_length=60)
    registered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "社会力量"
        constraints = [
            models.UniqueConstraint(
                name="one_group_an_account",
                fields=["account_id"],
                condition=Q(ended_at__isnull=True),
            )
        ]


class Need(OfHousehold):
    """需求: what a household lacks; `id` is the form's. Shown only while the consent stands."""

    kind = models.CharField(max_length=10, choices=words(NEEDS))
    what = SealedField("需要什么")
    consent = models.CharField(max_length=8, choices=words(CONSENTS))
    with_name = models.BooleanField(default=False)  # name and phone, to the one who is matched
    stated_by_id = models.CharField(max_length=40)
    stated_by = models.CharField(max_length=60)
    stated_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=words(NEED_NAMES), default=OPEN)

    class Meta:
        verbose_name = "需求"
        indexes = [models.Index(fields=["county", "state", "stated_at"])]


class Offer(models.Model):
    """A group would meet a need, in what way and by which day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="offers")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="offers")
    what = models.CharField(max_length=300)
    by_on = models.DateField()
    offered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "愿意帮"
        constraints = [
            models.UniqueConstraint(
                name="one_offer_a_group",
                fields=["need", "group"],
                condition=Q(withdrawn_at__isnull=True),
            )
        ]


class Part(OfPlace):
    """物资、服务 beside the cash: promised, delivered, received. A need leads to one at a time.

    Beside a case, or beside an award that was taken over and has none.
    """

    case = models.ForeignKey(
        "cases.Case", null=True, on_delete=models.PROTECT, related_name="parts"
    )
    award = models.ForeignKey(
        "benefits.Award", null=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=8, choices=words(PARTS))
    what = models.CharField(max_length=200)
    value_fen = models.BigIntegerField(default=0)  # for the books only; nothing is paid out here
    supplier = models.CharField(max_length=80)
    need = models.ForeignKey(Need, null=True, on_delete=models.PROTECT, related_name="parts")
    offer = models.ForeignKey(Offer, null=True, on_delete=models.PROTECT, related_name="parts")
    promised_on = models.DateField()
    promised_by_id = models.CharField(max_length=40)
    promised_by = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=words(PART_NAMES), default=PROMISED)
    delivered_on = models.DateField(null=True)
    delivered_by = models.CharField(max_length=80, blank=True)
    receipt = models.CharField(max_length=8, choices=words(RECEIPTS), blank=True)
    witness = SealedField("见证人", blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "物资和服务"
        indexes = [models.Index(fields=["town", "state", "promised_on"])]
        constraints = [
            models.UniqueConstraint(
                name="a_need_is_matched_once",
                fields=["need"],
                condition=~Q(state__in=["cancelled", "missing"]),
            ),
            models.CheckConstraint(
                name="worth_no_less_than_nothing", condition=Q(value_fen__gte=0)
            ),
            models.CheckConstraint(
                name="beside_a_case_or_an_award",
                condition=Q(case__isnull=False, award__isnull=True)
                | Q(case__isnull=True, award__isnull=False),
            ),
            models.CheckConstraint(
                name="received_from_somebody",
                condition=~Q(state="received") | (~Q(receipt="") & Q(delivered_on__isnull=False)),
            ),
        ]

    @property
    def subject(self) -> str:
        """Whose journal line it is."""
        return f"award:{self.award_id}" if self.award_id else f"case:{self.case_id}"

    @property
    def whose(self) -> str:
        """The name of whoever applied, or is paid."""
        return str(self.award.payee_name if self.award else self.case and self.case.applicant_name)

    @property
    def file_number(self) -> str:
        """Of the case, or of the award."""
        return str(self.award.number if self.award else self.case and self.case.number)
