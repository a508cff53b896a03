"""From rows to households, what is wrong with them, and why two amounts differ. Pure; whole fen."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from doudi.kernel.periods import full_years
from doudi.kernel.resident_id import birth_date, sex
from doudi.policy.book import Book, NotInForce, PolicyBook
from doudi.policy.facts import HouseholdFacts, Item
from doudi.policy.facts import Member as Counted
from doudi.policy.quantity import share
from doudi.policy.rules.standards import bands_of, basic_of
from doudi.policy.runners.arrays import columns_of, run

Shape = tuple[bool, int | None, tuple[tuple[int, bool], ...]]
ROUNDED_FEN = 100  # an old system that paid whole yuan differs by less


@dataclass(slots=True)
class Member:
    """One person of the table."""

    name: str
    id_number: str
    relation: str
    covered: bool
    severe: bool
    care: int
    phone: str


@dataclass(slots=True)
class Taken:
    """One household with its award, as the old system paid it last."""

    number: str
    row: int
    programme: str
    area: str
    village: str
    members: list[Member] = field(default_factory=list)
    income: int | None = None
    base: int = 0
    top_up: int = 0
    total: int | None = None
    start: str = ""
    holder: str = ""
    bank: str = ""
    account: str = ""
    klass: str = ""
    recheck: dt.date | None = None

    @property
    def covered(self) -> list[Member]:
        """Whom the award covers."""
        return [m for m in self.members if m.covered]

    @property
    def fen(self) -> int:
        """What was paid a month."""
        return self.base + self.top_up


def gather(values: Mapping[str, Any], row: int, into: dict[str, Taken]) -> Taken:
    """One row's person goes to the household; the head's row brings the money."""
    number = values["number"]
    home = into.get(number)
    if home is None:
        home = Taken(number, row, values["programme"], values["area"], values["village"])
        into[number] = home
    home.members.append(
        Member(
            values["name"],
            values["id_number"],
            values["relation"],
            values["covered"] != "no",
            values["severe"] == "yes",
            int(values["care"] or 0),
            values["phone"] or "",
        )
    )
    if values["relation"] == "self":
        _money(home, values)
    return home


def _money(home: Taken, values: Mapping[str, Any]) -> None:
    home.income, home.total = values["income"], values["total"]
    home.base, home.top_up = values["base"] or 0, values["top_up"] or 0
    home.start, home.bank = values["start"] or "", values["bank"] or ""
    home.holder, home.account = values["holder"] or values["name"], values["account"] or ""
    home.klass, home.recheck = values["klass"] or "", values["recheck"]


def faults_of(home: Taken) -> list[str]:
    """What is wrong inside one household."""
    heads = sum(m.relation == "self" for m in home.members)
    found = []
    if heads != 1:
        found.append("two_heads" if heads else "no_head")
    if home.total is not None and home.total != home.fen:
        found.append("sum")
    if heads == 1 and home.fen <= 0:
        found.append("no_amount")
    return found


@dataclass(frozen=True)
class Own:
    """What our own formula gives: base and top-ups."""

    base: int
    top_up: int

    @property
    def fen(self) -> int:
        """Both."""
        return self.base + self.top_up


KEPT = ("base_amount", "top_ups", "single_total")


def _tekun(home: Taken, book: Book) -> Own:
    care = sum(_care(book, m.care) for m in home.covered)
    return Own(basic_of(book) * len(home.covered) + care, 0)


class Formula:
    """Our own formula at one place on one day; households of one shape are worked out once.

    What the law looks at is in the shape: age in full years, sex, need, income, who is covered.
    """

    def __init__(self, book: Book, on: dt.date) -> None:
        self.book, self.on = book, on
        self._known: dict[Shape, Own] = {}

    def work_out(self, homes: Iterable[Taken]) -> None:
        """The households whose income is known, in one run over columns."""
        new = {self._shape(home): home for home in homes if _is_by_income(home)}
        asked = [(shape, home) for shape, home in new.items() if shape not in self._known]
        if not asked:
            return
        facts = [_facts(home, self.on) for _shape, home in asked]
        found = run(
            columns_of(facts, [self.book] * len(facts)),
            [self.book],
            np.zeros(len(facts), dtype=np.int64),
            KEPT,
        )
        rows = zip(*(found[name].tolist() for name in KEPT), strict=True)
        for (shape, home), (base, top_ups, single) in zip(asked, rows, strict=True):
            alone = home.programme == "single_person"
            self._known[shape] = Own(single, 0) if alone else Own(base, top_ups)

    def amount(self, home: Taken) -> Own | None:
        """By the law of the day; None where the income is not known."""
        if home.programme == "tekun":
            return _tekun(home, self.book)
        if home.income is None:
            return None
        shape = self._shape(home)
        if shape not in self._known:
            self.work_out([home])
        return self._known[shape]

    def _shape(self, home: Taken) -> Shape:
        people = tuple(
            (full_years(birth_date(m.id_number), self.on), m.severe) for m in home.members
        )
        return home.programme == "single_person", home.income, people


def _is_by_income(home: Taken) -> bool:
    return home.programme != "tekun" and home.income is not None


def _care(book: Book, level: int) -> int:
    shares = book.value("care.dispersed")
    return share(book.whole("care.minimum_wage"), shares[level]) if isinstance(shares, tuple) else 0


def _facts(home: Taken, on: dt.date) -> HouseholdFacts:
    """What an old system's table tells of a household; the rest as of somebody without more."""
    income = (Item("other", home.income),) if home.income else ()
    return HouseholdFacts(
        case=home.number,
        on=on,
        region=home.village[:9],
        area=home.area,
        setting="dispersed",
        members=tuple(_member(m, () if n else income) for n, m in enumerate(home.members)),
        money=0,
        vehicles=(),
        homes=(),
        companies=0,
        machines=0,
        permit=None,
        event=None,
    )


