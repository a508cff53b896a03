"""Model fields that are sealed at rest: plain goes in, `Sealed` comes out, `.open()` tells.

A value is bound to its table, column and row, so a model with sealed fields makes its primary key
itself (a UUID) before it is saved. Reading such a field never shows the value by accident: `str`,
`repr` and a template give dots.
"""

import json
import uuid
from typing import Any

from django.core import checks
from django.db import models

from doudi.vault.index import blind_index
from doudi.vault.seal import open_bytes, seal_bytes

DOTS = "•••"
EMPTY: tuple[Any, ...] = ("", None, {}, [])


class Token(bytes):
    """A value as the database keeps it, so that plain bytes are never taken for a sealed one."""


class Sealed:
    """A value that must be opened on purpose."""

    __slots__ = ("_aad", "_json", "_plain", "_token")

    def __init__(self, token: bytes | None, aad: str, as_json: bool, plain: Any = None) -> None:
        self._token, self._aad, self._json, self._plain = token, aad, as_json, plain

    def open(self) -> Any:
        """The plain value (text, or what JSON held); SealBroken when the seal does not hold."""
        if self._token is None:
            return self._plain
        text = open_bytes(self._token, self._aad).decode()
        return json.loads(text) if self._json else text

    def at_rest(self) -> bytes | None:
        """What the database keeps: the token, or nothing for an empty value."""
        if self._token is None and self._plain not in EMPTY:
            as_text = json.dumps(self._plain, ensure_ascii=False) if self._json else self._plain
            self._token = seal_bytes(str(as_text).encode(), self._aad)
        return self._token

    def prepare_database_save(self, field: models.Field) -> None:
        """Django refuses what has this in `update()`: there it would lie in the wrong row."""
        raise TypeError(f"{field.name} is sealed: save the row, never update()")

    def __bool__(self) -> bool:
        return self._token is not None or bool(self._plain)

    def __str__(self) -> str:
        return DOTS if self else ""

    __repr__ = __str__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and self.open() == other.open()

    __hash__ = None  # type: ignore[assignment]


class _Access:
    """Gives `Sealed` on reading; keeps what is written until it is saved."""

    def __init__(self, field: "SealedField") -> None:
        self.field = field

    def __get__(self, row: models.Model | None, owner: type) -> Any:
        if row is None:
            return self
        if self.field.attname not in row.__dict__:
            row.refresh_from_db(fields=[self.field.attname])
        stored = row.__dict__[self.field.attname]
        if isinstance(stored, Token):
            return Sealed(stored, self.field.place(row), self.field.as_json)
        return Sealed(None, self.field.place(row), self.field.as_json, stored)

    def __set__(self, row: models.Model, value: Any) -> None:
        if isinstance(value, bytes | memoryview) and not isinstance(value, Token):
            raise TypeError(f"{self.field.name} takes the plain value, not bytes")
        row.__dict__[self.field.attname] = value.open() if isinstance(value, Sealed) else value


class SealedField(models.BinaryField):
    """Text, sealed. Empty text and None are stored as NULL."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Sealed  # type: ignore[assignment]
    as_json = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"null": True, "editable": False}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for implied in ("null", "editable"):
            kwargs.pop(implied, None)
        return name, path, args, kwargs

    def contribute_to_class(
        self, cls: type[models.Model], name: str, private_only: bool = False
    ) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Access(self))

    def place(self, row: models.Model) -> str:
        """Table, column and row: the associated data of the seal.

        A row that waits to become another table's (`sealed_for`) is sealed for that place.
        """
        table = getattr(row, "sealed_for", row._meta.db_table)
        return f"{table}.{self.column}:{row.pk}"

    def pre_save(self, row: models.Model, add: bool) -> bytes | None:
        sealed: Sealed = getattr(row, self.attname)
        return sealed.at_rest()

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Token | None:
        """Marks what comes from the database as sealed."""
        return None if value is None else Token(value)

    def get_lookup(self, lookup_name: str) -> Any:
        """Only `isnull`: a sealed value is looked up by its blind index."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, Sealed | str | dict | list):
            # A Sealed comes here by bulk_update(), which would leave the blind index behind.
            raise TypeError(f"{self.name} is sealed: save the row, never update() or filter by it")
        return super().get_db_prep_value(value, connection, prepared)

    def check(self, **kwargs: Any) -> list[Any]:
        found = super().check(**kwargs)
        if not isinstance(self.model._meta.pk, models.UUIDField):
            found.append(checks.Error("sealed fields need a UUID primary key", obj=self))
        return found


class SealedJSONField(SealedField):
    """Whatever JSON can hold, sealed."""

    as_json = True


class BlindIndexField(models.CharField):
    """Filled from a sealed sibling at save; look rows up by `blind_index(kind, value)`.

    Whoever saves the sibling saves the index, whether `update_fields` names it or not.
    """

    def __init__(self, *args: Any, of: str = "", kind: str = "", **kwargs: Any) -> None:
        self.of, self.kind = of, kind
        kwargs |= {"max_length": 32, "editable": False, "null": True}
        kwargs.setdefault("db_index", not kwargs.get("unique"))
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for implied in ("max_length", "editable", "null"):
            kwargs.pop(implied, None)
        return name, path, args, kwargs | {"of": self.of, "kind": self.kind}

    def contribute_to_class(
        self, cls: type[models.Model], name: str, private_only: bool = False
    ) -> None:
        super().contribute_to_class(cls, name, private_only)
        plain = cls.save_base

        # Here and not in save(): Django narrows the fields of a deferred row only behind save().
        def save_base(row: models.Model, *args: Any, **kwargs: Any) -> None:
            wanted = kwargs.get("update_fields")
            if wanted and self.of in wanted and self.is_stale(row):
                kwargs["update_fields"] = frozenset({*wanted, self.name})
            plain(row, *args, **kwargs)

        setattr(cls, "save_base", save_base)  # noqa: B010  mypy: a method is not assigned

    def is_stale(self, row: models.Model) -> bool:
        """Whether the sealed value was written since the row was read (a deferred one was not)."""
        return self.of in row.__dict__ and not isinstance(row.__dict__[self.of], Token)

    def pre_save(self, row: models.Model, add: bool) -> str | None:
        if not self.is_stale(row):
            kept: str | None = getattr(row, self.attname)
            return kept
        stored = row.__dict__[self.of]
        value = blind_index(self.kind, str(stored)) if stored else None
        setattr(row, self.attname, value)
        return value


def new_id() -> uuid.UUID:
    """A key made before the row is saved."""
    return uuid.uuid4()
