"""协查: what the own town asks of other places, and what they ask of it."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doudi.accounts.queries import actor_of, may, require, scope
from doudi.attachments.checks import UploadRefused
from doudi.attachments.intake import take_in
from doudi.audit.journal import write
from doudi.cases.file import CaseFile, case_file
from doudi.clock.demo_mark import is_demo
from doudi.clock.time import now, today
from doudi.desk import words
from doudi.desk.forms.places import FoundForm, PlaceForm
from doudi.desk.handed_on import place_lines
from doudi.desk.views.case import frame, looked
from doudi.kernel.errors import Conflict, Invalid, WrongStage
from doudi.paper.typst import render as print_form
from doudi.referrals import queries
from doudi.referrals.actions.answer_place import Finding, answer_place
from doudi.referrals.actions.ask_place import Question, ask_place
from doudi.referrals.actions.open_place import open_place
from doudi.referrals.flow import ASKABLE, OPEN
from doudi.referrals.letters import place_letter
from doudi.ui.access import officer
from doudi.ui.words import beside, said


@officer("place.list")
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """请我们协查的 first, then 我们发出的; what is owed at the top of each."""
    staff, on = request.staff, today()
    page = {
        "ours": place_lines(queries.asked_of_us(staff, on)),
        "theirs": place_lines(queries.asked_by_us(staff, on)),
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/places.html", page)


@officer("place.ask")
@require_http_methods(["GET", "POST"])
def case_place(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What was asked about this household and answered, and the form for one more."""
    staff = request.staff
    file = case_file(case_id, staff)
    require(staff, "place.ask", file.case.town)
    hukou = queries.hukou_of(file.case)
    form = PlaceForm(request.POST if request.method == "POST" else None, is_outside=not hukou.town)
    if request.method == "POST":
        if form.is_valid() and _asked(file, form, staff):
            return redirect("desk:case_place", case_id)
    else:
        looked(file, staff, "act:ask_place")
    made = queries.place_requests_of(case_id)
    waits = any(one.state == OPEN for one in made)
    page = frame(file, staff) | {
        "form": form,
        "hukou": hukou,
        "rows": place_lines([queries.place_row(one, today()) for one in made], file.case),
        "is_own": hukou.town == file.case.town,
        "is_legal": file.case.stage in ASKABLE and not waits and hukou.town != file.case.town,
        "may_pause": queries.may_pause_for_place(today()),
    }
    return render(request, "desk/case_place.html", page, status=422 if form.errors else 200)


def _asked(file: CaseFile, form: Any, staff: Any) -> bool:
    given = form.cleaned_data
    asked = Question(tuple(given["questions"]), given["text"], given.get("place", ""))
    try:
        ask_place(given["token"], file.case.pk, asked, by=staff, at=now())
    except (Invalid, Conflict, WrongStage) as refusal:
        beside(form, refusal)
        return False
    return True


@officer("place.list")
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request, masked; the form for its answer, here or by letter."""
    staff = request.staff
    asked = queries.place_request_for(request_id, staff)
    is_ours = bool(asked.to_town) and may(staff, "place.answer", asked.to_town)
    may_record = may(staff, "place.ask", asked.from_town)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = FoundForm(data, files, questions=asked.questions, is_letter=not is_ours)
    if request.method == "POST":
        if not is_ours:
            require(staff, "place.ask", asked.from_town)
        if form.is_valid() and _answered(asked, form, staff):
            return redirect("desk:place", asked.pk)
    (line,) = place_lines([queries.place_row(asked, today())])
    page = line | {
        "form": form,
        "is_ours": is_ours,
        "may_answer": asked.state == OPEN and (is_ours or may_record),
        "may_see_who": is_ours,
        "may_print": may_record,
        "may_open_case": may(staff, "case.view", asked.from_town),
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/place.html", page, status=422 if form.errors else 200)


def _answered(asked: Any, form: Any, staff: Any) -> bool:
    """A letter's sheet is kept and the answer stored together, or neither."""
    given = form.cleaned_data
    found = {question: given[question] for question in asked.questions}
    try:
        with transaction.atomic():
            sheet = given.get("sheet") and _kept(asked, given["sheet"], staff)
            told = Finding(found, given["text"], given.get("who", ""), sheet or "")
            answer_place(asked.pk, told, by=staff, at=now())
    except UploadRefused as refused:
        form.add_error("sheet", said(refused.sentence))
        return False
    except (Invalid, WrongStage) as refusal:
        beside(form, refusal)
        return False
    return True


def _kept(asked: Any, sheet: Any, staff: Any) -> str:
    about = f"application:{asked.case.application_id}"
    return take_in(sheet, subject=about, kind="place_answer", actor=actor_of(staff)).sha256


@officer("place.answer")
@require_POST
def place_who(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Whom the town is asked about, once, with a line in both counties' journals."""
    asked = open_place(request_id, by=request.staff)
    people = [(p, words.RELATIONS.get(p.relation, "")) for p in asked.persons]
    page = {"address": asked.address, "people": people, "request_id": request_id}
    page["may_search"] = bool(scope(request.staff, "case.list"))
    return render(request, "desk/place_who.html", page)


@officer("place.ask")
@require_http_methods(["GET", "POST"])
def place_letter_pdf(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """F26: masked, empty with `?blank`, or by POST whole, for the envelope; the last is kept."""
    asked = queries.place_request_for(request_id, request.staff)
    require(request.staff, "place.ask", asked.from_town)
    if "blank" in request.GET:
        return _as_pdf({"blank": True, "demo": is_demo()}, "F26-blank")
    full = request.method == "POST"
    data = place_letter(asked, full=full)
    with transaction.atomic():
        write(
            "place.printed",
            actor=actor_of(request.staff),
            subject=f"case:{asked.case_id}",
            chain=asked.county,
            purpose="identity" if full else "",
        )
    return _as_pdf(data, f"F26-{asked.number}")


def _as_pdf(data: dict[str, Any], name: str) -> HttpResponse:
    content = print_form("f26", data, pack=settings.DOUDI_PACK_DIR)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
