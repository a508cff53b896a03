"""Urgent aid's small calculations: who is on duty, what is suggested, who may sign, a typed list.

No tables here; whole fen.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from doudi.kernel.money import MoneyError, parse_yuan, plain_yuan, yuan_text
from doudi.kernel.resident_id import ResidentIdError, parse
from doudi.kernel.sentences import Sentence
from doudi.policy.book import Book, Row
from doudi.policy.rules.temporary_aid import urgent_amount
from doudi.policy.rules.yearly import Year
from doudi.urgent.flow import GIVEN, PAPERS

ONE_DAY = dt.timedelta(days=1)
MOST_PEOPLE = 500
MOST_FEN = 100_000_00


class Shift(Protocol):
    """What the roster says in one line."""

    weekday: int | None
    day: dt.date | None
    from_hour: int
    to_hour: int
    order: int


SomeShift = TypeVar("SomeShift", bound=Shift)


def on_duty(shifts: Sequence[SomeShift], at: dt.datetime) -> list[SomeShift]:
    """The shifts of one region that cover the instant, in their order (`at` in China's time)."""
    special = {s.day for s in shifts if s.day}
    hit = [s for s in shifts if any(_covers(s, day, at, special) for day in _days(at))]
    return sorted(hit, key=lambda s: (s.order, s.from_hour))


def _days(at: dt.datetime) -> tuple[dt.date, dt.date]:
    return at.date(), at.date() - ONE_DAY


def _covers(shift: Shift, day: dt.date, at: dt.datetime, special: set[dt.date]) -> bool:
    """Whether the shift, begun on `day`, covers the instant."""
    mine = shift.day == day if shift.day else (shift.weekday == day.weekday())
    if not mine or (not shift.day and day in special):
        return False
    hours = at.hour + 24 * (at.date() - day).days
    end = shift.to_hour if shift.to_hour > shift.from_hour else shift.to_hour + 24
    return shift.from_hour <= hours < end


@dataclass(frozen=True)
class Line:
    """One line of an explanation: what, how much, and for a value of the law where it stands."""

    label: str
    label_en: str
    value: str
    document: str = ""
    article: str = ""
    confidence: str = ""


@dataclass(frozen=True)
class Suggestion:
    """What the formula proposes (R10), and how far town and county may sign; people decide."""

    fen: int
    limit_fen: int
    most_fen: int
    lines: tuple[Line, ...]


def suggest(book: Book, own_cost_fen: int | None) -> Suggestion:
    """Own cost, at most so many urban standards; where the cost is not known, that most (R10)."""
    standard = book.whole("temporary.urban_standard")
    months = book.whole("temporary.urgent_months")
    most = standard * months
    fen = urgent_amount.function(most if own_cost_fen is None else own_cost_fen, standard, months)
    limit = standard * book.whole("urgent.town_times")
    above = book.whole("temporary.county_limit")
    cost = "—" if own_cost_fen is None else yuan_text(own_cost_fen)
    lines = (
        Line("眼下要自付的", "own cost", cost),
        _line(book.parameter("temporary.urban_standard"), yuan_text(standard)),
        _line(book.parameter("temporary.urgent_months"), str(months)),
        Line("建议金额", "suggested", yuan_text(int(fen))),
        _line(book.parameter("urgent.town_times"), str(book.whole("urgent.town_times"))),
        Line("镇（街道）可签批到", "the town may sign up to", yuan_text(limit)),
        _line(book.parameter("temporary.county_limit"), yuan_text(above)),
    )
    return Suggestion(int(fen), limit, above, lines)


def _line(row: Row, value: str) -> Line:
    return Line(row.label, row.label_en, value, row.document, row.article, row.confidence)


def level_for(amount_fen: int, limit_fen: int, *, is_over_year: bool = False) -> str:
    """Who has to sign: the town up to its limit, the county above it or above the year's."""
    return "town" if amount_fen <= limit_fen and not is_over_year else "county"


def above_county(most_fen: int) -> Sentence:
    """Why an advance ends at the county's limit: a conference sits on a case, with its papers."""
    text = "先行救助不超过县（区）审批限额{most}元；还要多给的，由镇里按申请办理，一事一议"
    return Sentence(text, most=yuan_text(most_fen))


def year_lines(year: Year) -> tuple[Line, ...]:
    """What the household had this year for the cause, beside the limits of the pack (R41)."""
    times, much = year.rows
    given = f"{year.times} · {yuan_text(year.given)}"
    return (
        Line("今年同一事由已给（次数 · 元）", "this year for the cause (times · yuan)", given),
        _line(times, str(year.most_times)),
        _line(much, yuan_text(year.most)),
    )


def papers_for(kind: str, manner: str) -> list[str]:
    """What has to be made up after the relief; cash is signed for when it is handed over."""
    general = [p for p in PAPERS[""] if manner == "account" or p != "收款凭证"]
    return [*general, *PAPERS[kind]]


@dataclass(frozen=True)
class Entry:
    """One person of a list as it was typed."""

    name: str
    id_number: str = ""
    origin: str = ""
    given: tuple[str, ...] = ()
    fen: int = 0

    def row(self) -> str:
        """The line again, so that nothing typed is lost."""
        words = "、".join(GIVEN[g] for g in self.given)
        amount = plain_yuan(self.fen) if self.fen else ""
        return "\t".join((self.name, self.id_number, self.origin, words, amount))


# The words people type for what was given; anything else is taken for the home place.
WORDS = {
    **dict.fromkeys(("住", "住宿", "宿", "安置"), "bed"),
    **dict.fromkeys(("吃", "饮食", "食品", "吃饭", "餐", "用餐"), "food"),
    **dict.fromkeys(("路费", "返乡路费", "车费", "车票", "返乡"), "fare"),
    **dict.fromkeys(("实物", "衣被", "棉被", "衣被等实物", "物资"), "goods"),
}
NUMBER = re.compile(r"[1-9][0-9]{16}[0-9Xx]")
AMOUNT = re.compile(r"[0-9][0-9,]*(?:\.[0-9]{1,2})?元?")
SPLIT = re.compile(r"[\t,，;；|]+| +")
NAME = re.compile(r"[\u3400-\u9fff·•A-Za-z][\u3400-\u9fff·•A-Za-z. ]{0,39}")


def read_list(
    text: str, default: tuple[str, ...], fen: int, on: dt.date, *, demo: bool
) -> tuple[list[Entry], dict[int, str]]:
    """A pasted or typed list, one person a line: the entries, and what is wrong by line.

    A line begins with the name; an ID number, a home place, what was given and an amount may
    follow in any order. `default` and `fen` stand where a line does not say.
    """
    found, wrong = [], {}
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    for number, line in lines[:MOST_PEOPLE]:
        try:
            found.append(_entry(line, default, fen, on, demo))
        except (ResidentIdError, MoneyError, ValueError) as error:
            wrong[number] = str(error)
    if len(lines) > MOST_PEOPLE:
        wrong[lines[MOST_PEOPLE][0]] = Sentence(
            "一次最多登记{most}人，请分几次登记", most=MOST_PEOPLE
        )
    return found, wrong


def _entry(line: str, default: tuple[str, ...], fen: int, on: dt.date, demo: bool) -> Entry:
    name, *rest = [w for w in SPLIT.split(unicodedata.normalize("NFKC", line).strip()) if w]
    if re.fullmatch(r"[0-9]{1,3}[.、]?", name) and rest:
        name, *rest = rest  # the line carries its own number
    if not NAME.fullmatch(name):
        raise ValueError("每行先写姓名")
    id_number, origin, given, amount = "", "", default, fen
    for word in rest:
        if NUMBER.fullmatch(word):
            id_number = parse(word, on=on, demo=demo)
        elif AMOUNT.fullmatch(word):
            amount = parse_yuan(word.replace(",", "").removesuffix("元"))
        elif things := _given(word):
            given = things
        else:
            origin = f"{origin}{word}"[:60]
    if amount > MOST_FEN:
        raise ValueError("每人金额写得太大，请核对")
    return Entry(name, id_number, origin, given, amount)


def _given(word: str) -> tuple[str, ...]:
    """住宿、饮食 → bed, food; nothing for a word that names a place."""
    parts = re.split("[、和/+]", word)
    known = [WORDS[part] for part in parts if part in WORDS]
    return tuple(dict.fromkeys(known)) if len(known) == len(parts) else ()


def doubled(entries: Iterable[Entry], seen_names: set[str], seen_numbers: set[str]) -> list[bool]:
    """Which entries stand on the list already: the same number, or the same name without one."""
    names, numbers, marks = set(seen_names), set(seen_numbers), []
    for entry in entries:
        by_number = bool(entry.id_number) and entry.id_number in numbers
        by_name = entry.name in names and not entry.id_number
        marks.append(by_number or by_name)
        names.add(entry.name)
        numbers.add(entry.id_number)
    return marks


def known_declaration(known: Mapping[str, Any]) -> dict[str, Any]:
    """The shape of a declaration (doors fill in the rest) with what a call has told already."""
    person = {key: known[key] for key in ("name", "id_number", "phone")}
    bank = {"bank": known["bank"], "account": known["account"], "holder": known["name"]}
    applicant = person | dict.fromkeys(APPLICANT, "")
    applicant |= {"permit": None, "bank": bank if known["account"] else None}
    first = person | {"key": "m1", "relation": "self", "serious_illness": known["ill"]}
    first |= {"disability": None, "illness": "", "student": "none", "school": ""}
    first |= {"employed": False, "excluded": None, "supporter": "able"}
    first |= {"self_care_failed": [], "income": [], "expenses": []}
    things: dict[str, Any] = {key: [] for key in ("vehicles", "homes", "companies", "machines")}
    return {
        "applicant": applicant,
        "members": [first],
        "property": things | {"money_yuan": "0.00"},
        "causes": [],
        "reason": "",
        "helper": None,
        "setting": "dispersed",
        "event": None,
    }


APPLICANT = ("region", "address", "registered_region", "registered_address", "area")
