"""转介: a household handed on to other departments, and what they answered."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doudi.accounts.queries import actor_of, may, require, scope
from doudi.audit.journal import write
from doudi.cases.file import CaseFile, case_file
from doudi.clock.time import now, today
from doudi.desk.forms.referrals import AnswerForm, ReferralForm
from doudi.desk.handed_on import referral_line
from doudi.desk.views.case import frame, looked
from doudi.kernel.errors import Conflict, Invalid, WrongStage
from doudi.referrals import queries
from doudi.referrals.actions.answer_referral import Answer, answer_referral
from doudi.referrals.actions.refer import Asked, refer
from doudi.referrals.actions.stop_referral import stop_referral
from doudi.referrals.flow import GROUNDS, OPEN, REFERABLE
from doudi.ui.access import officer
from doudi.ui.words import beside, said


@officer("referral.list")
@require_safe
def referrals(request: HttpRequest) -> HttpResponse:
    """The referrals of the own places, what is owed first."""
    rows = [referral_line(row) for row in queries.listed(request.staff, today())]
    page = {"rows": rows, "may_search": bool(scope(request.staff, "case.list"))}
    return render(request, "desk/referrals.html", page)


@officer("referral.make")
@require_http_methods(["GET", "POST"])
def case_referrals(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Where this household was handed on, what its facts suggest, and the form for one more."""
    staff = request.staff
    file = case_file(case_id, staff)
    require(staff, "referral.make", file.case.town)
    made = queries.referrals_of(case_id)
    found = queries.chances(made, file.facts, today())
    free = [(c.department.key, _label(c)) for c in found if not c.is_open]
    form = ReferralForm(request.POST if request.method == "POST" else None, departments=free)
    if request.method == "POST":
        if form.is_valid() and _made(file, form, staff):
            return redirect("desk:case_referrals", case_id)
    else:
        looked(file, staff, "act:refer")
    page = frame(file, staff) | {
        "form": form,
        "is_legal": file.case.stage in REFERABLE and bool(free),
        "rows": [referral_line(queries.row(one, today()), file.case) for one in made],
    }
    return render(request, "desk/case_referrals.html", page, status=422 if form.errors else 200)


def _made(file: CaseFile, form: Any, staff: Any) -> bool:
    given = dict(form.cleaned_data)
    try:
        refer(given.pop("token"), file.case.pk, Asked(**given), by=staff, at=now())
    except (Invalid, Conflict, WrongStage) as refusal:
        beside(form, refusal)
        return False
    return True


@officer("referral.list")
@require_http_methods(["GET", "POST"])
def referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """One referral, what was passed on, and the form for the department's answer."""
    staff = request.staff
    found = queries.referral_for(referral_id, staff)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(staff, "referral.answer", found.town)
        if form.is_valid() and _answered(found.pk, form, staff):
            return redirect("desk:referral", found.pk)
    with transaction.atomic():
        about = f"case:{found.case_id}"
        write("referral.viewed", actor=actor_of(staff), subject=about, chain=found.county)
    page = referral_line(queries.row(found, today())) | {
        "form": form,
        "what": found.what.open(),
        "answer": found.answer.open() or "",
        "grounds": [said(GROUNDS[g]) for g in found.grounds],
        "may_answer": found.state == OPEN and may(staff, "referral.answer", found.town),
        "may_stop": found.state == OPEN and may(staff, "referral.make", found.town),
        "may_open_case": may(staff, "case.view", found.town),
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/referral.html", page, status=422 if form.errors else 200)


def _answered(referral_id: UUID, form: Any, staff: Any) -> bool:
    given = form.cleaned_data
    answer = Answer(given["outcome"], given["text"], given["who"])
    try:
        answer_referral(referral_id, answer, by=staff, at=now())
    except Invalid as refusal:
        beside(form, refusal)
        return False
    return True


@officer("referral.make")
@require_POST
def referral_stop(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """不要转了: said by the person at the window or on the telephone."""
    found = queries.referral_for(referral_id, request.staff)
    stop_referral(found.pk, by=request.staff, at=now())
    return redirect("desk:referral", found.pk)


def _label(chance: queries.Chance) -> str:
    """医疗保障局（医疗救助）：家里有人得了大病; what the facts suggest stands with it."""
    office, matter = chance.department.words(get_language() or "zh")
    words = _("{office}（{matter}）").format(office=office, matter=matter)
    why = [said(GROUNDS[g]) for g in chance.grounds]
    if not why:
        return words
    return _("{office}。建议：{why}").format(office=words, why=_("、").join(why))
