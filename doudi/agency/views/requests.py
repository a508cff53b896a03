"""核对请求: open questions about single persons; answered on a page or by the filled table."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from doudi.accounts.queries import actor_of
from doudi.agency.words import named, reason
from doudi.audit.journal import write
from doudi.clock.time import now, today
from doudi.departments import queries
from doudi.departments.actions.answer_request import answer_request
from doudi.departments.columns import Filled, asked_table, columns_of, read_filled, wrong_in
from doudi.regions.queries import path_name
from doudi.ui.access import officer
from doudi.verification.actions.answer_asked import Given
from doudi.verification.catalog.items import item

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_FAULTS = 100


class AnswerForm(forms.Form):
    """What is held of one person in one item."""

    result = forms.ChoiceField(
        label=gettext_lazy("结果"),
        choices=[("nothing", gettext_lazy("无记录")), ("found", gettext_lazy("有记录"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选结果")},
    )
    as_of = forms.DateField(
        label=gettext_lazy("数据截至日期"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("请填数据截至日期"),
            "invalid": gettext_lazy("请填数据截至日期"),
        },
    )

    def __init__(self, *args: Any, code: str, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on, self.columns = on, columns_of(code)
        for place, column in enumerate(self.columns):
            self.fields[f"c{place}"] = _field(column)

    def clean_as_of(self) -> dt.date:
        """Not a day to come."""
        if self.cleaned_data["as_of"] > self.on:
            raise forms.ValidationError(_("数据截至日期不能晚于今天"))
        return self.cleaned_data["as_of"]

    def clean(self) -> dict[str, Any]:
        """A record's values, read as a delivery's would be."""
        data = super().clean() or {}
        if data.get("result") != "found":
            return data
        for place, column in enumerate(self.columns):
            wrong = wrong_in(column, data.get(f"c{place}", ""), self.on)
            if wrong:
                self.add_error(f"c{place}", reason(wrong))
        return data

    def row(self) -> dict[str, str]:
        """The record by heading; empty ones are left out."""
        told = {c.heading: self.cleaned_data[f"c{n}"] for n, c in enumerate(self.columns)}
        return {heading: value for heading, value in told.items() if value}


def _field(column: Any) -> forms.Field:
    words = column.heading
    if column.kind == "code":
        choices = [("", "—"), *((code, code) for code in column.codes)]
        return forms.ChoiceField(label=words, choices=choices, required=False)
    return forms.CharField(label=words, max_length=200, required=False)


class TableForm(forms.Form):
    """The filled table."""

    file = forms.FileField(
        label=gettext_lazy("填好的答复表"),
        widget=forms.FileInput({"accept": ".xlsx"}),
        error_messages={"required": gettext_lazy("请选填好的答复表")},
    )


@officer("request.answer")
@require_http_methods(["GET", "POST"])
def requests(request: HttpRequest) -> HttpResponse:
    """Batch by batch, without names; a filled table is taken as a whole or not at all."""
    form = TableForm(request.POST or None, request.FILES or None)
    page: dict[str, Any] = {"form": form, "done": None, "faults": []}
    if request.method == "POST" and form.is_valid():
        page |= _filled(request, read_filled(form.cleaned_data["file"], today()))
    page["lines"] = [_line(batch) for batch in queries.batches_for(request.staff, today())]
    status = 422 if form.errors or page["faults"] else 200
    return render(request, "agency/requests.html", page, status=status)


def _filled(request: HttpRequest, told: Filled) -> dict[str, Any]:
    if told.faults:
        faults = [
            {"sheet": sheet, "row": row, "heading": heading, "reason": reason(code)}
            for sheet, row, heading, code in told.faults[:MOST_FAULTS]
        ]
        return {"faults": faults}
    filed = answer_request(told.given, by=request.staff, at=now())
    return {"done": {"filed": filed, "left": told.left, "late": len(told.given) - filed}}


def _line(batch: Mapping[str, Any]) -> dict[str, Any]:
    left = (batch["request"].expected_on - today()).days
    words = _("超期{n}日").format(n=-left) if left < 0 else _("余{n}日").format(n=left)
    kind = "late" if left < 0 else "soon" if left <= 1 else "good"
    place = path_name(batch["request"].county.ljust(12, "0"))
    return dict(batch) | {"words": words, "kind": kind, "place": place}


@officer("request.answer")
@require_POST
def table(request: HttpRequest) -> HttpResponse:
    """Everything that is open as one workbook, with whole numbers; journalled first."""
    asks = queries.asks_for(request.staff, today())
    _looked(request, "departments.asks_fetched", f"agency:{len(asks)}", len(asks))
    answer = HttpResponse(asked_table(asks, today()), content_type=EXCEL)
    answer["Content-Disposition"] = f'attachment; filename="asked-{today():%Y%m%d}.xlsx"'
    return answer


def _looked(request: HttpRequest, action: str, subject: str, count: int) -> None:
    with transaction.atomic():
        write(
            action,
            actor=actor_of(request.staff),
            subject=subject,
            purpose=_("答复核对"),
            detail={"persons": count},
        )


@officer("request.answer")
@require_http_methods(["GET", "POST"])
def batch(request: HttpRequest, ask_id: UUID) -> HttpResponse:
    """One batch: whom, in which item; names and numbers masked until they are asked for (POST)."""
    asks = queries.asks_of_batch(request.staff, ask_id, today())
    shown = request.method == "POST"
    if shown:
        _looked(request, "departments.asked_revealed", f"request:{ask_id}", len(asks))
    page = {
        "request_": asks[0].asked.request,
        "shown": shown,
        "lines": [_person(ask, shown) for ask in asks],
    }
    return render(request, "agency/batch.html", page)


def _person(ask: Any, shown: bool) -> dict[str, Any]:
    person = ask.asked
    return {
        "ask": ask,
        "name": person.name,
        "number": person.id_number.open(),
        "consent": person.consent.number,
        "item": named(item(ask.item)),
    }


@officer("request.answer")
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, answer_id: UUID) -> HttpResponse:
    """One person in one item: a record, or an explicit nothing."""
    ask = queries.ask_for(request.staff, answer_id, today())
    on = today()
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        code=ask.item,
        on=on,
        initial={"as_of": on},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        rows = (form.row(),) if data["result"] == "found" else ()
        answer_request([Given(ask.pk, rows, data["as_of"])], by=request.staff, at=now())
        return redirect("agency:requests")
    page = {"form": form, "ask": ask, "name": ask.asked.name, "item": named(item(ask.item))}
    return render(request, "agency/answer.html", page, status=422 if form.errors else 200)
