"""The demonstration's bank: keeps its own book, pays each reference once, returns what it must."""

from collections.abc import Callable, Sequence

from doudi.benefits.channels.base import Order, Result

Keep = Callable[[Sequence[Order], Sequence[Result]], None]
Known = Callable[[Sequence[str]], list[Result]]


class BankSimulator:
    """Accounts ending in 0000 do not exist; everything else is paid."""

    def __init__(self, keep: Keep, known: Known, has: Callable[[str], bool]) -> None:
        self._keep = keep
        self._known = known
        self._has = has

    def send(self, number: str, file: str, orders: list[Order]) -> None:
        """Pays what it has not paid before."""
        done = {r.end_to_end_id for r in self._known([o.end_to_end_id for o in orders])}
        fresh = [o for o in orders if o.end_to_end_id not in done]
        self._keep(fresh, [judge(o) for o in fresh])

    def received(self, number: str) -> bool:
        """From its own book."""
        return self._has(number)

    def results(self, end_to_end_ids: list[str]) -> list[Result]:
        """From its own book."""
        return self._known(end_to_end_ids)


def judge(order: Order) -> Result:
    """What the demonstration's bank makes of an order."""
    wrong = not order.account or order.account.endswith("0000")
    reason = "账号不存在" if wrong else ""
    return Result(order.end_to_end_id, not wrong, reason, order.amount_fen)
