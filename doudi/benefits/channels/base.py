"""What a bank must be able to do."""

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


@dataclass(frozen=True)
class Result:
    """What became of an order: paid, or returned with a reason."""

    end_to_end_id: str
    paid: bool
    reason: str = ""


class BankAway(Exception):
    """The outcome is unknown: ask, never send again blindly."""


class Bank(Protocol):
    """A bank takes a file once and can be asked about each order."""

    def send(self, file: str, orders: list[Order]) -> None:
        """Hands the file over; an order known already is not paid again. Raises BankAway."""

    def results(self, end_to_end_ids: list[str]) -> list[Result]:
        """What became of the orders; unknown ones are left out. Raises BankAway."""
