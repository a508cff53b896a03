"""The local 一卡通 layout of a bank's file."""

from collections.abc import Sequence

from doudi.benefits.channels.base import Order
from doudi.kernel.money import plain_yuan


def bank_file(number: str, orders: Sequence[Order]) -> str:
    """The local layout: a head with count and sum, then one line an order, by reference."""
    lines = [
        "|".join((o.end_to_end_id, o.account, o.holder, plain_yuan(o.amount_fen), o.purpose))
        for o in sorted(orders, key=lambda o: o.end_to_end_id)
    ]
    head = f"{number}|{len(lines)}|{plain_yuan(sum(o.amount_fen for o in orders))}"
    return "\n".join([head, *lines]) + "\n"
