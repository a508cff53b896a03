"""Everything recorded with a case, by one query, however long its story is; and with many."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from sys import intern
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import JSONObject

from doudi.accounts.queries import inside
from doudi.cases.flow import Stage
from doudi.cases.models import (
    Applied,
    Appraisal,
    AppraisalCall,
    Assessment,
    Case,
    Conference,
    Decision,
    HomeVisit,
    Objection,
    OfCase,
    Opinion,
    Panel,
    Pause,
    PublicNotice,
    RelativeMark,
    Step,
    Supplement,
    YearWord,
)
from doudi.vault.fields import SealedField, Token
from doudi.vault.index import blind_index

KINDS: dict[str, type[models.Model]] = {
    kind.__name__: kind
    for kind in (
        Step,
        Pause,
        Supplement,
        HomeVisit,
        AppraisalCall,
        Appraisal,
        Assessment,
        Panel,
        Conference,
        Opinion,
        PublicNotice,
        Objection,
        RelativeMark,
        YearWord,
        Decision,
    )
}
Parts = Mapping[str, list[Any]]


class Hex(Func):
    """The bytes of a column as hexadecimal text: JSON holds no bytes."""

    function = "HEX"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        """PostgreSQL's word for it."""
        return self.as_sql(
            compiler, connection, function="ENCODE", template="%(function)s(%(expressions)s, 'hex')"
        )


def parts_of(case: Case) -> Parts:
    """The rows of every table of KINDS that belong to the case, by the table's name, unordered."""
    first, *others = (as_json(kind, _of(kind, case)) for kind in KINDS.values())
    found: dict[str, list[Any]] = {name: [] for name in KINDS}
    for name, row in first.union(*others, all=True):
        found[name].append(built(KINDS[name], row))
    return found


def _of(kind: type[models.Model], case: Case) -> QuerySet[Any, Any]:
    whose = {"notice__case": case} if kind is Objection else {"case": case}
    return kind._default_manager.filter(**whose)


def held_rows(cases: Iterable[Case]) -> list[QuerySet[Any]]:
    """What is recorded with some cases, for the household's own file; nothing is read yet."""
    mine = [case.pk for case in cases]
    return [
        kind._default_manager.filter(case__in=mine)
        for kind in KINDS.values()
        if kind is not Objection  # what others said is not the household's
    ]


def together(rows: Iterable[QuerySet[Any]]) -> Parts:
    """The rows of many tables, of any room, by the table's label, unordered; one query."""
    by_label = {some.model._meta.label: some for some in rows}
    first, *others = (as_json(some.model, some, label) for label, some in by_label.items())
    found: dict[str, list[Any]] = {label: [] for label in by_label}
    for label, row in first.union(*others, all=True):
        found[label].append(built(by_label[label].model, row))
    return found


def as_json(
    kind: type[models.Model], rows: QuerySet[Any, Any], name: str = ""
) -> QuerySet[Any, Any]:
    """Name of the table and each row as JSON: such readings of different tables can be joined."""
    columns = {
        field.attname: Hex(F(field.attname)) if isinstance(field, SealedField) else field.attname
        for field in kind._meta.concrete_fields
    }
    return rows.order_by().values_list(Value(name or kind.__name__), JSONObject(**columns))


def built(kind: type[models.Model], row: Mapping[str, Any]) -> Any:
    """The row again, as if it had been read by itself."""
    fields = kind._meta.concrete_fields
    values = [_value(field, row[field.attname]) for field in fields]
    return kind.from_db(connection.alias, [field.attname for field in fields], values)


def _value(field: Any, raw: Any) -> Any:
    if isinstance(field, SealedField):
        return Token(bytes.fromhex(raw)) if raw else None
    if isinstance(field, models.JSONField):
        return json.loads(raw) if isinstance(raw, str) else raw
    if isinstance(field, models.DateTimeField) and raw:
        at = dt.datetime.fromisoformat(raw)
        return at if at.tzinfo else at.replace(tzinfo=dt.UTC)
    return field.to_python(raw)


# --- many cases at once: what supervision and auditors read ----------------------------------


def cases_in(case_ids: Iterable[UUID]) -> dict[UUID, Case]:
    """These cases with their applications, by id; one query."""
    found = Case.objects.filter(pk__in=list(case_ids)).select_related("application", "village")
    return {case.pk: case for case in found}


