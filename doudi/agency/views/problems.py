"""数据问题: rows that a check on the spot found wrong; the department corrects them or disputes."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from doudi.agency.words import english, named
from doudi.clock.time import now, today
from doudi.departments import worklist
from doudi.departments.actions.correct_row import correct_row
from doudi.departments.actions.dispute_row import dispute_row
from doudi.departments.flow import CORRECTED, DISPUTED, TOLD
from doudi.discrepancies.catalog import results, words_of
from doudi.kernel.errors import Conflict, Invalid, WrongStage
from doudi.ui.access import officer
from doudi.ui.words import beside
from doudi.verification.catalog.items import item

PAGE = 50
REFUSALS = (Invalid, Conflict, WrongStage)


class CorrectForm(forms.Form):
    """Which later file brought the right row."""

    upload = forms.ChoiceField(
        label=_("更正后的数据在哪一次交付里"),
        error_messages={"required": _("请选一次交付"), "invalid_choice": _("请选一次交付")},
    )

    def __init__(self, *args: Any, files: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        lines = [(str(f.pk), f"{f.number} · {f.period}") for f in files]
        self.fields["upload"].choices = [("", "—"), *lines]


class DisputeForm(forms.Form):
    """Why the row is right."""

    answer = forms.CharField(
        label=_("为什么没有错，依据是什么"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("例如：查了车辆档案，4月28日本人到场登记。不写身份证号、手机号、账号。"),
        error_messages={"required": _("请写明依据，5至300个字")},
    )


@officer("delivery.view")
@require_safe
def problems(request: HttpRequest) -> HttpResponse:
    """What waits for the department first, by its day."""
    page = Paginator(worklist.problems_of(request.staff), PAGE).get_page(request.GET.get("page"))
    receipts = worklist.receipts_of(page.object_list)
    told = {"page": page, "lines": [line_of(found, receipts) for found in page]}
    return render(request, "agency/problems.html", told)


def line_of(found: Any, receipts: Any) -> dict[str, Any]:
    """One problem as both sides see it: which row, what it says, what was found."""
    left, about = (found.due_on - today()).days, results().get(found.result)
    kinds = {TOLD: "late" if left < 0 else "soon", DISPUTED: "soon", CORRECTED: "good"}
    return {
        "problem": found,
        "name": named(item(found.item)),
        "receipt": receipts.get(found.delivery_id, ""),
        "signal": words_of(found.signal, "en" if english() else "zh"),
        "found": named(about) if about else found.result,
        "kind": kinds.get(found.state, "none"),
    }


@officer("delivery.view")
@require_http_methods(["GET", "POST"])
def problem(request: HttpRequest, problem_id: UUID) -> HttpResponse:
    """One row: what it says, what was found by which proof; corrected, or disputed."""
    found = worklist.problem_of(problem_id, request.staff)
    files = worklist.later_files(found) if found.state == TOLD else []
    verb = request.POST.get("verb", "") if request.method == "POST" else ""
    correct = CorrectForm(request.POST if verb == "correct" else None, files=files)
    dispute = DisputeForm(request.POST if verb == "dispute" else None)
    form = {"correct": correct, "dispute": dispute}.get(verb)
    if request.method == "POST":
        if form is None:
            raise Invalid({"verb": "没有这一步"})
        if form.is_valid() and _done(found, verb, form, request.staff):
            return redirect("agency:problem", found.pk)
    page = line_of(found, worklist.receipts_of([found])) | {
        "told": told_of(found),
        "correct": correct,
        "dispute": dispute,
        "form": form,
        "files": files,
        "may_answer": found.state == TOLD,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "agency/problem.html", page, status=status)


def told_of(found: Any) -> dict[str, str]:
    """The sealed words of a problem."""
    return {
        "value": found.value.open() or "",
        "words": found.words.open() or "",
        "answer": found.answer.open() or "",
        "why": found.why.open() or "",
    }


def _done(found: Any, verb: str, form: Any, staff: Any) -> bool:
    try:
        if verb == "correct":
            correct_row(found.pk, form.cleaned_data["upload"], by=staff, at=now())
        else:
            dispute_row(found.pk, form.cleaned_data["answer"], by=staff, at=now())
    except REFUSALS as refusal:
        beside(form, refusal)
        return False
    return True
