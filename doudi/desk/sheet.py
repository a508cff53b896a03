"""Facts as lines one can read: what was declared, what counts now, and where it comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from doudi.desk import words
from doudi.kernel.money import MoneyError, parse_yuan, yuan_text
from doudi.vault.masking import mask_name

Json = Mapping[str, Any]
OF_MEMBER = (
    "income",
    "expenses",
    "disability",
    "serious_illness",
    "student",
    "employed",
    "supporter",
    "self_care_failed",
    "special",
    "excluded",
)
QUIET = {"self_care_failed", "special", "excluded"}  # shown only when there is something to say
OF_PROPERTY = ("money_yuan", "vehicles", "homes", "companies", "machines")
KINDS = {
    "income": words.INCOMES,
    "expenses": words.EXPENSES,
    "vehicles": words.VEHICLES,
    "homes": words.HOMES,
}
WORDS = {
    "student": words.STUDENTS,
    "supporter": words.SUPPORTERS,
    "excluded": words.EXCLUSIONS,
    "special": words.SPECIAL,
    "relation": words.RELATIONS,
}


@dataclass(frozen=True)
class Line:
    """One fact: its path, both texts, and the origin of the one that counts."""

    path: str
    label: str
    declared: str
    now: str
    origin: str
    clause: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether something else counts than what was declared."""
        return self.now != self.declared

    @property
    def origin_word(self) -> str:
        """申报, 核对 or 入户."""
        return str(words.ORIGINS.get(self.origin, self.origin))


@dataclass(frozen=True)
class Person:
    """A member with the lines about him."""

    key: str
    place: int
    name: str
    relation: str
    born: str
    lines: tuple[Line, ...]


def spoken(field: str, value: Any) -> str:
    """The value of a field as people write it."""
    if field == "money_yuan":
        return money(value)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if field == "disability":
        return _disability(value)
    if field == "self_care_failed":
        return "、".join(str(words.SELF_CARE.get(w, w)) for w in value or ()) or _("无")
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ";".join(_item(field, item) for item in value) or _("无")
    return str(WORDS.get(field, {}).get(value, value or _("无")))


def money(text: Any) -> str:
    """Yuan as the facts write them, as the screen writes them."""
    try:
        return yuan_text(parse_yuan(str(text)))
    except MoneyError:
        return str(text)


def compared(path: str, text: str) -> str:
    """A value as the comparison writes it, as people write it: visual 2 → 视力残疾二级."""
    kind, _blank, grade = text.partition(" ")
    if path.endswith(".disability") and grade.isdigit() and kind in words.DISABILITIES:
        return _disability({"kind": kind, "grade": grade})
    return money(text) if "." in text else text


def _disability(value: Json | None) -> str:
    if not value:
        return _("无")
    kind = words.DISABILITIES.get(value["kind"], value["kind"])
    grade = words.GRADES[int(value["grade"]) - 1]
    return _("%(kind)s残疾%(grade)s") % {"kind": kind, "grade": grade}


def _item(field: str, item: Any) -> str:
    if not isinstance(item, Mapping):
        return str(item)
    kind = KINDS.get(field, {}).get(item.get("kind", ""), item.get("kind", _("一项")))
    if "yuan" in item:
        return f"{kind} {money(item['yuan'])}"
    if "square_metres" in item:
        return f"{kind} {money(item['square_metres']).removesuffix('.00')}㎡"
    return str(kind)


def persons(declaration: Json, facts: Json, origins: Mapping[str, str]) -> list[Person]:
    """The members in the order of the declaration; without facts (not yet accepted) as declared."""
    counted = facts.get("members") or declaration["members"]
    pairs = zip(declaration["members"], counted, strict=False)
    return [_person(n, own, now, origins) for n, (own, now) in enumerate(pairs)]


def _person(place: int, own: Json, now: Json, origins: Mapping[str, str]) -> Person:
    lines = [_line(f"members[{place}].{f}", f, own, now, origins) for f in OF_MEMBER]
    loud = [ln for ln, f in zip(lines, OF_MEMBER, strict=True) if _is_loud(f, own, now)]
    return Person(
        key=own["key"],
        place=place,
        name=mask_name(own["name"]),
        relation=str(words.RELATIONS.get(own["relation"], own["relation"])),
        born=str(now.get("born", "")),
        lines=tuple(loud),
    )


def _is_loud(field: str, own: Json, now: Json) -> bool:
    return field not in QUIET or bool(own.get(field) or now.get(field))


def property_lines(declaration: Json, facts: Json, origins: Mapping[str, str]) -> list[Line]:
    """What the household owns."""
    own = declaration["property"]
    now = facts.get("property") or own
    return [_line(f"property.{f}", f, own, now, origins) for f in OF_PROPERTY]


def _line(path: str, field: str, own: Json, now: Json, origins: Mapping[str, str]) -> Line:
    return Line(
        path=path,
        label=str(words.FIELDS[field]),
        declared=spoken(field, own.get(field)),
        now=spoken(field, now.get(field)),
        origin=origins.get(path, "declared"),
    )
