"""交接: who has what in hand, and everything of one person to named colleagues in one act."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from doudi.clock.time import now, today
from doudi.desk.forms.handover import HandoverForm
from doudi.handover.actions.hand_over import hand_over
from doudi.handover.flow import KINDS
from doudi.handover.queries import RIGHT, desks, leaver, passed_to, takers
from doudi.kernel.errors import Invalid, Missing
from doudi.ui.access import officer
from doudi.ui.words import beside


@officer(RIGHT)
@require_safe
def handover(request: HttpRequest) -> HttpResponse:
    """Everybody with open work, those who are gone first; and what was handed to the reader."""
    page = {
        "desks": [
            (desk, [(KINDS[kind].words, desk.counts.get(kind, 0)) for kind in KINDS])
            for desk in desks(request.staff, today())
        ],
        "kinds": KINDS,
        "passed": passed_to(request.staff),
    }
    return render(request, "desk/handover.html", page)


@officer(RIGHT)
@require_http_methods(["GET", "POST"])
def handover_person(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """One person's work, piece by piece, with whom it goes to; POST is the act."""
    person, work = leaver(staff_id, request.staff, today())
    form = HandoverForm(request.POST or None, work=work, takers=takers(work, person))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data["reason"]
        try:
            hand_over(staff_id, form.plan(), told, by=request.staff, at=now())
        except (Invalid, Missing) as refusal:
            beside(form, refusal)
        else:
            return redirect("desk:handover")
    page = {"person": person, "work": work, "form": form}
    return render(request, "desk/handover_person.html", page, status=422 if form.errors else 200)
