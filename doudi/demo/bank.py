"""A bank outside the house: it reads files, keeps its own book, and fails as banks do, by a seed.

It trusts its customers: a file that comes twice is paid twice. That nobody is paid twice must be
the house's doing, so this bank does not help. What it can do wrong: lose a file, lose the answer,
let a file hang on the way, be away, answer late, in part or twice, and return what it had paid.
"""

import datetime as dt
import json
import os
import random
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from doudi.benefits.channels.base import BankAway, Order, Result
from doudi.kernel.money import parse_yuan

LONGEST = dt.timedelta(minutes=25)  # a file hangs for less than the quiet time


@dataclass(frozen=True)
class Faults:
    """How often out of a hundred each thing goes wrong."""

    lost_file: int = 0
    lost_answer: int = 0
    hangs: int = 0
    away: int = 0
    silent: int = 0
    late_return: int = 0
    refused: int = 0


NONE = Faults()
BAD_DAY = Faults(15, 20, 15, 15, 30, 8, 12)


@dataclass
class Entry:
    """One line of the bank's book: an order from one arrival of a file."""

    reference: str
    account: str
    fen: int
    status: str  # paid | returned
    reason: str = ""
    was_paid: bool = False  # came back only after it had been paid
    told: bool = False


@dataclass
class Book:
    """Arrivals and entries; with a path every change is on disk before it is answered."""

    path: Path | None = None
    entries: list[Entry] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)

    def load(self) -> None:
        """After a kill: what was acknowledged is there; a torn last line was not."""
        if self.path is None or not self.path.exists():
            return
        for line in self.path.read_text().splitlines():
            try:
                told = json.loads(line)
            except ValueError:
                continue
            self.numbers.append(told["number"])
            self.entries += [Entry(**entry) for entry in told["entries"]]

    def write(self, number: str, entries: list[Entry]) -> None:
        """One arrival, whole or not at all."""
        if self.path is not None:
            with self.path.open("a") as file:
                told = {"number": number, "entries": [asdict(e) for e in entries]}
                file.write("\n" + json.dumps(told) + "\n")
                file.flush()
                os.fsync(file.fileno())
        self.numbers.append(number)
        self.entries += entries


class FaultyBank:
    """The bank itself; `now` is its clock, so that files can hang."""

    def __init__(
        self, seed: int, faults: Faults, now: Callable[[], dt.datetime], book: Book | None = None
    ) -> None:
        self.dice = random.Random(seed)
        self.faults, self.now, self.book = faults, now, book or Book()
        self.hanging: list[tuple[dt.datetime, str, str]] = []
        self.book.load()

    def _happens(self, share: int) -> bool:
        return self.dice.randrange(100) < share

    def send(self, number: str, file: str, orders: list[Order]) -> None:
        """Takes the text alone; `orders` belong to the customer."""
        self._wake()
        if self._happens(self.faults.lost_file):
            raise BankAway("lost on the way")
        if self._happens(self.faults.hangs):
            wait = LONGEST * self.dice.random()
            self.hanging.append((self.now() + wait, number, file))
            raise BankAway("no answer in time")
        self.take(number, file)
        if self._happens(self.faults.lost_answer):
            raise BankAway("the answer is lost")

    def received(self, number: str) -> bool:
        """Whether the file has arrived by now."""
        self._wake()
        return number in self.book.numbers

    def results(self, end_to_end_ids: Sequence[str]) -> list[Result]:
        """In no order, in part, and some of it twice."""
        self._wake()
        asked = set(end_to_end_ids)
        found = [e for e in self.book.entries if e.reference in asked]
        known = [e for e in found if not self._happens(self.faults.silent)]
        for entry in known:
            entry.told = True
        told = [self._as_told(e) for e in known]
        told += [r for r in told if self._happens(10)]
        self.dice.shuffle(told)
        return told

    def statement(self) -> list[Result]:
        """Everything, in its own order: what a camt.054 of the day would hold, paid lines first."""
        paid = [e for e in self.book.entries if e.status == "paid" or e.was_paid]
        back = [e for e in self.book.entries if e.status == "returned"]
        lines = [Result(e.reference, True, "", e.fen) for e in paid]
        return lines + [Result(e.reference, False, e.reason, e.fen) for e in back]

    def later(self) -> None:
        """Time passes: some of what was paid comes back."""
        self._wake()
        for entry in self.book.entries:
            if entry.status == "paid" and self._happens(self.faults.late_return):
                entry.status, entry.reason, entry.was_paid = "returned", "销户", True

    def take(self, number: str, file: str) -> None:
        """Reads the local layout and pays, however often it has seen the number before."""
        lines = [line.split("|") for line in file.splitlines()[1:]]
        entries = [self._judged(line[0], line[1], parse_yuan(line[3])) for line in lines]
        self.book.write(number, entries)

    def _judged(self, reference: str, account: str, fen: int) -> Entry:
        if not account or account.endswith("0000"):
            return Entry(reference, account, fen, "returned", "账号不存在")
        if self._happens(self.faults.refused):
            return Entry(reference, account, fen, "returned", "账户冻结")
        return Entry(reference, account, fen, "paid")

    @staticmethod
    def _as_told(entry: Entry) -> Result:
        return Result(entry.reference, entry.status == "paid", entry.reason, entry.fen)

    def _wake(self) -> None:
        """What hung arrives when its time has come; then perhaps the bank is away."""
        due = [h for h in self.hanging if h[0] <= self.now()]
        self.hanging = [h for h in self.hanging if h[0] > self.now()]
        for _at, number, file in due:
            self.take(number, file)
        if self._happens(self.faults.away):
            raise BankAway("the bank is away")

    def with_households(self) -> dict[str, int]:
        """Fen that stay with the payee, by reference: the truth that books are held against."""
        found: dict[str, int] = {}
        for entry in self.book.entries:
            if entry.status == "paid":
                found[entry.reference] = found.get(entry.reference, 0) + entry.fen
        return found
