"""培训记录: a village assistant was trained; the town writes it down.

Clause: OP18 (社会救助协理员); DOUDI R28
Move:   none      Right: assistant.manage      Says: nothing
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from doudi.accounts.models import Staff, Training
from doudi.accounts.queries import actor_of, assistants_of
from doudi.audit import journal
from doudi.clock.time import CHINA
from doudi.kernel.errors import Invalid, NotFound

DAY_HOURS = 12


@dataclass(frozen=True)
class Lesson:
    """What was taught, on which day, for how many hours."""

    course: str
    on: dt.date
    hours: int


def record_training(staff_id: UUID, lesson: Lesson, *, by: Staff, at: dt.datetime) -> Training:
    """NotFound unless he is an assistant of the own town; Invalid names what is wrong."""
    post = assistants_of(by).filter(staff_id=staff_id).first()
    if post is None:
        raise NotFound
    wrong = {}
    if not 2 <= len(lesson.course.strip()) <= 120:
        wrong["course"] = _("请写培训内容")
    if lesson.on > at.astimezone(CHINA).date():
        wrong["on"] = _("日期不能晚于今天")
    if not 1 <= lesson.hours <= DAY_HOURS:
        wrong["hours"] = _("学时请写1到12")
    if wrong:
        raise Invalid(wrong)
    with transaction.atomic():
        made = Training.objects.create(
            staff_id=staff_id,
            course=lesson.course.strip(),
            on=lesson.on,
            hours=lesson.hours,
            recorded_by_id=str(by.pk),
            recorded_by=by.name,
            recorded_at=at,
        )
        journal.write(
            "staff.trained",
            actor=actor_of(by),
            subject=f"staff:{staff_id}",
            chain=post.region_id[:6],
            detail={"hours": lesson.hours},
        )
    return made
