"""Our values in the province's words and back, and what differs; pure."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from doudi.kernel.money import plain_yuan
from doudi.province.flow import DIFFERS, ONLY_OURS, ONLY_THEIRS, Column, Template

Row = dict[str, str]
YUAN = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")


def to_theirs(template: Template, ours: Mapping[str, Any]) -> Row:
    """A row as the province reads it; KeyError names a code that the template does not know."""
    return {column.heading: _value(column, ours[column.ours]) for column in template.columns}


def _value(column: Column, value: Any) -> str:
    if column.codes:
        return column.codes[str(value)]
    if column.kind == "yuan":
        return plain_yuan(int(value))
    return str(value).replace("-", "") if column.kind == "month" else str(value)


def plain(column: Column, text: str) -> str:
    """The province's text in one spelling, so that 1670 and 1670.00 do not differ."""
    text = text.strip()
    if column.kind == "yuan" and YUAN.fullmatch(text):
        return f"{Decimal(text):.2f}"
    if column.kind == "month":
        return re.sub(r"[^0-9]", "", text)[:6]
    return text.upper() if column.ours == "id_number" else text


def differences(
    template: Template, ours: Iterable[Row], theirs: Iterable[Row]
) -> list[tuple[str, str, str, str, str]]:
    """Key, kind, heading, our value, their value; whoever is on one side only has one line."""
    here = {row[template.key]: row for row in ours}
    there = {row[template.key].strip(): row for row in theirs}
    told = []
    for key in sorted(here.keys() | there.keys()):
        if key not in there:
            told.append((key, ONLY_OURS, "", "", ""))
        elif key not in here:
            told.append((key, ONLY_THEIRS, "", "", ""))
        else:
            told += _of_row(template, here[key], there[key])
    return told


def _of_row(template: Template, ours: Row, theirs: Row) -> list[tuple[str, str, str, str, str]]:
    key = ours[template.key]
    pairs = [
        (c.heading, plain(c, ours[c.heading]), plain(c, theirs[c.heading]))
        for c in template.columns
        if c.compare
    ]
    return [(key, DIFFERS, heading, one, other) for heading, one, other in pairs if one != other]
