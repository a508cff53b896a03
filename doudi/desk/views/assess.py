"""核算: the calculation in the open, and the officer's choice."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doudi.accounts.queries import require
from doudi.cases.actions.assess import assess, propose
from doudi.cases.file import CaseFile, case_file
from doudi.clock.time import now
from doudi.desk.calculation import findings_of, parameters_of, side_by_side, steps_of
from doudi.desk.forms.case import AssessForm
from doudi.desk.views.act import int_of
from doudi.desk.views.case import frame, looked
from doudi.kernel.errors import Conflict, Missing, WrongStage
from doudi.policy.codes import PROGRAMMES
from doudi.ui.access import officer
from doudi.ui.words import beside


@officer("case.assess")
@require_http_methods(["GET", "POST"])
def calculation(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Shows both ways of counting (?deduct=0 turns the switch), or signs the chosen one."""
    file = case_file(case_id, request.staff)
    require(request.staff, "case.assess", file.case.town)
    if "assess" not in file.moves:
        raise WrongStage("assess", file.case.stage, _("办件现在不在核算这一步"))
    with_ = propose(file.case)
    findings = findings_of(with_)
    form = AssessForm(request.POST or None, initial=_first(file, with_.recommended))
    form.prepare(choices=_choices(findings))
    status = 200
    if request.method == "POST":
        if form.is_valid():
            answer = _sign(file, form, request.staff)
            if answer is None:
                return redirect("desk:case", case_id)
            status = answer
        else:
            status = 422
    else:
        looked(file, request.staff, "assess")
    return render(
        request, "desk/assess.html", _page(request, file, with_, findings, form), status=status
    )


def _first(file: CaseFile, recommended: str | None) -> dict[str, Any]:
    return {"version": file.case.version, "chosen": recommended or ""}


def _choices(findings: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """What the law leaves open, and none at all."""
    open_ones = [(f["programme"], f["name"]) for f in findings if f["outcome"] != "ineligible"]
    return [*open_ones, ("", _("均不符合，拟不予确认"))]


def _sign(file: CaseFile, form: Any, staff: Any) -> int | None:
    """None when it is signed, else the status of the refusal, with its words in the form."""
    data = form.cleaned_data
    try:
        assess(
            file.case.pk,
            chosen=data["chosen"],
            reason=data["reason"],
            version=data["version"],
            by=staff,
            at=now(),
        )
    except Missing as refusal:
        beside(form, refusal)
        return 422
    except (Conflict, WrongStage) as refusal:
        beside(form, refusal, _("情况已经变了，请看过最新情况再办"))
        form.data = form.data.copy()
        form.data["version"] = str(file.case.version)
        return 409
    return None


def _page(
    request: HttpRequest, file: CaseFile, with_: Any, findings: list[dict[str, Any]], form: Any
) -> dict[str, Any]:
    without = propose(file.case, deduct=False)
    deduct = request.GET.get("deduct") != "0"
    wanted = request.GET.get("p", "")
    programme = wanted if wanted in PROGRAMMES else with_.recommended or "dibao"
    shown = with_ if deduct else without
    return frame(file, request.staff) | {
        "deduct": deduct,
        "findings": findings if deduct else findings_of(without),
        "compared": side_by_side(with_, without),
        "programme": programme,
        "steps": steps_of(shown, programme),
        "parameters": parameters_of(shown, programme),
        "book_on": with_.book.on,
        "form": form,
        "since_version": int_of(form["version"].value()),
    }
