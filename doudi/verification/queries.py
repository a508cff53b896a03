"""Reading authorisations, requests and reports."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Value

from doudi.kernel.errors import NotFound
from doudi.vault.index import blind_index
from doudi.verification.catalog.items import agencies, item
from doudi.verification.catalog.outside import items_of as items_outside
from doudi.verification.models import (
    Answer,
    Asked,
    Consent,
    Delivery,
    Discrepancy,
    Outside,
    Report,
    Request,
    Run,
    SourceRecord,
)
from doudi.verification.sources.base import Returned


def living_consents(ref: UUID, on: dt.date) -> dict[str, Consent]:
    """Authorisations that hold on a day, by member key."""
    living = Consent.objects.filter(ref=ref, withdrawn_at=None, valid_until__gte=on)
    return {c.member_key: c for c in living}


def consents_of(ref: UUID) -> list[Consent]:
    """All authorisations given for an application, withdrawn ones too."""
    return list(Consent.objects.filter(ref=ref).order_by("member_key", "signed_at"))


def named_in_journal(ref: UUID) -> list[QuerySet[Any, tuple[str, UUID]]]:
    """What the journal calls an application's authorisations and requests; nothing is read yet."""
    return [
        rows.filter(ref=ref).order_by().annotate(kind=Value(kind)).values_list("kind", "pk")
        for kind, rows in (("consent", Consent.objects), ("request", Request.objects))
    ]


def held_rows(refs: Iterable[UUID]) -> list[QuerySet[Any]]:
    """Authorisations, requests and answers, for the household's own file; nothing is read yet."""
    mine = list(refs)
    return [
        Consent.objects.filter(ref__in=mine),
        Request.objects.filter(ref__in=mine),
        Asked.objects.filter(request__ref__in=mine),
        Answer.objects.filter(asked__request__ref__in=mine),
    ]


def missing_consents(ref: UUID, member_keys: Sequence[str], on: dt.date) -> list[str]:
    """The members whose authorisation is not there, or not any more."""
    living = living_consents(ref, on)
    return [key for key in member_keys if key not in living]


def consent(consent_id: UUID) -> Consent:
    """One authorisation; NotFound when there is none."""
    found = Consent.objects.filter(pk=consent_id).first()
    if found is None:
        raise NotFound("没有这份授权书")
    return found


def request_of(ref: UUID) -> Request | None:
    """The newest request for an application."""
    return Request.objects.filter(ref=ref).order_by("-asked_at").first()


def has_report(request_id: UUID) -> bool:
    """Whether a request has led to a report."""
    return Report.objects.filter(request_id=request_id).exists()


def report_of(ref: UUID) -> Report | None:
    """The newest report for an application."""
    reports = Report.objects.filter(ref=ref).select_related("request")
    return reports.order_by("-issued_at", "-number").first()


MISSING = (Answer.State.NOT_RETURNED, Answer.State.FAILED)


def answers_of(request: Request) -> dict[Asked, list[Answer]]:
    """What came back for each person, in the order of the catalogue; two queries."""
    persons = list(request.persons.order_by("member_key").prefetch_related("answers"))
    return {p: sorted(p.answers.all(), key=lambda a: a.item) for p in persons}


def report_content(request: Request) -> dict[str, Any]:
    """The content of a report: person by person, item by item, with state and as-of date."""
    names, letters = agencies(), _letters(request.ref)
    return {
        "request": request.number,
        "persons": [
            {
                "key": person.member_key,
                "name": person.name,
                "items": [_line(answer, names) for answer in answers]
                + [_by_letter(letter, code, person.member_key) for letter, code in letters],
            }
            for person, answers in answers_of(request).items()
        ],
    }


def _line(answer: Answer, names: dict[str, Any]) -> dict[str, Any]:
    about = item(answer.item)
    return {
        "item": answer.item,
        "zh": about.zh,
        "en": about.en,
        "agency": names[about.agency]["zh"],
        "state": answer.state,
        "as_of": answer.as_of and answer.as_of.isoformat(),
        "source": answer.source,
        "rows": answer.record.open() or [],
        "error": answer.error,
    }


