"""离岗: ends a post with a day.

Clause: GB/T 22239 8.1.4.2 (rights no longer needed are taken back in time)
Move:   none      Right: staff.manage      Says: nothing
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from doudi.accounts.models import Post, Staff
from doudi.accounts.queries import actor_of, forget_posts, require_manage
from doudi.audit import journal
from doudi.audit.actor import Actor
from doudi.kernel.errors import Invalid, NotFound


def end_post(post_id: int, *, last_on: dt.date, by: Staff | Actor, at: dt.datetime) -> None:
    """`last_on` is the last day on which the post counts; the day before it began ends it unused.

    NotFound for an unknown post, Invalid for a day after its end, NotAllowed without the right.
    """
    post = Post.objects.select_related("staff").filter(pk=post_id).first()
    if post is None:
        raise NotFound
    require_manage(by, post.staff, [post.region_id])
    if post.until_on and last_on > post.until_on:
        raise Invalid({"last_on": _("止期只能提前")})
    subject = f"staff:{post.staff_id}"
    with transaction.atomic():
        if last_on < post.from_on:
            post.delete()
        else:
            Post.objects.filter(pk=post.pk).update(until_on=last_on)
        journal.write(
            "staff.post_ended",
            actor=actor_of(by),
            subject=subject,
            detail={"role": post.role, "region": post.region_id, "last_on": last_on.isoformat()},
        )
    forget_posts(post.staff)
