"""What a form may print: its fields, what is missing, and nothing beyond them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Field:
    """One field: what it is, whether a filled form needs it, and the parts of a group or row."""

    about: str
    required: bool = True
    parts: Mapping[str, str] = field(default_factory=dict)


def need(about: str, **parts: str) -> Field:
    """A field without which the filled form is incomplete."""
    return Field(about, True, parts)


def may(about: str, **parts: str) -> Field:
    """A field that may stay empty."""
    return Field(about, False, parts)


@dataclass(frozen=True)
class Form:
    """A print form: `code` of the office, `template` in the pack, titles, fields, a sample."""

    code: str
    template: str
    title: str
    title_en: str
    fields: Mapping[str, Field]
    sample: Mapping[str, Any]
    sample_en: Mapping[str, Any] = field(default_factory=dict)  # laid over `sample`

    @property
    def languages(self) -> tuple[str, ...]:
        """Chinese always, English where the form has a variant."""
        return ("zh", "en") if self.sample_en else ("zh",)


# Understood by every form; fen become yuan and 大写 on their way to the paper (see typst.py).
COMMON = {
    "blank": may("真：打印空表"),
    "demo": may("真：每页印“演示数据”"),
    "language": may("zh 或 en"),
    "qr_text": may("二维码的内容"),
    "qr_texts": may("几个二维码的内容，按顺序"),
}
CASE_NUMBER = {"case_number": need("办件编号")}


def allowed(form: Form, data: Mapping[str, Any]) -> dict[str, Any]:
    """Only what the form lists: a value it does not name can never reach the paper."""
    known = {**COMMON, **form.fields}
    return {name: _parts(known[name], value) for name, value in data.items() if name in known}


def missing_fields(form: Form, data: Mapping[str, Any]) -> list[str]:
    """Names of the required fields that `data` does not fill, in the order of the form."""
    known = {**COMMON, **form.fields}
    return [n for n, f in known.items() if f.required and data.get(n) in (None, "", [], {})]


def _parts(known: Field, value: Any) -> Any:
    if not known.parts:
        return _words(value)
    if isinstance(value, Mapping):
        return {name: part for name, part in value.items() if name in known.parts}
    if isinstance(value, list | tuple):
        return [_parts(known, row) for row in value if isinstance(row, Mapping)]
    return None


def _words(value: Any) -> Any:
    """A single value or a list of sentences; a group where none is foreseen is dropped."""
    if isinstance(value, Mapping):
        return None
    if isinstance(value, list | tuple):
        return [part for part in value if isinstance(part, str | int)]
    return value
