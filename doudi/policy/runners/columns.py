"""The whole register by columns: the same formulas become SQL that DuckDB and Spark read alike.

`household` holds one row a household (`home`, `book`, the inputs of graph.py), `member` one row a
member (`home` and the inputs; kinds of income as income_by_kind_0 …). The formulas run over
expressions instead of numbers; each quantity becomes a column of the next table.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from doudi.policy import codes
from doudi.policy.book import Book
from doudi.policy.formula import HOUSEHOLD, MEMBER, Formula
from doudi.policy.graph import GRAPH, HOUSEHOLD_INPUTS, MEMBER_INPUTS, parameter_key
from doudi.policy.quantity import Expression, Members
from doudi.policy.runners.arrays import RESULTS, needed

TRUTHS = frozenset({"area_urban", "residential", "event_repeated", "serious_illness", "employed"})
KINDS = tuple(f"income_by_kind_{n}" for n in range(len(codes.INCOMES)))


class Sql(Expression):
    """A column or a calculation with columns; `truth`: it is true or false, no number."""

    def __init__(self, text: str, truth: bool = False) -> None:
        self.text, self.truth = text, truth

    def choose(self, when_true: Any, when_false: Any) -> Expression:
        """One of two values."""
        both = _is_truth(when_true) and _is_truth(when_false)
        a, b = (_truth if both else _number)(when_true), (_truth if both else _number)(when_false)
        return Sql(f"case when {_truth(self)} then {a} else {b} end", both)

    def least(self, other: Any) -> Expression:
        """The smaller."""
        return Sql(f"least({_number(self)}, {_number(other)})")

    def most(self, other: Any) -> Expression:
        """The larger."""
        return Sql(f"greatest({_number(self)}, {_number(other)})")

    def __add__(self, other: Any) -> "Sql":
        return Sql(f"({_number(self)} + {_number(other)})")

    def __radd__(self, other: Any) -> "Sql":
        return Sql(f"({_number(other)} + {_number(self)})")

    def __sub__(self, other: Any) -> "Sql":
        return Sql(f"({_number(self)} - {_number(other)})")

    def __rsub__(self, other: Any) -> "Sql":
        return Sql(f"({_number(other)} - {_number(self)})")

    def __mul__(self, other: Any) -> "Sql":
        return Sql(f"({_number(self)} * {_number(other)})")

    def __rmul__(self, other: Any) -> "Sql":
        return Sql(f"({_number(other)} * {_number(self)})")

    def __floordiv__(self, other: Any) -> "Sql":
        # Amounts stay below 2^53, where the nearest double never rounds a fraction up to a whole.
        return Sql(f"cast(floor({_number(self)} / {_number(other)}) as bigint)")

    def __lt__(self, other: Any) -> "Sql":
        return Sql(f"({_number(self)} < {_number(other)})", truth=True)

    def __le__(self, other: Any) -> "Sql":
        return Sql(f"({_number(self)} <= {_number(other)})", truth=True)

    def __gt__(self, other: Any) -> "Sql":
        return Sql(f"({_number(self)} > {_number(other)})", truth=True)

    def __ge__(self, other: Any) -> "Sql":
        return Sql(f"({_number(self)} >= {_number(other)})", truth=True)

    def __eq__(self, other: object) -> "Sql":  # type: ignore[override]
        return Sql(f"({_number(self)} = {_number(other)})", truth=True)

    def __and__(self, other: Any) -> "Sql":
        return Sql(f"({_truth(self)} and {_truth(other)})", truth=True)

    def __or__(self, other: Any) -> "Sql":
        return Sql(f"({_truth(self)} or {_truth(other)})", truth=True)

    __hash__ = None  # type: ignore[assignment]
    __rand__, __ror__ = __and__, __or__


class OfMembers(Members):
    """A quantity of the members as the household's formulas see it: summed, or anybody's."""

    def __init__(self, name: str, asked: set[tuple[str, str]]) -> None:
        self.name, self.asked = name, asked

    def total(self) -> Expression:
        """The sum over the members."""
        self.asked.add(("total", self.name))
        return Sql(f'"total_{self.name}"')

    def anybody(self) -> Expression:
        """Whether it holds for any member."""
        self.asked.add(("any", self.name))
        return Sql(f'"any_{self.name}"', truth=True)


def _is_truth(value: Any) -> bool:
    return value.truth if isinstance(value, Sql) else isinstance(value, bool)


def _number(value: Any) -> str:
    """A value as a whole number; true is 1."""
    if isinstance(value, Sql):
        return f"cast({value.text} as bigint)" if value.truth else value.text
    return f"cast({int(value)} as bigint)"


def _truth(value: Any) -> str:
    """A value as true or false; a number is true unless it is 0."""
    if isinstance(value, Sql):
        return value.text if value.truth else f"({value.text} <> 0)"
    return "true" if value else "false"


@dataclass(frozen=True)
class Table:
    """A table under a name, in this order; `kept`: worked out once, else wherever it is read.

    Writing a row of members down costs more than working its few columns out a second time.
    """

    name: str
    sql: str
    kept: bool


def tables(books: Sequence[Book], keep: Sequence[str] = RESULTS) -> list[Table]:
    """The tables that end in `found`: `home`, `book` and each quantity of `keep` that exists.

    `book` is each household's place in `books`, which are of one day.
    """
    return list(_Work(books, keep).tables())


class _Work:
    """Walks the formulas in stages: households' own, members', households' with sums, and on."""

    def __init__(self, books: Sequence[Book], keep: Sequence[str]) -> None:
        self.formulas = needed(books, keep)
        names = {f.name for f in self.formulas}
        self.keep = [name for name in keep if name in names]
        self.books = books
        self.values: dict[str, Any] = {}
        self.varying: dict[str, list[int]] = {}
        for formula in self.formulas:
            for argument in formula.arguments:
                if key := parameter_key(argument):
                    self.values[argument] = self._agreed(argument, [b.value(key) for b in books])
        self.truth: dict[str, bool] = {name: name in TRUTHS for name in _INPUTS}
        self.stage = _stages(self.formulas)
        own = [n for n in MEMBER_INPUTS if n != "income_by_kind"]
        self.columns = {
            HOUSEHOLD: ["home", "book", *HOUSEHOLD_INPUTS, *self.varying],
            MEMBER: ["home", *own, *KINDS],
        }

    def _agreed(self, name: str, values: list[Any]) -> Any:
        """A plain value where all books agree, else a column by the household's book."""
        if all(value == values[0] for value in values):
            return values[0]
        if isinstance(values[0], tuple):
            places = range(len(values[0]))
            return tuple(self._agreed(f"{name}_{n}", [v[n] for v in values]) for n in places)
        self.varying[name] = [int(value) for value in values]
        return Sql(f'"{name}"')

    def tables(self) -> Iterator[Table]:
        """The tables, each resting on earlier ones."""
        last = max(self.stage.values())
        yield Table("home_0", self._household_start(), kept=True)
        home, member = "home_0", "member"
        for stage in range(last + 1):
            if stage:
                asked: set[tuple[str, str]] = set()
                layers = list(self._layers(HOUSEHOLD, stage, asked))
                yield Table(f"sums_{stage}", _sums(member, asked, self.truth), kept=False)
                start = f"select h.*, {_sum_names(asked)} from {home} h join sums_{stage} s"  # noqa: S608
                start += " on s.home = h.home"
                yield Table(
                    f"home_{stage}", self._nested(start, layers, HOUSEHOLD, stage), kept=True
                )
                home = f"home_{stage}"
            spread = self._spread_to_members(stage)
            layers = list(self._layers(MEMBER, stage, set()))
            if layers:
                own = f"select m.*{spread} from {member} m join {home} h on h.home = m.home"  # noqa: S608
                yield Table(f"member_{stage}", self._nested(own, layers, MEMBER, stage), kept=False)
                member = f"member_{stage}"
        found = "".join(f', "{name}"' for name in self.keep)
        yield Table("found", f"select home, book{found} from {home}", kept=False)  # noqa: S608

    def _household_start(self) -> str:
        """The households with the parameters that differ between their books."""
        columns = "".join(
            f', case book {_cases(values)} end as "{name}"' for name, values in self.varying.items()
        )
        layers = list(self._layers(HOUSEHOLD, 0, set()))
        return self._nested(f"select *{columns} from household", layers, HOUSEHOLD, 0)  # noqa: S608

    def _spread_to_members(self, stage: int) -> str:
        """The household's columns that this stage's member formulas read and members lack yet."""
        ours = [f for f in self.formulas if f.level == MEMBER and self.stage[f.name] == stage]
        wanted = {a for f in ours for a in f.arguments if GRAPH.level.get(a) == HOUSEHOLD}
        wanted |= {name for f in ours for a in f.arguments for name in self._parts_of(a)}
        fresh = sorted(wanted - set(self.columns[MEMBER]))
        self.columns[MEMBER] += fresh
        return "".join(f', h."{name}"' for name in fresh)

    def _parts_of(self, argument: str) -> list[str]:
        return [n for n in self.varying if n == argument or n.startswith(f"{argument}_")]

    def _layers(
        self, level: str, stage: int, asked: set[tuple[str, str]]
    ) -> Iterator[list[tuple[str, str]]]:
        """Formulas of a stage in layers: each layer reads only what stands before it."""
        depth: dict[str, int] = {}
        found: dict[int, list[tuple[str, str]]] = {}
        for formula in self.formulas:
            if formula.level != level or self.stage[formula.name] != stage:
                continue
            depth[formula.name] = 1 + max((depth.get(a, 0) for a in formula.arguments), default=0)
            value = formula.function(*(self._argument(a, level, asked) for a in formula.arguments))
            self.truth[formula.name] = _is_truth(value)
            text = _truth(value) if _is_truth(value) else _number(value)
            found.setdefault(depth[formula.name], []).append((formula.name, text))
        yield from (found[place] for place in sorted(found))

    def _nested(
        self, start: str, layers: Sequence[Sequence[tuple[str, str]]], level: str, stage: int
    ) -> str:
        """A stage's table: its layers one in the other, then only what is read later."""
        sql = start
        for layer in layers:
            columns = "".join(f', {text} as "{name}"' for name, text in layer)
            sql = f"select *{columns} from ({sql}) t"  # noqa: S608
            self.columns[level] += [name for name, _text in layer]
        later = {"home", "book", *self.keep}
        for f in self.formulas:
            if self.stage[f.name] > stage or (level == HOUSEHOLD and f.level == MEMBER):
                later |= {*f.arguments, *(n for a in f.arguments for n in self._parts_of(a))}
        if "income_by_kind" in later:
            later |= set(KINDS)
        self.columns[level] = [name for name in self.columns[level] if name in later]
        kept = ", ".join(f'"{name}"' for name in self.columns[level])
        return f"select {kept} from ({sql}) t"  # noqa: S608

    def _argument(self, name: str, level: str, asked: set[tuple[str, str]]) -> Any:
        if name in self.values:
            return self.values[name]
        if name == "income_by_kind":
            return tuple(Sql(f'"{kind}"') for kind in KINDS)
        if level == HOUSEHOLD and GRAPH.level[name] == MEMBER:
            return OfMembers(name, asked)
        return Sql(f'"{name}"', self.truth[name])


