"""发放前公示: hung up, printed for the boards, and sent back where it was wrong."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from doudi.accounts.queries import actor_of, may, require
from doudi.audit.journal import write
from doudi.benefits import publication, queries
from doudi.benefits.actions.publish_roll import publish_roll
from doudi.benefits.actions.return_roll import return_roll
from doudi.benefits.flow import RollStage
from doudi.clock.time import now, today
from doudi.desk.forms.rolls import ReturnForm
from doudi.filing.letters.lists import list_sheet
from doudi.kernel.errors import NotFound
from doudi.paper.forms import find_form
from doudi.paper.typst import render
from doudi.redress.queries import objections_to_list
from doudi.ui.access import officer


def told(roll: Any, staff: Any) -> dict[str, Any] | None:
    """What the roll's page says of its notice; None where neither is asked for nor hangs.

    The towns by code: their names are read with the page's others.
    """
    hung = publication.hanging(roll, today())
    if roll.kind != "monthly" or not (hung.days or hung.notice):
        return None
    towns = publication.towns_on(hung.notice) if hung.notice else {}
    said, unanswered = objections_to_list([hung.notice.pk] if hung.notice else [])
    return {
        "days": hung.days,
        "notice": hung.notice,
        "is_over": hung.is_over(today()),
        "towns": sorted(towns.items()),
        "may_publish": not hung.notice
        and roll.stage == RollStage.CHECKED
        and may(staff, "roll.prepare", roll.county),
        "objections": said,
        "unanswered": unanswered,
    }


def is_over(roll: Any) -> bool:
    """Whether nothing of a notice stands in the way of the release; the action decides."""
    return publication.hanging(roll, today()).is_over(today())


def publish(request: HttpRequest, roll: Any) -> HttpResponse:
    """公示, from today on."""
    publish_roll(roll.pk, by=request.staff, at=now())
    return redirect("desk:roll", roll.pk)


def send_back(request: HttpRequest, roll: Any) -> HttpResponse:
    """退回重编, with the reason; whoever may not is told so before the form is looked at."""
    require(request.staff, "roll.check", roll.county)
    form = ReturnForm(request.POST)
    said = form.cleaned_data if form.is_valid() else {"version": 0, "reason": ""}
    return_roll(roll.pk, said["reason"], version=said["version"], by=request.staff, at=now())
    return redirect("desk:roll", roll.pk)


@officer("roll.view")
@require_safe
def roll_notice(request: HttpRequest, roll_id: UUID) -> HttpResponse:
    """F12-2, a town's lines for the boards of its villages; `?town=`."""
    roll = queries.roll(roll_id, request.staff)
    notice = publication.notice_of(roll)
    mine = queries.towns_with_lines(roll, request.staff)
    towns = [code for code in sorted(publication.towns_on(notice)) if code in mine]
    town = request.GET.get("town") or (towns[0] if towns else "")
    if town not in towns:
        raise NotFound("这个镇（街道）在这份公示里没有人")
    with transaction.atomic():
        write(
            "benefits.notice_printed",
            actor=actor_of(request.staff),
            subject=f"roll:{roll.pk}",
            chain=roll.county,
            detail={"town": town},
        )
    content = render(
        find_form("F12-2").template, list_sheet(notice, town), pack=settings.DOUDI_PACK_DIR
    )
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="F12-2-{roll.number}-{town}.pdf"'
    return response
