"""Reading the ledger: what an account holds, and what moved."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Sum

from doudi.ledger.figures import aid, fund, owed, reserve, transit
from doudi.ledger.models import Movement

SOURCE = "source."  # where an allotment comes from
Sums = QuerySet[Movement, Any]


def balances(accounts: Iterable[str]) -> dict[str, int]:
    """Fen in each account, debits less credits; one query."""
    wanted = list(accounts)
    found = dict.fromkeys(wanted, 0)
    into, out = _sides(wanted)
    for account, fen in into.union(out, all=True):
        found[account] += int(fen)
    return found


def _sides(accounts: Collection[str]) -> tuple[Sums, Sums]:
    """What went into some accounts and, below zero, what went out of them; nothing is read yet."""
    rows = Movement.objects.order_by()
    into = rows.filter(debit__in=accounts).values_list("debit").annotate(fen_=Sum("fen"))
    return into, rows.filter(credit__in=accounts).values_list("credit").annotate(fen_=-Sum("fen"))


@dataclass(frozen=True)
class Stand:
    """Where the money of a county and month is, in fen."""

    released: int = 0  # granted, less what was taken back
    owed: int = 0
    transit: int = 0
    paid: int = 0


def stand(county: str, month: str) -> Stand:
    """What the ledger says of a county's month; one query."""
    sums: dict[str, int] = {}
    rows = Movement.objects.filter(county=county, month=month).order_by()
    for row in rows.values("debit", "credit").annotate(total=Sum("fen")):
        sums[row["debit"]] = sums.get(row["debit"], 0) + row["total"]
        if row["credit"] == fund(county) and row["debit"] == transit(county):
            sums["paid"] = sums.get("paid", 0) + row["total"]
        if row["debit"] == fund(county) and row["credit"] == owed(county):
            sums["paid"] = sums.get("paid", 0) - row["total"]
        sums[row["credit"]] = sums.get(row["credit"], 0) - row["total"]
    return Stand(
        released=sums.get(aid(county), 0),
        owed=-sums.get(owed(county), 0),
        transit=-sums.get(transit(county), 0),
        paid=sums.get("paid", 0),
    )


def left_in_fund(region: str) -> int:
    """Fen that a fund still has, less what is owed and on its way already."""
    found = balances((fund(region), owed(region), transit(region)))
    return found[fund(region)] + found[owed(region)] + found[transit(region)]


def reserves(towns: Iterable[str]) -> dict[str, int]:
    """Fen in the cash box of each town; one query."""
    found = balances(reserve(town) for town in towns)
    return {account.partition(".")[2]: fen for account, fen in found.items()}


def left_if_funded(region: str) -> int | None:
    """The same; None where nothing was ever put into the fund: then there is no budget to warn of.

    One query.
    """
    accounts = (fund(region), owed(region), transit(region))
    into, out = _sides(accounts)
    given = Movement.objects.order_by().filter(debit=fund(region), credit__startswith=SOURCE)
    rows = list(into.union(out, given.values_list("credit").annotate(fen_=Sum("fen")), all=True))
    if not any(account.startswith(SOURCE) for account, _fen in rows):
        return None
    return sum(int(fen) for account, fen in rows if account in accounts)


def funded(regions: Iterable[str]) -> set[str]:
    """Which of the funds were ever given anything; one query."""
    wanted = [fund(region) for region in regions]
    given = Movement.objects.filter(debit__in=wanted, credit__startswith=SOURCE).order_by()
    return {account.partition(".")[2] for account in given.values_list("debit", flat=True)}


def movements(county: str, limit: int = 50) -> QuerySet[Movement]:
    """The newest movements of a county."""
    return Movement.objects.filter(county=county).order_by("-at", "key")[:limit]
