"""The local 一卡通 layout: a head with count and sum, then one line an order, by reference."""

from collections.abc import Sequence

from doudi.benefits.channels.base import Head, Order, Result
from doudi.benefits.channels.layouts import Layout
from doudi.kernel.errors import Invalid
from doudi.kernel.money import MoneyError, parse_yuan, plain_yuan
from doudi.kernel.sentences import Sentence


def compose(layout: Layout, head: Head, orders: Sequence[Order]) -> str:
    """The file; the same orders give the same text, so its hash can be checked again."""
    ordered = sorted(orders, key=lambda order: order.end_to_end_id)
    total = plain_yuan(sum(order.amount_fen for order in ordered))
    first = {"number": head.number, "count": str(len(ordered)), "total": total}
    lines = [layout.separator.join(_clean(first[name], layout) for name in layout.head)]
    for number, order in enumerate(ordered, 1):
        values = _values(number, order)
        lines.append(layout.separator.join(_clean(values[name], layout) for name in layout.line))
    return "\n".join(lines) + "\n"


def _values(number: int, order: Order) -> dict[str, str]:
    return {
        "number": str(number),
        "reference": order.end_to_end_id,
        "account": order.account,
        "holder": order.holder,
        "bank": order.bank,
        "amount": plain_yuan(order.amount_fen),
        "purpose": order.purpose,
        "id_number": order.id_number,
    }


def _clean(text: str, layout: Layout) -> str:
    """A name with the separator or a line's end in it would shift every column behind it."""
    return text.replace(layout.separator, " ").replace("\n", " ").replace("\r", " ")


def read_answer(layout: Layout, text: str) -> tuple[str, list[Result]]:
    """The number in the head and what became of each order; Invalid for a line it can't read."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise Invalid({"file": "回执文件是空的"})
    number = lines[0].split(layout.separator)[0].strip()
    return number, [_result(layout, line, row) for row, line in enumerate(lines[1:], 2)]


def _result(layout: Layout, line: str, row: int) -> Result:
    cells = [cell.strip() for cell in line.split(layout.separator)]
    if len(cells) != len(layout.answer):
        raise Invalid({"file": Sentence("回执第{row}行的列数不对，整份文件没有入账", row=row)})
    told = dict(zip(layout.answer, cells, strict=True))
    paid, returned = told["status"] in layout.paid, told["status"] in layout.returned
    if not paid and not returned:
        raise Invalid({"file": Sentence("回执第{row}行的状态不认识，整份文件没有入账", row=row)})
    try:
        fen = parse_yuan(told["amount"]) if told.get("amount") else None
    except MoneyError:
        raise Invalid(
            {"file": Sentence("回执第{row}行的金额不认识，整份文件没有入账", row=row)}
        ) from None
    reason = "" if paid else (told.get("reason") or "银行未说明原因")[:60]
    return Result(told["reference"], paid, reason, fen)
