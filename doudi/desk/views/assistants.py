"""协理员: who looks after which village, until when, trained for how long; cover for the absent."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from doudi.accounts.actions.appoint_assistant import Appointment, appoint_assistant
from doudi.accounts.actions.end_assistant import end_assistant
from doudi.accounts.actions.record_training import Lesson, record_training
from doudi.accounts.queries import assistants_of, hours_trained, scope
from doudi.cases.queries import pack
from doudi.clock.time import now, today
from doudi.desk.forms.assistants import AppointForm, TrainForm
from doudi.kernel.errors import Conflict, Invalid
from doudi.regions.queries import villages_of
from doudi.ui.access import officer
from doudi.ui.words import beside


@officer("assistant.manage")
@require_http_methods(["GET", "POST"])
def assistants(request: HttpRequest) -> HttpResponse:
    """The list with two forms; POST is the one that was sent."""
    staff, which = request.staff, request.POST.get("form", "")
    posts = list(assistants_of(staff))
    people = {str(p.staff_id): p.staff.name for p in posts}
    villages = [
        (v.code, v.name) for code in scope(staff, "assistant.manage") for v in villages_of(code)
    ]
    sent = request.POST if request.method == "POST" else None
    appoint = AppointForm(sent if which == "appoint" else None, villages=villages)
    train = TrainForm(sent if which == "train" else None, people=list(people.items()))
    if _done(which, appoint, train, staff):
        return redirect("desk:assistants")
    page = {
        "rows": _rows(posts),
        "needed": pack().book.general("assistants.training_hours", today()),
        "appoint": appoint,
        "train": train,
        "which": which,
        "today": today(),
    }
    wrong = appoint.errors or train.errors
    return render(request, "desk/assistants.html", page, status=422 if wrong else 200)


def _rows(posts: list[Any]) -> list[tuple[Any, int, bool]]:
    """Each post with the hours of this year, and whether it counts today."""
    on = today()
    hours = hours_trained({p.staff_id for p in posts}, on.year)
    return [
        (p, hours.get(str(p.staff_id), 0), p.from_on <= on and (not p.until_on or on <= p.until_on))
        for p in posts
    ]


def _done(which: str, appoint: AppointForm, train: TrainForm, staff: Any) -> bool:
    form = {"appoint": appoint, "train": train}.get(which)
    if form is None or not form.is_valid():
        return False
    given = dict(form.cleaned_data)
    try:
        if which == "appoint":
            appoint_assistant(Appointment(**given), by=staff, at=now())
        else:
            record_training(UUID(given.pop("staff")), Lesson(**given), by=staff, at=now())
    except (Invalid, Conflict) as refusal:
        beside(form, refusal)
        return False
    return True


@officer("assistant.manage")
@require_POST
def assistant_end(request: HttpRequest, post_id: int) -> HttpResponse:
    """解聘: today is the last day."""
    end_assistant(post_id, today(), by=request.staff, at=now())
    return redirect("desk:assistants")