def pieces(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Keys by the hundred, in order: a database takes only so many values in one question."""
    whole = sorted(keys)
    for start in range(0, len(whole), size):
        yield whole[start : start + size]


def hands_in(case_ids: Iterable[UUID]) -> dict[UUID, set[str]]:
    """Who ever did anything with each of these cases, by officer id."""
    hands: dict[UUID, set[str]] = {}
    for some in pieces(case_ids):
        steps = Step.objects.filter(case__in=some).exclude(by_id="").order_by()
        for case, hand in steps.values_list("case_id", "by_id").distinct():
            hands.setdefault(case, set()).add(intern(hand))
    return hands


def cases_of_people(id_indexes: Iterable[str]) -> list[tuple[UUID, str]]:
    """Each case that one of these people belongs to, with the keyed index of that person."""
    found: list[tuple[UUID, str]] = []
    for some in pieces(id_indexes):
        rows = Applied.objects.filter(id_index__in=some, application__case__isnull=False)
        found += rows.values_list("application__case", "id_index")
    return found


def assessments_of(case_ids: Iterable[UUID]) -> list[Assessment]:
    """The assessments of these cases, the oldest first, without their sealed parts."""
    found: list[Assessment] = []
    for some in pieces(case_ids):
        rows = Assessment.objects.filter(case__in=some).select_related("case")
        found += rows.defer("facts", "findings", "book", "case__facts")
    return sorted(found, key=lambda made: (made.at, made.pk))


def cases_assessed(since: dt.datetime, until: dt.datetime) -> set[UUID]:
    """The cases that were assessed between two instants."""
    made = Assessment.objects.filter(at__gte=since, at__lt=until)
    return set(made.values_list("case_id", flat=True))


def moves_in(case_ids: Iterable[UUID]) -> dict[UUID, list[tuple[dt.datetime, str]]]:
    """When which move was made with each of these cases, oldest first."""
    moves: dict[UUID, list[tuple[dt.datetime, str]]] = {}
    for some in pieces(case_ids):
        steps = Step.objects.filter(case__in=some).order_by("at", "order")
        for case, at, move in steps.values_list("case_id", "at", "move"):
            moves.setdefault(case, []).append((at, move))
    return moves


def recorded(since: dt.datetime, until: dt.datetime) -> list[OfCase]:
    """Visits, appraisals, meetings and conferences written down between two instants."""
    kinds: tuple[type[OfCase], ...] = (HomeVisit, Appraisal, Panel, Conference)
    return [
        row
        for kind in kinds
        for row in kind._default_manager.filter(at__gte=since, at__lt=until).select_related("case")
    ]


def accounts_declared(case_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The keyed index of the account in each application; empty where none was given."""
    declared = {}
    for some in pieces(case_ids):
        for case in Case.objects.filter(pk__in=some).select_related("application"):
            declared[case.pk] = account_key(case.application.declaration.open())
    return declared


def account_key(declaration: Mapping[str, Any]) -> str:
    """The keyed index of the account that an applicant gave; empty where he gave none."""
    number = (declaration["applicant"].get("bank") or {}).get("account", "")
    return blind_index("account", number) if number else ""


def account_declared(case_id: str) -> QuerySet[Case, Any]:
    """For a subquery: that key for the case which a field of the outer query names."""
    rows = Case.objects.filter(pk=OuterRef(case_id))
    return rows.values("application__account_index")[:1]


def filed_as_relatives() -> QuerySet[Case]:
    """Every case that is filed as a near relative's."""
    return Case.objects.exclude(near_relative="")


def relatives_confirmed() -> set[UUID]:
    """Those of them that are confirmed."""
    confirmed = filed_as_relatives().filter(stage=Stage.CONFIRMED.value)
    return set(confirmed.values_list("pk", flat=True))


def cases_with(members: Q, at: dt.datetime, place: str = "") -> set[UUID]:
    """Accepted cases that are open, or ended after an instant, with a member who fits."""
    accepted = Case.objects.exclude(accepted_on=None)
    rows = accepted.filter(Q(ended_at=None) | Q(ended_at__gte=at))
    if place:
        rows = rows.filter(inside(place, "village_id"))
    who = Applied.objects.filter(members).values("application")
    return set(rows.filter(application__in=who).values_list("pk", flat=True))


def decisions_since(at: dt.datetime) -> list[UUID]:
    """The decisions made since an instant that stand."""
    made = Decision.objects.filter(at__gte=at, granted=True, set_aside_at=None)
    return list(made.order_by("at").values_list("pk", flat=True))