_INPUTS = (*HOUSEHOLD_INPUTS, *MEMBER_INPUTS)


def _stages(formulas: Iterable[Formula]) -> dict[str, int]:
    """How often values must have gone from members to the household before a formula can run."""
    stage: dict[str, int] = {}
    for f in formulas:
        steps = [
            stage.get(a, 0) + (f.level == HOUSEHOLD and GRAPH.level.get(a) == MEMBER)
            for a in f.arguments
        ]
        stage[f.name] = max(steps, default=0)
    return stage


def _cases(values: Sequence[int]) -> str:
    return " ".join(f"when {n} then cast({v} as bigint)" for n, v in enumerate(values))


def _sums(member: str, asked: set[tuple[str, str]], truth: dict[str, bool]) -> str:
    columns = "".join(f", {_sum(kind, name, truth)}" for kind, name in sorted(asked))
    return f"select home{columns} from {member} group by home"  # noqa: S608


def _sum(kind: str, name: str, truth: dict[str, bool]) -> str:
    column = Sql(f'"{name}"', truth[name])
    if kind == "any":
        return f'bool_or({_truth(column)}) as "any_{name}"'
    return f'cast(sum({_number(column)}) as bigint) as "total_{name}"'


def _sum_names(asked: set[tuple[str, str]]) -> str:
    return ", ".join(f's."{kind}_{name}"' for kind, name in sorted(asked))
