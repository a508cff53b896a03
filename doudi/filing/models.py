"""Print jobs: what was asked, how far it is, and where the finished file lies."""

import uuid

from django.db import models
from django.db.models import Q

from doudi.filing.flow import KIND_NAMES, STAGE_NAMES, Stage


class Batch(models.Model):
    """打印任务: sheets of cases in one file; `id` is the form's, so twice sent is one job."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8, choices=list(KIND_NAMES.items()))
    staff_id = models.CharField(max_length=40, db_index=True)
    staff_name = models.CharField(max_length=60)
    purpose = models.CharField(max_length=20)
    whole = models.BooleanField(default=False)  # numbers in full
    language = models.CharField(max_length=2, default="zh")
    sheets = models.JSONField(default=list)  # [[case id, form], …] in the order of the file
    done = models.PositiveIntegerField(default=0)
    left_out = models.JSONField(default=list)  # sheets for which a case had nothing
    made = models.JSONField(default=list)  # [[case id, form, pages, day], …] as they were set
    parts = models.JSONField(default=list)  # stored names of what is set so far
    stage = models.CharField(max_length=8, choices=[(s.value, n) for s, n in STAGE_NAMES.items()])
    asked_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)  # a worker is at it since then
    tries = models.PositiveSmallIntegerField(default=0)  # takings since the last step on
    ended_at = models.DateTimeField(null=True)
    stored_name = models.CharField(max_length=40, blank=True)
    pages = models.PositiveIntegerField(default=0)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "打印任务"
        indexes = [models.Index(fields=["stage", "asked_at"])]
        constraints = [
            models.CheckConstraint(
                name="no_more_done_than_asked", condition=Q(done__gte=0) & Q(pages__gte=0)
            ),
            models.CheckConstraint(
                name="a_ready_job_has_its_file",
                condition=~Q(stage="ready") | ~Q(stored_name=""),
            ),
        ]

    @property
    def total(self) -> int:
        """How many sheets were asked for."""
        return len(self.sheets)

    @property
    def stage_name(self) -> str:
        """The stage in the office's own word."""
        return STAGE_NAMES[Stage(self.stage)]

    @property
    def kind_name(self) -> str:
        """批量打印 or 一户一档."""
        return KIND_NAMES[self.kind]
