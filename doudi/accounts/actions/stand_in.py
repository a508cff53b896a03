"""代班: somebody takes over another's posts for a stretch of days.

Clause: DB57 (the work goes on when one is away); four eyes are kept by person in each case
Move:   none      Right: staff.manage      Says: nothing
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from doudi.accounts.actions.add_post import Term, add_post
from doudi.accounts.models import Post, Staff
from doudi.accounts.permissions import Role
from doudi.accounts.queries import living
from doudi.audit.actor import Actor
from doudi.kernel.errors import Invalid

LONGEST = dt.timedelta(days=92)


def stand_in(
    staff: Staff,
    for_staff: Staff,
    from_on: dt.date,
    until_on: dt.date,
    *,
    by: Staff | Actor,
    at: dt.datetime,
) -> list[Post]:
    """Copies the posts that `for_staff` holds on the first day, from that day to the last one.

    Invalid when there is nothing to take over, for oneself, for more than 92 days, or where the
    posts may not be joined. A stand-in's own stand-ins are not passed on.
    """
    if staff.pk == for_staff.pk:
        raise Invalid({"staff": _("不能代自己的班")})
    if not from_on <= until_on <= from_on + LONGEST:
        raise Invalid({"until_on": _("代班最长92天，止期不早于起期")})
    own = for_staff.posts.filter(living(from_on), stands_in_for=None)
    held = set(staff.posts.filter(living(from_on)).values_list("role", "region_id"))
    wanted = [p for p in own if (p.role, p.region_id) not in held]
    if not wanted:
        raise Invalid({"for_staff": _("对方在这段时间没有可以代的岗位")})
    with transaction.atomic():
        return [
            add_post(
                staff,
                Role(post.role),
                post.region_id,
                term=Term(from_on, min(until_on, post.until_on or until_on), for_staff),
                by=by,
                at=at,
            )
            for post in wanted
        ]
