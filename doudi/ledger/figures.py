"""The accounts of the ledger and the legs that every movement of aid takes. Pure; whole fen.

A movement is one row that names both its sides, so no row can be half of one: whatever is taken
from an account is in another (promises.md P2).

    source  --allot-->  fund  --top up-->  reserve of a town  --cash-->  aid
    aid  --released-->  owed  --sent-->  transit  --paid-->  fund
    a household  --repaid-->  fund
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Leg:
    """Fen from the credited account into the debited one; the key makes it happen once."""

    key: str
    debit: str
    credit: str
    fen: int
    county: str
    month: str
    kind: str = ""
    about: str = ""


WORDS = {
    "fund": "专户",
    "reserve": "备用金",
    "source": "拨款来源",
    "aid": "救助支出",
    "owed": "应付未送",
    "transit": "银行在途",
    "repaid": "退还收入",
}


def in_words(account: str) -> tuple[str, str]:
    """What an account is, in the office's word, and whose: a region's code."""
    head, _dot, region = account.partition(".")
    return WORDS.get(head, head), region


def fund(region: str) -> str:
    """Money that a city, a county or a town has been given for aid (6, 9 digits)."""
    return f"fund.{region}"


def reserve(town: str) -> str:
    """备用金: the small cash of a town for what cannot wait."""
    return f"reserve.{town}"


def source(region: str) -> str:
    """Where the money of a fund comes from: the treasury of that level."""
    return f"source.{region}"


def aid(county: str) -> str:
    """What the county has granted: the spending itself."""
    return f"aid.{county}"


def owed(county: str) -> str:
    """Granted, and not yet with the bank."""
    return f"owed.{county}"


def transit(county: str) -> str:
    """With the bank, and not yet answered."""
    return f"transit.{county}"


def repaid(key: str, county: str, month: str, fen: int) -> Leg:
    """What a household gives back goes into the fund again; the aid that was granted stays."""
    return Leg(f"repaid:{key}", fund(county), f"repaid.{county}", fen, county, month)


@dataclass(frozen=True)
class Batch:
    """What moves together: the sums of one county and month by kind of aid."""

    county: str
    month: str
    sums: Mapping[str, int]
    about: str = ""


def _legs(word: str, key: str, sides: tuple[str, str], batch: Batch) -> list[Leg]:
    debit, credit = sides
    return [
        Leg(
            f"{word}:{key}:{kind}", debit, credit, fen, batch.county, batch.month, kind, batch.about
        )
        for kind, fen in sorted(batch.sums.items())
        if fen
    ]


def released(key: str, batch: Batch) -> list[Leg]:
    """Two people stand behind it: the county owes it."""
    return _legs("released", key, (aid(batch.county), owed(batch.county)), batch)


def withdrawn(key: str, batch: Batch) -> list[Leg]:
    """The release was taken back: the county owes it no more."""
    return _legs("withdrawn", key, (owed(batch.county), aid(batch.county)), batch)


def sent(key: str, batch: Batch) -> list[Leg]:
    """The bank has the file."""
    return _legs("sent", key, (owed(batch.county), transit(batch.county)), batch)


def paid(key: str, batch: Batch) -> list[Leg]:
    """It reached the accounts: the fund has it no more."""
    return _legs("paid", key, (transit(batch.county), fund(batch.county)), batch)


def returned(key: str, batch: Batch) -> list[Leg]:
    """It came back: the county owes it again."""
    return _legs("returned", key, (transit(batch.county), owed(batch.county)), batch)


def returned_late(key: str, batch: Batch) -> list[Leg]:
    """It came back after it had been booked as paid: the fund has it again, and it is owed."""
    return _legs("late", key, (fund(batch.county), owed(batch.county)), batch)
