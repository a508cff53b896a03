"""部门数据员: how the departments stand, and who speaks for each; for the city's office."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from doudi.agency.words import named
from doudi.clock.time import now, today
from doudi.departments import queries
from doudi.departments.actions.seat_clerk import seat_clerk
from doudi.kernel.errors import Invalid
from doudi.ui.access import officer
from doudi.ui.words import beside
from doudi.verification.catalog.items import agencies


class SeatForm(forms.Form):
    """An account and the department it speaks for."""

    account = forms.CharField(
        label=_("账号"), max_length=40, error_messages={"required": _("请填工作人员账号")}
    )
    agency = forms.ChoiceField(
        label=_("部门"),
        error_messages={"required": _("请选部门"), "invalid_choice": _("请选部门")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        choices = [(key, named(about)) for key, about in agencies().items()]
        self.fields["agency"].choices = [("", "—"), *choices]


@officer("clerk.seat")
@require_http_methods(["GET", "POST"])
def clerks(request: HttpRequest) -> HttpResponse:
    """Department by department: what is late, and the clerks; below, a new one is seated."""
    form = SeatForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            seat_clerk(told["account"], told["agency"], by=request.staff, at=now())
            return redirect("agency:clerks")
        except Invalid as refusal:
            beside(form, refusal)
    seated = queries.clerks()
    standing = queries.standing_of_all(today())
    lines = [
        {
            "name": named(about),
            "clerks": [clerk for clerk in seated if clerk.agency == key],
            "dues": standing.get(key, []),
        }
        for key, about in agencies().items()
    ]
    page = {"form": form, "lines": lines}
    return render(request, "agency/clerks.html", page, status=422 if form.errors else 200)
