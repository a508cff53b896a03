"""One-minute self-test: answers in ranges, the same rules at both ends, and how sure that makes us.

A screening, no decision and no law: it builds household facts and asks policy.assess.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from doudi.kernel.money import plain_yuan
from doudi.policy.assess import ORDER, Assessment, assess
from doudi.policy.book import Book
from doudi.policy.codes import OUTCOMES
from doudi.policy.facts import parse_household
from doudi.policy.finding import Finding
from doudi.policy.pack import Pack
from doudi.policy.wording import programme_name, sentence
from doudi.portal.cards import cited

MONTHLY = ("tekun", "dibao", "single_person")
STATUS = ("borderline", "expense_hardship")
ONCE = ("temporary_aid",)
# Kind of help: the programmes told, and those that make it as good. Whoever has monthly money has
# more than a status, so that a higher income never makes an answer likelier.
KINDS = {"monthly": (MONTHLY, MONTHLY), "status": (STATUS, MONTHLY + STATUS), "once": (ONCE, ONCE)}
ADULT = 40
NEAREST = 1000  # fen: an estimate is told in tens of yuan

Json = dict[str, Any]
Range = tuple[int, int]


@dataclass(frozen=True)
class Answers:
    """What was said. Sums in fen: income a month, costs and fees of twelve months."""

    persons: int
    minors: int
    elders: int
    areas: tuple[str, ...]
    income: Range
    illness: Range
    study: Range
    seriously_ill: bool
    disabled: tuple[bool, ...]  # both: not known
    savings: bool
    things: frozenset[str]
    events: frozenset[str]


@dataclass(frozen=True)
class Reason:
    """Why, in words, with the clause beneath."""

    words: str
    source: str


@dataclass(frozen=True)
class Answer:
    """One kind of help: how likely, which programmes, from and to how much a month (fen)."""

    kind: str
    level: str
    programmes: tuple[str, ...]
    least: int
    most: int
    at_best: tuple[Reason, ...]
    at_worst: tuple[Reason, ...]


def answer(answers: Answers, pack: Pack, on: dt.date, language: str) -> list[Answer]:
    """The kinds of help with how likely each is: monthly money, a status, aid once."""
    found = findings_of(answers, pack, on)
    monthly, status, once = (
        _answer(kind, found, (pack, language)) for kind in ("monthly", "status", "once")
    )
    # A status is worth telling only where one fits and the monthly money is not sure.
    told = status.programmes and monthly.level != "likely"
    return [monthly, status, once] if told else [monthly, once]


def findings_of(answers: Answers, pack: Pack, on: dt.date) -> list[Assessment]:
    """policy.assess at the kindest and the hardest end of the ranges, for each thing not known."""
    return [
        assess(parse_household(facts), pack.book.at(on, facts["region"], facts["area"]))
        for facts in households(answers, pack, on)
    ]


def households(answers: Answers, pack: Pack, on: dt.date) -> Iterable[Json]:
    """Facts as JSON: low income with high costs, and high income with low costs."""
    working = (True, False) if True in answers.disabled else (False,)
    for kind, area, disabled, employed in product(
        (True, False), answers.areas, answers.disabled, working
    ):
        if disabled or not employed:
            book = pack.book.at(on, min(pack.book.counties), area)
            yield _household(answers, book, (kind, disabled, employed))


def _household(answers: Answers, book: Book, case: tuple[bool, bool, bool]) -> Json:
    kind, disabled, employed = case
    low, high = (0, 1) if kind else (1, 0)
    members = _people(answers, book)
    earner, *others = _in_order(members)
    earner["income"] = [_sum("wage", answers.income[low] * 12)]
    earner["expenses"] = [
        _sum("medical_own", answers.illness[high]),
        _sum("tuition", answers.study[high]),
    ]
    if disabled:
        weak = others[0] if others else earner
        weak["disability"], weak["employed"] = {"kind": "physical", "grade": 1}, employed
        weak["supporter"] = "none" if "weak_alone" in answers.events else weak["supporter"]
    if answers.seriously_ill:
        ([*others[:2]] or [earner])[-1]["serious_illness"] = True
    return {
        "case": "自测",
        "on": book.on.isoformat(),
        "region": book.county + "000",
        "area": book.area,
        "setting": "dispersed",
        "members": [*members],
        "property": _property(answers, book, kind),
        "permit": None,
        "event": _event(answers, book, high),
    }


def _people(answers: Answers, book: Book) -> list[Json]:
    """Grown-ups, then the old, then the young; who has nobody is the last of the old or young."""
    elder = max(book.whole("top_up.elder_from"), book.whole("tekun.elder_from"))
    young = min(book.whole("top_up.minor_below"), book.whole("tekun.minor_below")) - 1
    grown = answers.persons - answers.elders - answers.minors
    ages = [ADULT] * grown + [elder] * answers.elders + [young] * answers.minors
    people = [_member(age, place, book.on) for place, age in enumerate(ages)]
    if "elder_alone" in answers.events and grown + answers.elders:
        alone = people[: grown + answers.elders][-1]
        alone["supporter"] = "none"
        if not answers.elders:
            alone["born"] = _born(book.whole("tekun.elder_from"), book.on)
    if "child_alone" in answers.events and answers.minors:
        people[-1]["supporter"] = "none"
    return people


def _in_order(members: list[Json]) -> list[Json]:
    """Who earns first: somebody who has support; the others keep their order."""
    return sorted(members, key=lambda m: bool(m["supporter"] == "none"))


def _member(age: int, place: int, on: dt.date) -> Json:
    return {
        "name": f"成员{place + 1}",
        "relation": "other" if place else "self",
        "born": _born(age, on),
        "sex": "female",
        "disability": None,
        "serious_illness": False,
        "student": "none",
        "employed": False,
        "excluded": None,
        "supporter": "able",
        "self_care_failed": [],
        "income": [],
        "expenses": [],
    }


def _born(age: int, on: dt.date) -> str:
    return dt.date(on.year - age, 1, 1).isoformat()


def _sum(kind: str, fen: int) -> Json:
    return {"kind": kind, "yuan": plain_yuan(fen)}


def savings_asked(book: Book, persons: int = 1) -> int:
    """The sum in fen from which savings are asked about: the limit of dibao."""
    years = book.whole("property.money_years")
    return persons * years * 12 * book.whole("dibao.standard")


def _property(answers: Answers, book: Book, kind: bool) -> Json:
    """Savings that were ticked lie just above either limit; at the kind end, above the lower."""
    year = 12 * book.whole("dibao.standard") * answers.persons
    key = "property.money_years" if kind else "property.money_years_borderline"
    homes = book.whole("property.homes") + 1 if "home" in answers.things else 0
    return {
        "money_yuan": plain_yuan(year * book.whole(key) + 1 if answers.savings else 0),
        "vehicles": [_sum("car", 0)] if "car" in answers.things else [],
        "homes": [{"kind": "owned", "square_metres": "0"}] * homes,
        "companies": [{}] if "company" in answers.things else [],
        "machines": [],
    }


def _event(answers: Answers, book: Book, high: int) -> Json | None:
    kinds = [k for k in ("urgent", "expenditure") if k in answers.events]
    if not kinds:
        return None
    day = book.on.isoformat()
    return {
        "kind": kinds[0],
        "cause": "自测",
        "on": day,
        "persons": answers.persons,
        "months": 1,
        "own_cost_yuan": plain_yuan(answers.illness[high] + answers.study[high]),
        "last_same_cause_on": day if "repeated" in answers.events else None,
    }


def _answer(kind: str, found: list[Assessment], told: tuple[Pack, str]) -> Answer:
    shown, group = KINDS[kind]
    ends = sorted(found, key=lambda a: (_outcome(a, group), _monthly(a, group)))
    monthly = [fen for fen in (_monthly(a, shown) for a in ends) if fen] or [0]
    return Answer(
        kind=kind,
        level=level(found, group),
        programmes=_programmes(found, shown, told[1]),
        least=_near(min(monthly)),
        most=_near(max(monthly)),
        at_best=_reasons(ends[-1], kind, told),
        at_worst=_reasons(ends[0], kind, told),
    )


def level(found: list[Assessment], group: tuple[str, ...]) -> str:
    """likely when eligible at every end, unlikely when at none even for review, else possible."""
    outcomes = [_outcome(a, group) for a in found]
    if min(outcomes) == OUTCOMES.index("eligible"):
        return "likely"
    return "possible" if max(outcomes) else "unlikely"


def _outcome(assessment: Assessment, group: tuple[str, ...]) -> int:
    return max(OUTCOMES.index(f.outcome) for f in _of(assessment, group))


def _monthly(assessment: Assessment, group: tuple[str, ...]) -> int:
    return max(f.monthly or 0 for f in _of(assessment, group))


def _of(assessment: Assessment, group: tuple[str, ...]) -> list[Finding]:
    """The findings of a group, the first in the order of the programmes first."""
    return [f for p in ORDER if p in group for f in [assessment.finding(p)] if f is not None]


def _programmes(found: list[Assessment], group: tuple[str, ...], language: str) -> tuple[str, ...]:
    """The programmes that fit at any end."""
    fit = {f.programme for a in found for f in _of(a, group) if f.outcome != "ineligible"}
    return tuple(programme_name(p, language) for p in ORDER if p in fit)


def _reasons(assessment: Assessment, kind: str, told: tuple[Pack, str]) -> tuple[Reason, ...]:
    """Why at this end: of what is told where it fits, else of what is better, else of dibao."""
    pack, language = told
    shown, group = KINDS[kind]
    findings = [*_of(assessment, shown), *_of(assessment, group)]
    fitting = sorted(findings, key=lambda f: -OUTCOMES.index(f.outcome))[0]
    if fitting.outcome == "ineligible":
        fitting = next((f for f in findings if f.programme == "dibao"), fitting)
    return tuple(
        Reason(sentence(r.code, r.values, language), cited(pack, r.document, r.article, language))
        for r in fitting.reasons
    )


def _near(fen: int) -> int:
    """To the nearest ten yuan."""
    return (fen + NEAREST // 2) // NEAREST * NEAREST


def figures(pack: Pack, on: dt.date) -> Mapping[str, int]:
    """The figures that the questions name, of the day; sums in whole yuan a head."""
    county = min(pack.book.counties)
    books = [pack.book.at(on, county, area) for area in ("urban", "rural")]
    keys = ("top_up.minor_below", "top_up.elder_from", "tekun.elder_from", "tekun.minor_below")
    named = {key.replace(".", "_"): books[0].whole(key) for key in keys}
    months = books[0].whole("temporary.same_cause_months")
    return {**named, "months": months, "savings": min(map(savings_asked, books)) // 100}
