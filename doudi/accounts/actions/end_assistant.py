"""解聘协理员: the appointment ends with a day; the account can no longer file from the next on.

Clause: GB/T 22239 8.1.4.2 (rights no longer needed are taken back in time)
Move:   none      Right: assistant.manage      Says: nothing
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from doudi.accounts.models import Post, Staff
from doudi.accounts.permissions import Role
from doudi.accounts.queries import actor_of, forget_posts, require
from doudi.audit import journal
from doudi.kernel.errors import Invalid, NotFound


def end_assistant(post_id: int, last_on: dt.date, *, by: Staff, at: dt.datetime) -> Post:
    """`last_on` is the last day that counts; Invalid before it began or after its end."""
    with transaction.atomic():
        rows = Post.objects.select_for_update(of=("self",)).select_related("staff")
        post = rows.filter(pk=post_id, role=Role.VILLAGE_ASSISTANT.value).first()
        if post is None:
            raise NotFound
        require(by, "assistant.manage", post.region_id)
        if last_on < post.from_on or (post.until_on and last_on > post.until_on):
            raise Invalid({"last_on": _("止期应在起期之后，只能提前")})
        post.until_on = last_on
        post.save()
        journal.write(
            "staff.assistant_ended",
            actor=actor_of(by),
            subject=f"staff:{post.staff_id}",
            chain=post.region_id[:6],
            detail={"region": post.region_id, "last_on": last_on.isoformat()},
        )
    forget_posts(post.staff)
    return post
