"""Declared against found: pure comparison, item by item; a difference is a question, no verdict."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from doudi.kernel.money import MoneyError, parse_yuan, plain_yuan

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """A declared value beside a found one. `verdict`: same, differs, or unknown."""

    path: str
    member: str
    label: str
    item: str
    declared: str
    found: str
    verdict: str


def compare(declaration: Json, report: Json) -> list[Difference]:
    """Every comparison that the report allows, person by person."""
    members = {m["key"]: m for m in declaration["members"]}
    found: list[Difference] = []
    for place, person in enumerate(report["persons"]):
        member = members[person["key"]]
        items = {line["item"]: line for line in person["items"]}
        for check in CHECKS:
            found += check(place, member, items, declaration)
    return found


def _answered(items: Json, code: str) -> list[Json] | None:
    line = items.get(code)
    if line is None or line["state"] not in ("record", "no_record"):
        return None
    return list(line["rows"])


def _fen(text: Any) -> int:
    try:
        return parse_yuan(str(text))
    except MoneyError:
        return 0


def _sum(rows: Iterable[Json], column: str) -> int:
    return sum(_fen(row.get(column, "0")) for row in rows)


def _declared_sum(member: Json, field: str, kinds: tuple[str, ...]) -> int:
    return sum(_fen(i["yuan"]) for i in member[field] if i["kind"] in kinds)


def _line(
    path: str, member: Json, label: str, item: str, declared: str, found: str | None
) -> Difference:
    verdict = "unknown" if found is None else "same" if declared == found else "differs"
    return Difference(path, member["key"], label, item, declared, found or "", verdict)


def _wages(place: int, member: Json, items: Json, declaration: Json) -> list[Difference]:
    rows = _answered(items, "G14")
    declared = _declared_sum(member, "income", ("wage",))
    if not declared and not rows:
        return []
    found = None if rows is None else plain_yuan(_sum(rows, "收入额"))
    path = f"members[{place}].income.wage"
    return [_line(path, member, "工资性收入（年）", "G14", plain_yuan(declared), found)]


def _pension(place: int, member: Json, items: Json, declaration: Json) -> list[Difference]:
    rows = _answered(items, "G06")
    declared = _declared_sum(member, "income", ("pension", "basic_pension_central"))
    if not declared and not rows:
        return []
    found = None if rows is None else plain_yuan(_sum(rows, "月待遇") * 12)
    path = f"members[{place}].income.pension"
    return [_line(path, member, "养老待遇（年）", "G06", plain_yuan(declared), found)]


def _medical(place: int, member: Json, items: Json, declaration: Json) -> list[Difference]:
    rows = _answered(items, "G10")
    declared = _declared_sum(member, "expenses", ("medical_own",))
    if not declared and not rows:
        return []
    found = None if rows is None else plain_yuan(_sum(rows, "个人自付"))
    path = f"members[{place}].expenses.medical_own"
    return [_line(path, member, "医疗自付（年）", "G10", plain_yuan(declared), found)]


def _disability(place: int, member: Json, items: Json, declaration: Json) -> list[Difference]:
    rows = _answered(items, "G24")
    declared = member["disability"]
    if not declared and not rows:
        return []
    written = f"{declared['kind']} {declared['grade']}" if declared else "无"
    found = None if rows is None else _certificate(rows)
    path = f"members[{place}].disability"
    return [_line(path, member, "残疾类别等级", "G24", written, found)]


KINDS = {
    "视力": "visual",
    "听力": "hearing",
    "言语": "speech",
    "肢体": "physical",
    "智力": "intellectual",
    "精神": "mental",
    "多重": "multiple",
}


def _certificate(rows: list[Json]) -> str:
    if not rows:
        return "无"
    row = rows[-1]
    return f"{KINDS.get(str(row.get('残疾类别')), '?')} {row.get('残疾等级')}"


def _counted(label: str, item: str, field: str) -> Any:
    """A check of how many things of a kind the register has against what the household declared."""

    def check(place: int, member: Json, items: Json, declaration: Json) -> list[Difference]:
        rows = _answered(items, item)
        own = declaration["property"][field] if member["key"] == "m1" else []
        if not own and not rows:
            return []
        found = None if rows is None else str(len(rows))
        return [_line(f"property.{field}", member, label, item, str(len(own)), found)]

    return check


CHECKS = (
    _wages,
    _pension,
    _medical,
    _disability,
    _counted("机动车", "G03", "vehicles"),
    _counted("房产", "G16", "homes"),
    _counted("经营主体", "G18", "companies"),
)
