"""实名举报: told by anybody under his name, answered by a day; a secret shows the answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from doudi.clock.time import now, today
from doudi.notices.throttle import count
from doudi.portal.forms.fields import posted
from doudi.portal.forms.tips import TipForm
from doudi.portal.views.entry import address_of
from doudi.regions.queries import counties, path_name
from doudi.supervision.actions.file_tip import Told, file_tip
from doudi.supervision.queries import due_after
from doudi.supervision.worklist import tip_by_tracking
from doudi.ui.access import public


@public
@require_http_methods(["GET", "POST"])
def tip(request: HttpRequest) -> HttpResponse:
    """The form; what was told is never shown again, not even to who told it."""
    form = TipForm(posted(request))
    form.prepare([(place.pk[:6], place.name) for place in counties()])
    if request.method == "POST" and form.is_valid():
        count("tip.address", address_of(request))
        data = dict(form.cleaned_data)
        made = file_tip(data.pop("county"), Told(**data), at=now())
        return redirect("portal:tip_told", made.tracking.open())
    page = {"form": form, "answer_by": due_after("tip", today())}
    return render(request, "portal/tip.html", page, status=422 if form.errors else 200)


@public
@require_safe
def told(request: HttpRequest, ticket: str) -> HttpResponse:
    """What became of it, for whoever holds its code."""
    count("track.address", address_of(request))
    found = tip_by_tracking(ticket)
    page = {
        "tip": found,
        "office": path_name(found.office, "city"),
        "answer": found.answer.open(),
        "ticket": ticket,
    }
    return render(request, "portal/tip_told.html", page)
