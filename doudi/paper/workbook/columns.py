"""A table as data: its columns, what a row becomes, and what is wrong with a cell."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from doudi.kernel.sentences import Sentence, Value
from doudi.paper.workbook.wording import FAULTS, REFUSALS


@dataclass(frozen=True)
class Column:
    """One column: `kind` is a key of cells.KINDS; `codes` maps the words of a list to its codes.

    `synonyms` are other headings that offices use; blanks, brackets and width never matter.
    """

    key: str
    heading: str
    kind: str = "text"
    required: bool = False
    synonyms: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    example: str = ""
    longest: int = 100
    width: int = 14

    @property
    def offered(self) -> list[str]:
        """The first word of each code: what a list shows."""
        first: dict[str, str] = {}
        for words, code in self.codes.items():
            first.setdefault(code, words)
        return list(first.values())


@dataclass(frozen=True)
class Table:
    """A table that can be imported: its title and columns."""

    key: str
    title: str
    columns: tuple[Column, ...]

    def column(self, key: str) -> Column:
        """The column of a key."""
        return next(column for column in self.columns if column.key == key)


@dataclass(frozen=True)
class Fault:
    """Why a cell (or a row, without a heading) is not taken; never carries what stands in it."""

    row: int
    column: str  # the letter that Excel shows; "" for the whole row
    heading: str
    code: str
    reason: Sentence
    advice: Sentence


@dataclass(frozen=True)
class Row:
    """One row under the headings: values by column key (None where blank or wrong)."""

    number: int
    values: dict[str, Any]
    faults: tuple[Fault, ...]
    letters: Mapping[str, str]

    def fault(self, column: Column, code: str, **values: Value) -> Fault:
        """A fault of this row that only the caller can know."""
        return fault(self.number, self.letters.get(column.key, ""), column.heading, code, **values)

    def whole(self, code: str, **values: Value) -> Fault:
        """A fault of the row as a whole."""
        return fault(self.number, "", "", code, **values)


class WorkbookRefused(ValueError):
    """The whole file is sent back: `code` is stable, `reason` and `advice` are for the screen."""

    def __init__(self, code: str, **values: Value) -> None:
        reason, advice = REFUSALS[code]
        self.code, self.reason, self.advice = (
            code,
            Sentence(reason, **values),
            Sentence(advice, **values),
        )
        super().__init__(str(self.reason))

    @property
    def sentence(self) -> Sentence:
        """Reason and advice in one."""
        return Sentence("{reason}。{advice}。", reason=[self.reason], advice=[self.advice])


def fault(row: int, letter: str, heading: str, code: str, **values: Value) -> Fault:
    """A fault in the words of its code."""
    reason, advice = FAULTS[code]
    return Fault(row, letter, heading, code, Sentence(reason, **values), Sentence(advice, **values))


BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】")
NOISE = re.compile(r"[\s*:.,、_/\\|-]+")


def plain_heading(text: str) -> str:
    """A heading without width, blanks, brackets and marks: what two headings are compared by."""
    thin = BRACKETS.sub("", unicodedata.normalize("NFKC", text))
    return NOISE.sub("", thin).lower()


def letter(column: int) -> str:
    """0 → A, 26 → AA: as Excel names a column."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
