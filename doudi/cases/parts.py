"""Everything recorded with a case, by one query, however long its story is."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from django.db import connection, models
from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.functions import JSONObject

from doudi.cases.models import (
    Appraisal,
    Assessment,
    Case,
    Conference,
    Decision,
    HomeVisit,
    Objection,
    Opinion,
    Panel,
    Pause,
    PublicNotice,
    RelativeMark,
    Step,
    Supplement,
)
from doudi.vault.fields import SealedField, Token

KINDS: dict[str, type[models.Model]] = {
    kind.__name__: kind
    for kind in (
        Step,
        Pause,
        Supplement,
        HomeVisit,
        Appraisal,
        Assessment,
        Panel,
        Conference,
        Opinion,
        PublicNotice,
        Objection,
        RelativeMark,
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


def as_json(kind: type[models.Model], rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Name of the table and each row as JSON: such readings of different tables can be joined."""
    columns = {
        field.attname: Hex(F(field.attname)) if isinstance(field, SealedField) else field.attname
        for field in kind._meta.concrete_fields
    }
    return rows.order_by().values_list(Value(kind.__name__), JSONObject(**columns))


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
