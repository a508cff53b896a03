"""抽样: the same seed gives the same cases to whoever repeats it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doudi.accounts.queries import scope
from doudi.clock.time import today
from doudi.inspection.forms import SampleForm
from doudi.inspection.looked import looked
from doudi.kernel.periods import Month
from doudi.regions.queries import counties
from doudi.supervision.queries import Sample
from doudi.supervision.queries import sample as sampled
from doudi.ui.access import officer


@officer("audit.view")
@require_http_methods(["GET", "POST"])
def sample(request: HttpRequest) -> HttpResponse:
    """Nothing is kept but the journal's line with seed, size and hash."""
    form = SampleForm(request.POST or None, initial={"month": str(Month.of(today()).previous())})
    form.prepare(counties=_counties(request.staff))
    page: dict[str, Any] = {"form": form, "found": None}
    if request.method == "POST" and form.is_valid():
        page["found"] = _drawn(request.staff, form)
    status = 422 if form.errors else 200
    return render(request, "inspection/sample.html", page, status=status)


def _counties(staff: Any) -> list[tuple[str, str]]:
    stems = scope(staff, "audit.view")
    places = [(place.pk[:6], place.name) for place in counties()]
    return [(code, name) for code, name in places if any(code.startswith(s) for s in stems)]


def _drawn(staff: Any, form: SampleForm) -> Any:
    data = form.cleaned_data
    try:
        month = str(Month.parse(data["month"]))
    except ValueError:
        form.add_error("month", _("请选月份"))
        return None
    asked = Sample(data["seed"], data["size"])
    found = sampled(staff, data["county"], month, data["population"], asked)
    told = {"seed": asked.seed, "size": asked.size, "of": found.total, "sha256": found.sha256}
    subject = f"sample:{data['county']}-{month}-{data['population']}"
    looked("audit.sampled", staff, subject, chain=data["county"], detail=told)
    return found
