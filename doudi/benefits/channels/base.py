"""What a bank must be able to do."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Order:
    """One payment of a file. Money in fen; the reference is unique for ever."""

    end_to_end_id: str
    account: str
    holder: str
    amount_fen: int
    purpose: str
    bank: str = ""
    id_number: str = ""  # only where the bank's layout has it


@dataclass(frozen=True)
class Result:
    """What became of an order: paid, or returned with a reason; the sum where the bank names it."""

    end_to_end_id: str
    paid: bool
    reason: str = ""
    amount_fen: int | None = None


@dataclass(frozen=True)
class Head:
    """What a file says of itself: a number that is used once, when it was made, who pays."""

    number: str
    at: dt.datetime
    debtor: str = ""
    debtor_account: str = ""
    debtor_bank: str = ""


class BankAway(Exception):
    """The outcome is unknown: ask, never send again blindly."""


class Bank(Protocol):
    """A bank takes a file once and can be asked about it and about each order."""

    def send(self, number: str, file: str, orders: list[Order]) -> None:
        """Hands the file over. Raises BankAway where no answer came: it may have arrived."""

    def received(self, number: str) -> bool:
        """Whether a file with this number has arrived. Raises BankAway."""

    def results(self, end_to_end_ids: list[str]) -> list[Result]:
        """What became of the orders; unknown ones are left out. Raises BankAway."""