def _member(member: Member, income: tuple[Item, ...]) -> Counted:
    return Counted(
        name="",
        relation=member.relation,
        born=birth_date(member.id_number),
        sex=sex(member.id_number),
        disability_kind="none",
        disability_grade=0,
        serious_illness=member.severe,
        student="none",
        employed=False,
        excluded="none",
        supporter="able",
        self_care_failed=(),
        income=income,
        expenses=(),
    )


def differs(home: Taken, ours: Formula) -> bool:
    """Whether the old system's amount is known to be another than ours."""
    own = ours.amount(home)
    return own is not None and own.fen != home.fen


def difference(home: Taken, ours: Formula, others: Iterable[Formula]) -> str:
    """Why the old system's amount is not ours; a key of flow.WHYS."""
    own, book = ours.amount(home), ours.book
    if own is None:
        return "no_income"
    if own.fen == home.fen:
        return "equal"
    if abs(own.fen - home.fen) < ROUNDED_FEN:
        return "rounding"
    if any(_same(home, other) for other in others):
        return "standard"
    if own.base == home.base:
        return "top_up"
    heads = len(home.members)
    in_band = home.base % heads == 0 and home.base // heads in bands_of(book)
    if home.area == "rural" and own.top_up == home.top_up and in_band:
        return "band"
    is_basic = home.base == basic_of(book) * len(home.covered)
    return "care" if home.programme == "tekun" and is_basic else "unknown"


def _same(home: Taken, other: Formula) -> bool:
    own = other.amount(home)
    return own is not None and own.fen == home.fen


def books_besides(law: PolicyBook, book: Book, county: str, area: str) -> list[Book]:
    """The same place under every other standard that the pack knows."""
    starts = {r.since for r in law.all_rows if r.key == "dibao.standard" and r.area == area}
    found = []
    for day in sorted(starts):
        try:
            other = law.at(day, county, area)
        except NotInForce:
            continue
        if other.whole("dibao.standard") != book.whole("dibao.standard"):
            found.append(other)
    return found
