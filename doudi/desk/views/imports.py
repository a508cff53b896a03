"""导入: a table comes in, is checked, taken in as a whole, and undone as a whole."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doudi.accounts.queries import actor_of
from doudi.audit.journal import write
from doudi.clock.time import now
from doudi.desk.forms.tables import UndoForm, UploadForm
from doudi.desk.sending import EXCEL, send_table
from doudi.kernel.errors import Invalid, NotFound
from doudi.kernel.sentences import Sentence
from doudi.paper.workbook.template import write_template
from doudi.paper.workbook.wording import REFUSALS
from doudi.people import queries
from doudi.people.actions.drop_batch import drop_batch
from doudi.people.actions.take_in_batch import take_in_batch
from doudi.people.actions.try_batch_again import try_batch_again
from doudi.people.actions.undo_batch import undo_batch
from doudi.people.actions.upload_import import upload_import
from doudi.people.actions.withdraw_batch import withdraw_batch
from doudi.people.figures.tables import TABLES
from doudi.people.flow import (
    CHECKED,
    CHECKING,
    DROPPED,
    GIVING,
    REFUSED,
    TAKEN,
    TAKING,
    WAITING,
)
from doudi.ui.access import officer
from doudi.ui.progress import again, progress
from doudi.ui.words import beside

PAGE = 50


@officer("people.import")
@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """Templates, the upload, and the batches of late."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            batch = upload_import(data["table"], data["file"], by=request.staff, at=now())
        except Invalid as refusal:
            beside(form, refusal)
        else:
            return redirect("desk:import_batch", batch.pk)
    page = {"form": form, "batches": queries.imports_for(request.staff), "tables": TABLES.values()}
    return render(request, "desk/imports.html", page, status=422 if form.errors else 200)


@officer("people.import")
@require_safe
def import_template(request: HttpRequest, key: str) -> HttpResponse:
    """The empty table."""
    if key not in TABLES:
        raise NotFound
    answer = HttpResponse(write_template(TABLES[key]), content_type=EXCEL)
    answer["Content-Disposition"] = f'attachment; filename="{key}.xlsx"'
    return answer


@officer("people.import")
@require_safe
def import_batch(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """How far check or taking in is, then the report, then what became of the batch."""
    batch = queries.import_for(import_id, request.staff)
    return _page(request, batch, UndoForm(), 200)


def _page(request: HttpRequest, batch: Any, form: UndoForm, status: int) -> HttpResponse:
    working = batch.state in (WAITING, CHECKING, TAKING, GIVING) and not batch.stuck
    page = Paginator(queries.faults_of(batch), PAGE).get_page(request.GET.get("page"))
    shown = {
        "batch": batch,
        "working": working,
        "percent": batch.share // 100,
        "progress": progress(batch.share / 10_000, batch.begun_at),
        "page": page,
        "faults": [queries.in_words(kept) for kept in page] if not working else [],
        "notes": [Sentence(note["template"], **note["values"]) for note in batch.notes],
        "refused": _refused(batch),
        "may_take": batch.state == CHECKED and batch.good > 0,
        "may_undo": batch.state == TAKEN,
        "may_withdraw": batch.stuck and not batch.undone_why,
        "may_drop": batch.state in (WAITING, CHECKING, CHECKED, REFUSED),
        "may_fetch": bool(batch.errors_name) and batch.state != DROPPED,
        "form": form,
    }
    response = render(request, "desk/import_batch.html", shown, status=status)
    return again(response) if working else response


def _refused(batch: Any) -> list[Sentence]:
    """Reason and advice for a file that was sent back as a whole."""
    if not batch.refused:
        return []
    values = batch.refused["values"]
    return [Sentence(words, **values) for words in REFUSALS[batch.refused["code"]]]


@officer("people.import")
@require_POST
def import_act(request: HttpRequest, import_id: UUID, verb: str) -> HttpResponse:
    """导入, 撤销, 放弃 or 再试; who may, is decided by the action."""
    batch = queries.import_for(import_id, request.staff)
    if verb == "take":
        take_in_batch(batch.pk, by=request.staff, at=now())
    elif verb == "drop":
        drop_batch(batch.pk, by=request.staff, at=now())
    elif verb == "again":
        try_batch_again(batch.pk, by=request.staff)
    elif verb == "withdraw":
        withdraw_batch(batch.pk, by=request.staff, at=now())
    elif verb == "undo":
        form = UndoForm(request.POST)
        if not form.is_valid():
            return _page(request, batch, form, 422)
        undo_batch(batch.pk, form.cleaned_data["why"], by=request.staff, at=now())
    else:
        raise NotFound
    return redirect("desk:import_batch", batch.pk)


@officer("people.import")
@require_safe
def import_errors(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """The sender's own rows with a column of reasons; journalled before the first byte."""
    batch = queries.import_for(import_id, request.staff)
    if not batch.errors_name:
        raise NotFound
    with transaction.atomic():
        write(
            "people.import_fetched",
            actor=actor_of(request.staff),
            subject=f"import:{batch.pk}",
            chain=batch.places[0][:6],
        )
    return send_table(batch.errors_name, batch.number)
