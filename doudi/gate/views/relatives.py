"""我的近亲属备案: what I declared, one more, the promise that the list is whole, and its end.

Whoever manages staff does the same for somebody without account work, such as a village cadre.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from doudi.accounts.actions.declare_relative import declare_relative
from doudi.accounts.actions.end_relative import end_relative
from doudi.accounts.actions.promise_kin import promise_kin
from doudi.accounts.relatives import declared_by, last_promise, managed, relative_for
from doudi.clock.time import now, today
from doudi.gate.forms import EndRelativeForm, PromiseForm, RelativeForm
from doudi.kernel.errors import Conflict, Invalid
from doudi.ui.access import officer
from doudi.ui.words import beside


@officer("kin.declare")
@sensitive_post_parameters("name", "id_number")
@require_http_methods(["GET", "POST"])
def relatives(request: Any) -> HttpResponse:
    """One's own list with two forms; POST is the one that was sent."""
    return _list(request, request.staff)


@officer("staff.manage")
@sensitive_post_parameters("name", "id_number")
@require_http_methods(["GET", "POST"])
def relatives_of(request: Any, staff_id: UUID) -> HttpResponse:
    """The list of somebody whom the security administrator manages."""
    return _list(request, managed(staff_id, request.staff))


def _list(request: Any, member: Any) -> HttpResponse:
    which = request.POST.get("form", "")
    sent = request.POST if request.method == "POST" else None
    own = member.pk == request.staff.pk
    more = RelativeForm(sent if which == "declare" else None, own=own)
    promise = PromiseForm(sent if which == "promise" else None, own=own, auto_id="whole_%s")
    if _done(which, more, promise, member, request.staff):
        return redirect(request.path)
    page = {
        "member": member,
        "own": own,
        "rows": declared_by(member),
        "promise": last_promise(member),
        "more": more,
        "promise_form": promise,
        "which": which,
    }
    wrong = more.errors or promise.errors
    return render(request, "gate/relatives.html", page, status=422 if wrong else 200)


def _done(which: str, more: RelativeForm, promise: PromiseForm, member: Any, by: Any) -> bool:
    form = {"declare": more, "promise": promise}.get(which)
    if form is None or not form.is_valid():
        return False
    given = dict(form.cleaned_data)
    try:
        if which == "declare":
            declare_relative(member, **given, by=by, at=now())
        else:
            promise_kin(member, **given, by=by, at=now())
    except (Invalid, Conflict) as refusal:
        beside(form, refusal)
        return False
    return True


@officer("")
@require_http_methods(["GET", "POST"])
def relative_end(request: Any, relative_id: UUID) -> HttpResponse:
    """From which day on, and why; the record stays."""
    found, staff = relative_for(relative_id, request.staff), request.staff
    own = found.staff_id == staff.pk
    form = EndRelativeForm(request.POST or None, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            end_relative(found.pk, given["on"], given["why"], by=staff, at=now())
        except (Invalid, Conflict) as refusal:
            beside(form, refusal)
        else:
            if own:
                return redirect("gate:relatives")
            return redirect("gate:relatives_of", found.staff_id)
    page = {"relative": found, "own": own, "form": form}
    status = 422 if form.errors else 200
    return render(request, "gate/relative_end.html", page, status=status)