def outside_of(ref: UUID) -> list[Outside]:
    """The letters about an application with their lines, oldest first; three queries."""
    rows = Outside.objects.filter(ref=ref).prefetch_related("lines__consent")
    return list(rows.order_by("asked_at", "number"))


def _letters(ref: UUID) -> list[tuple[Outside, str]]:
    """Every letter with each item that it asked for."""
    return [(letter, code) for letter in outside_of(ref) for code in letter.items]


def _by_letter(letter: Outside, code: str, key: str) -> dict[str, Any]:
    """A line of the report for a person: what the body said, or that it has not answered."""
    about = items_outside(letter.kind)[code]
    lines = [a for a in letter.lines.all() if a.item == code and a.consent.member_key == key]
    line = lines[0] if lines else None
    return {
        "item": f"{code}-{letter.number}",
        "zh": about["zh"],
        "en": about["en"],
        "agency": letter.body,
        "state": line.state if line else Answer.State.NOT_RETURNED.value,
        "as_of": line.as_of.isoformat() if line and line.as_of else None,
        "source": "对外核对函",
        "rows": (line.record.open() or []) if line else [],
        "error": "",
    }


def who_asked_about(id_index: str) -> list[Asked]:
    """Every request about a person, newest first: what he may know."""
    rows = Asked.objects.filter(id_index=id_index).select_related("request")
    return list(rows.order_by("-request__asked_at"))


def demo_rows(code: str, id_numbers: Sequence[str]) -> dict[str, tuple[Returned, str]]:
    """The demonstration's rows of an item by ID number; nobody known means nothing recorded."""
    indexes = {blind_index("id", number): number for number in id_numbers}
    found: dict[str, tuple[Returned, str]] = {}
    default_day = dt.date(2022, 4, 30)
    rows: dict[str, list[dict[str, Any]]] = {index: [] for index in indexes}
    states = dict.fromkeys(indexes, "")
    for record in SourceRecord.objects.filter(item=code, id_index__in=list(indexes)):
        content = record.record.open()
        states[record.id_index] = content.get("state", states[record.id_index])
        if "row" in content:
            rows[record.id_index].append(content["row"])
    for index, number in indexes.items():
        found[number] = (Returned(tuple(rows[index]), default_day), states[index])
    return found


def departments_asked(ref: UUID) -> list[tuple[Request, list[str]]]:
    """Every request for an application, newest first, with the agencies asked; two queries."""
    asked: dict[UUID, set[str]] = {}
    answers = Answer.objects.filter(asked__request__ref=ref).order_by()
    for request_id, code in answers.values_list("asked__request_id", "item").distinct():
        asked.setdefault(request_id, set()).add(item(code).agency)
    requests = Request.objects.filter(ref=ref).order_by("-asked_at")
    return [(request, sorted(asked.get(request.pk, ()))) for request in requests]


def newest_run() -> Run | None:
    """The newest comparison that is still kept."""
    return Run.objects.filter(removed_at=None).order_by("-started_at").first()


def open_findings(run_id: UUID, town: str = "") -> list[Discrepancy]:
    """What a run found and nobody held back, everywhere or in one town; one query."""
    rows = Discrepancy.objects.filter(run_id=run_id, state="open")
    rows = rows.filter(town=town) if town else rows
    return list(rows.order_by("town", "household_id"))


def delivery_named(delivery_id: UUID) -> Delivery:
    """One delivery; NotFound when there is none."""
    found = Delivery.objects.filter(pk=delivery_id).first()
    if found is None:
        raise NotFound("没有这次交付")
    return found


def deliveries_named(ids: Iterable[str]) -> dict[str, Delivery]:
    """Some deliveries by id, for whoever shows where a row came from; one query."""
    rows = Delivery.objects.filter(pk__in=[UUID(i) for i in ids if i])
    return {str(row.pk): row for row in rows}
