"""Events with their deliveries, runs of schedules, and the worker's heartbeat."""

import uuid

from django.db import models
from django.db.models import Q


class Event(models.Model):
    """Something that happened, written in the transaction in which it happened."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.BigIntegerField(default=0)
    kind = models.CharField(max_length=60)
    payload = models.JSONField()
    at = models.DateTimeField()
    state = models.CharField(max_length=6, default="new")  # new | done | stuck
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "事件"
        indexes = [
            models.Index(name="due_events", fields=["next_try_at"], condition=Q(state="new"))
        ]


class Delivery(models.Model):
    """That a reaction has done its work for an event; unique, so it does it once."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="deliveries")
    reaction = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "投递"
        constraints = [
            models.UniqueConstraint(name="each_reaction_once", fields=["event", "reaction"])
        ]


class ScheduleRun(models.Model):
    """One run of a schedule for one due time."""

    name = models.CharField(max_length=60)
    due_at = models.DateTimeField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "定时任务"
        constraints = [models.UniqueConstraint(name="once_a_due_time", fields=["name", "due_at"])]


class WorkerBeat(models.Model):
    """When a worker last went round, in real time."""

    name = models.CharField(primary_key=True, max_length=40)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "心跳"
